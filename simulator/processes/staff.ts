/** Morning checks, clock-ins and clock-outs (DOMAIN §7: 55,000 a day between 05 and 10 h, 0.2 % of them abnormal). */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

const CHECK = 0;
const CLOCK_IN = 1;
const CLOCK_OUT = 2;
const ROSTERED = 0.82;
const ABNORMAL = 0.002;
/** Of those, who goes to work all the same (D03). */
const AT_WORK = 0.02;
/** Added to `what`: the check was abnormal. */
const SICK = 4;
const SYMPTOMS = ["diarrhoea", "sore throat", "cough", "hand wound"];

export const staff = defineProcess({
  name: "staff",
  planKitchen({ operates, fallible, kitchen, opens, start, dice, plan }) {
    const first = opens[0];
    const last = opens.at(-1);
    if (!operates || first === undefined || last === undefined) return;
    const begin = Math.min(first.from, start + 10 * HOUR_MS);
    kitchen.staff.forEach((_, person) => {
      if (!dice.chance(ROSTERED)) return;
      const check = begin - dice.int(5, 45) * MINUTE_MS + dice.int(0, 59) * 1_000;
      const clockIn = check + dice.int(1, 9) * MINUTE_MS;
      const clockOut = last.to + dice.int(-60, 25) * MINUTE_MS + dice.int(0, 59) * 1_000;
      const sick = dice.chance(ABNORMAL);
      plan(check, person * 8 + (sick ? SICK : 0) + CHECK);
      if (sick) {
        if (fallible && dice.chance(AT_WORK)) plan(clockIn, person * 8 + SICK + CLOCK_IN);
        return;
      }
      plan(clockIn, person * 8 + CLOCK_IN);
      plan(clockOut, person * 8 + CLOCK_OUT);
    });
  },
  act(world, planned) {
    const member = world.city.kitchens[planned.kitchen]!.staff[Math.floor(planned.what / 8)]!;
    const source = `/persons/${member.id}`;
    switch (planned.what % 4) {
      case CLOCK_IN:
        if (isSick(planned)) tellTruth(world, planned, member.id);
        world.say(planned, source, "warmcity.staff.clocked-in", { staff: member.id });
        return;
      case CLOCK_OUT:
        world.say(planned, source, "warmcity.staff.clocked-out", { staff: member.id });
        return;
      default:
        world.say(planned, source, "warmcity.staff.checked", {
          staff: member.id,
          ...healthOf(world, planned),
        });
    }
  },
});

function isSick({ what }: Readonly<Planned>): boolean {
  return what % 8 >= SICK;
}

function tellTruth(world: World, { kitchen, time }: Readonly<Planned>, staffId: string): void {
  const asset = `staff:${staffId}`;
  const { id } = world.city.kitchens[kitchen]!;
  world.truth.add({ code: "D03", cause: "staff", kitchen: id, asset, from: time, to: null });
}

function healthOf(world: World, planned: Readonly<Planned>) {
  const dice = world.diceOf(planned);
  const sick = isSick(planned);
  const fever = sick && dice.chance(0.6);
  const temperature = fever ? dice.int(373, 388) / 10 : Math.round((36.4 + 0.2 * dice.normal()) * 10) / 10;
  return { temperature, symptoms: sick && !fever ? [dice.pick(SYMPTOMS)] : [] };
}
