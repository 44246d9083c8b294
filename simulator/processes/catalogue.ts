/** Every process. To add one: its file in this folder, one line here. The order is part of a run: append, never sort. */
import type { Process } from "../process.ts";
import { cooking } from "./cooking.ts";
import { selfChecks } from "./self-checks.ts";
import { staff } from "./staff.ts";
import { trading } from "./trading.ts";

export const processes: readonly Process[] = [trading, cooking, staff, selfChecks];
