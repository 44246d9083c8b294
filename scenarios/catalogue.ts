/** Every scenario, one line each, in the order of the stories. */
import { fridgeFails } from "./sc01-fridge-fails.ts";
import type { Scenario } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [fridgeFails];
