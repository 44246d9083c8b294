/** Every scenario, one line each, in the order of the stories. */
import { fridgeFails } from "./sc01-fridge-fails.ts";
import { powerCut } from "./sc02-power-cut.ts";
import { recall } from "./sc03-recall.ts";
import { ratSeen } from "./sc04-rat.ts";
import { cameraCovered } from "./sc05-camera-covered.ts";
import type { Scenario } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [fridgeFails, powerCut, recall, ratSeen, cameraCovered];
