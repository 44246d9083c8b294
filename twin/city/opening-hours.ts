/** When a generated kitchen trades: 30 % of the small shops from 06:00, 15 % as BBQ to 01:00, 30 % of the office canteens also for supper. */
import type { Random } from "../kernel/random.ts";
import type { DaySpan, KitchenType } from "./kitchen.ts";
import type { Shift } from "./kitchen-names.ts";
import { span, unitProfiles } from "./unit-profiles.ts";

export interface Trading {
  readonly shift: Shift;
  readonly opens: readonly DaySpan[];
  readonly meals: readonly DaySpan[];
}

const BREAKFAST = span(7, 9);
const LUNCH = span(11, 13.5);
const SUPPER = span(17, 22);
const MORNING: readonly Trading[] = [
  { shift: "morning", opens: [span(6, 14)], meals: [BREAKFAST, LUNCH] },
  { shift: "morning", opens: [span(6, 21)], meals: [BREAKFAST, LUNCH, span(17, 20)] },
];
const NIGHT: readonly Trading[] = [
  { shift: "night", opens: [span(16, 1)], meals: [SUPPER] },
  { shift: "night", opens: [span(11, 14), span(17, 1)], meals: [LUNCH, SUPPER] },
];
const DAY: readonly Trading[] = [
  { shift: "day", opens: [span(9.5, 22)], meals: [LUNCH, span(17, 21)] },
  { shift: "day", opens: [span(10, 21.5)], meals: [LUNCH, span(17, 20.5)] },
  { shift: "day", opens: [span(10.5, 14.5), span(16.5, 22)], meals: [LUNCH, SUPPER] },
];
const OFFICE_WITH_SUPPER: Trading = {
  shift: "day",
  opens: [span(6, 14), span(16.5, 19)],
  meals: [...unitProfiles.office.meals, span(17.5, 18.5)],
};

export function tradingOf(type: KitchenType, random: Random): Trading {
  const draw = random.next();
  if (type === "small") return random.pick(draw < 0.3 ? MORNING : draw < 0.45 ? NIGHT : DAY);
  if (type === "office" && draw < 0.3) return OFFICE_WITH_SUPPER;
  const { opens, meals } = unitProfiles[type];
  return { shift: "day", opens, meals };
}
