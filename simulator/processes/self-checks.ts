/** Daily, weekly and monthly self-checks (DOMAIN R29–R31, §7: 88 % a day, 60 % of them between 08 and 11 h). */
import {
  civilFromDays,
  daysFromCivil,
  formatDate,
  formatTime,
  HOUR_MS,
  MINUTE_MS,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

/** A form that comes by 00:30 of the next day is on time. */
const GRACE_MS = 30 * MINUTE_MS;
/** `what`: the index of the cadence, and this added when that form never comes. */
const MISSED = 9;
const MONTHLY_DUE_ON = 5;
const CADENCES = ["daily", "weekly", "monthly"] as const;
type Cadence = (typeof CADENCES)[number];
/** Share of the days without a form; a fifth of the units is much worse than the rest. */
const MISSED_SHARE = { weak: 0.36, other: 0.06 };
const ITEMS = ["premises", "staff-health", "cold-chain", "ware-washing", "samples", "waste"];

export const selfChecks = defineProcess({
  name: "self-checks",
  owed: true,
  planKitchen({ index, kitchen, operates, opens, start, day, weak, fallible, dice, plan }) {
    const last = opens.at(-1);
    if (!operates || last === undefined) return;
    // Who works by the event has no day by the calendar on which a form is owed.
    const owes = fallible && kitchen.calendar !== "event";
    const missed = owes ? (weak ? MISSED_SHARE.weak : MISSED_SHARE.other) : 0;
    const morning = dice.chance(0.6);
    const late = Math.min(last.to, start + 23 * HOUR_MS);
    const earliest = Math.max(opens[0]!.from, start + (morning ? 8 : 11) * HOUR_MS);
    const latest = Math.max(earliest + 30 * MINUTE_MS, morning ? start + 11 * HOUR_MS : late);
    const time = Math.floor(dice.between(earliest, latest));
    if (dice.chance(missed)) plan(opens[0]!.from, MISSED);
    else plan(time, 0);
    const { weekday, day: dayOfMonth } = civilFromDays(day);
    const later = time + dice.int(5, 90) * MINUTE_MS;
    const everyDay = kitchen.calendar === "daily" || kitchen.calendar === "event";
    if (weekday === (everyDay ? 0 : 5)) plan(later, dice.chance(missed / 2) ? MISSED + 1 : 1);
    // Who rests at weekends files on Monday what would be due then.
    const due = 25 + (index % 3);
    const owed = !everyDay && weekday === 1 ? dayOfMonth >= due && dayOfMonth <= due + 2 : dayOfMonth === due;
    if (owed) plan(later + 5 * MINUTE_MS, dice.chance(missed / 2) ? MISSED + 2 : 2);
  },
  act(world, planned) {
    if (planned.what >= MISSED) {
      tellMissed(world, planned, CADENCES[planned.what - MISSED]!);
      return;
    }
    if (world.faults.has("no-self-checks", planned.kitchen, planned.time)) return;
    const { staff, id } = world.city.kitchens[planned.kitchen]!;
    const dice = world.diceOf(planned);
    const officer = staff.find((member) => member.job === "officer") ?? staff[0];
    const cadence = CADENCES[planned.what]!;
    world.say(planned, `/persons/${officer?.id ?? `${id}/owner`}`, "warmcity.selfcheck.submitted", {
      cadence,
      claimed: cadence === "daily" ? formatTime(planned.time) : formatDate(shanghaiDay(planned.time)),
      items: ITEMS.map((item) => ({ id: item, ok: !dice.chance(0.01) })),
      photos: [{ sha256: dice.uint32().toString(16).padStart(8, "0").repeat(8) }],
      deviceTimeTrusted: true,
    });
  },
});

/** Missed on the next day, the next Monday, the next 5th; of a period that began before the run nothing is known. */
function tellMissed(world: World, { kitchen, time }: Readonly<Planned>, cadence: Cadence): void {
  const { id, opens } = world.city.kitchens[kitchen]!;
  const { first, missedOn } = periodOf(cadence, shanghaiDay(time));
  const opensAt = Math.min(...opens.map(({ fromMs }) => fromMs));
  if (startOfShanghaiDay(first) + opensAt < world.from) return;
  const from = startOfShanghaiDay(missedOn) + GRACE_MS;
  world.truth.add({ code: "D04", cause: "self-checks", kitchen: id, asset: null, from, to: null });
}

/** First day of the day's period, and the day on which its form is missed; Shanghai day numbers. */
function periodOf(cadence: Cadence, day: number): { first: number; missedOn: number } {
  if (cadence === "daily") return { first: day, missedOn: day + 1 };
  const { year, month, weekday } = civilFromDays(day);
  const monday = day - ((weekday + 6) % 7);
  if (cadence === "weekly") return { first: monday, missedOn: monday + 7 };
  const missedOn =
    month === 12
      ? daysFromCivil(year + 1, 1, MONTHLY_DUE_ON)
      : daysFromCivil(year, month + 1, MONTHLY_DUE_ON);
  return { first: daysFromCivil(year, month, 1), missedOn };
}
