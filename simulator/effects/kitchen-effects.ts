/** Incidents that people cause: neglect, trading, closing, goods, recalls, illness, broken seals. */
import { DAY_MS, formatTime, hours, MINUTE_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import { Dice } from "../dice.ts";
import type {
  Closing,
  DishCycles,
  Goods,
  IllnessReports,
  Message,
  Neglect,
  Recall,
  SealBreaches,
  Trading,
} from "../incidents.ts";
import { worksOn } from "../operating-days.ts";
import type { Rung } from "../truth.ts";
import type { World } from "../world.ts";
import { deviceNamed, kitchenNamed } from "./named-devices.ts";
import { revive, silenceDevice } from "./silence.ts";

const NEGLECT_CODES: { readonly [W in Neglect["what"]]: string } = {
  "dish-cold": "T06",
  unwashed: "T06",
  "no-samples": "T07",
  "no-lamps": "T05",
  "no-self-checks": "D04",
};

export function washExactly(world: World, { device: id, cycles, until }: DishCycles): void {
  const device = deviceNamed(world, id);
  const first = cycles[0]?.at ?? until;
  world.scheduler.at(first, () => world.faults.set("dish-planned", device, first, until));
  cycles.forEach(({ at, ...cycle }) => {
    world.scheduler.at(at, () => world.uplink.event(device, "warmcity.dish.cycle", at, cycle));
  });
  if (cycles.filter(({ peak }) => peak < 84.5).length >= 3) {
    world.scheduler.at(first, () =>
      world.tellTruth("T06", "dish-cycles", device, { from: first, to: until }),
    );
  }
}

export function neglect(world: World, { what, kitchen: id, device: machine, from, to, kind }: Neglect): void {
  const kitchen = kitchenNamed(world, id);
  const subject = what === "dish-cold" ? deviceNamed(world, machine ?? "") : kitchen;
  world.scheduler.at(from, () => {
    world.faults.set(what, subject, from, to);
    world.truth.add({
      code: NEGLECT_CODES[what],
      cause: `${kind} ${what}`,
      kitchen: id,
      asset: null,
      from,
      to,
      ...(what !== "no-self-checks" && { rungs: neglectRungs(world, kitchen, what, from, to) }),
    });
  });
}

const SAMPLES_DUE_MS = hours(2);
const WASHED_BY_MS = hours(3);
/** How long after a moment of its own a kitchen may begin a meal. */
const MEAL_SLACK_MS = 20 * MINUTE_MS;

/** Left undone on a day on which the kitchen works; on others nothing is owed. */
function neglectRungs(
  world: World,
  kitchen: number,
  what: Exclude<Neglect["what"], "no-self-checks">,
  from: number,
  to: number,
): Rung[] {
  const { calendar, meals, tableware } = world.city.kitchens[kitchen]!;
  // Of a meal before the run nothing was heard.
  const works =
    from >= world.from &&
    meals.length > 0 &&
    worksOn(calendar, shanghaiDay(from), world.kitchens.seed[kitchen]!);
  const after = (ms: number, level: Rung["level"]): Rung[] => [
    { level, earliest: from + ms, latest: from + ms + MEAL_SLACK_MS, sure: works },
  ];
  switch (what) {
    case "dish-cold":
      return tableware === "own" ? [{ level: "L3", earliest: from, latest: to, sure: works }] : [];
    case "unwashed":
      return tableware === "own" ? after(WASHED_BY_MS, "L3") : [];
    case "no-samples":
      return after(SAMPLES_DUE_MS, "L3");
    case "no-lamps":
      return [{ level: "L4", earliest: from, latest: to, sure: works }];
  }
}

export function trade(world: World, { kitchen: id, at, as, kind }: Trading): void {
  const kitchen = kitchenNamed(world, id);
  at.forEach((time, i) => {
    world.scheduler.at(time, () => {
      if (i === 0)
        world.truth.add({ code: "D01", cause: kind, kitchen: id, asset: null, from: time, to: null });
      world.tell(`/kitchens/${id}`, kitchen, "warmcity.kitchen.activity", time, { kind: as });
    });
  });
}

export function close(world: World, { kitchen: id, from, to, declared, kind }: Closing): void {
  const kitchen = kitchenNamed(world, id);
  const { firstDevice } = world.city;
  const devices = Array.from(
    { length: firstDevice[kitchen + 1]! - firstDevice[kitchen]! },
    (_, i) => firstDevice[kitchen]! + i,
  );
  world.scheduler.at(from, () => {
    world.truth.add({ code: "", cause: kind, kitchen: id, asset: null, from, to });
    world.faults.set("shut", kitchen, from, to);
    const span = { from: formatTime(from), to: formatTime(to) };
    if (declared) {
      world.tell(`/kitchens/${id}`, kitchen, "warmcity.kitchen.declared", from, { state: "closed", ...span });
    }
    world.kitchens.dark[kitchen] = 1;
    world.kitchens.cooking[kitchen] = 0;
    world.kitchens.service[kitchen] = 0;
    for (const device of devices) silenceDevice(world, device, "power");
  });
  world.scheduler.at(to, () => {
    world.kitchens.dark[kitchen] = 0;
    for (const device of devices) revive(world, device, "power", to);
  });
}

export function moveGoods(world: World, { kitchen: id, at, step, data }: Goods): void {
  const kitchen = kitchenNamed(world, id);
  world.scheduler.at(at, () => world.tell(`/kitchens/${id}`, kitchen, `warmcity.goods.${step}`, at, data));
}

export function recall(world: World, { at, data, amended, kind }: Recall): void {
  const type = amended === true ? "warmcity.recall.amended" : "warmcity.recall.issued";
  world.scheduler.at(at, () => {
    for (const lot of data.lots) {
      const asset = `lot:${data.product}/${lot}`;
      world.truth.add({ code: "D08", cause: kind, kitchen: null, asset, from: at, to: null });
    }
    world.tell("/systems/recall", -1, type, at, data);
  });
}

/** Two ill of one unit within three days are an L2, three within a day an L1; more than that a planner has to say. */
function illnessRungs(at: readonly number[]): Rung[] {
  const [first = 0, second, third] = at;
  const rungs: Rung[] = [];
  if (second !== undefined && second - first <= 3 * DAY_MS)
    rungs.push({ level: "L2", earliest: second, latest: second, sure: true });
  if (third !== undefined && third - first <= DAY_MS)
    rungs.push({ level: "L1", earliest: third, latest: third, sure: true });
  return rungs;
}

export function reportIllness(world: World, { kitchen: id, reports, kind }: IllnessReports): void {
  const kitchen = kitchenNamed(world, id);
  const [first, last] = [reports[0], reports.at(-1)];
  if (first === undefined || last === undefined) return;
  world.scheduler.at(first.at, () => {
    const code = reports.length > 1 ? "C02" : "";
    const rungs = illnessRungs(reports.map(({ at }) => at));
    world.truth.add({ code, cause: kind, kitchen: id, asset: null, from: first.at, to: last.at, rungs });
  });
  for (const { at, portal, ...report } of reports) {
    const source = `/systems/${portal ?? "12315"}`;
    world.scheduler.at(at, () => world.tell(source, kitchen, "warmcity.illness.reported", at, report));
  }
}

/** Orders come evenly; those with broken seals are the first of every few, so that the breaches are spread as well. */
export function breakSeals(world: World, incident: SealBreaches): void {
  const { kitchens, station, riders, platform, from, to, orders, breaches, kind } = incident;
  const dice = new Dice().seat(world.seed, Math.floor(from / 1_000), orders, breaches);
  world.scheduler.at(from, () => {
    world.truth.add({ code: "W01", cause: kind, kitchen: null, asset: `station:${station}`, from, to });
  });
  let broken = 0;
  for (let n = 0; n < orders; n++) {
    const intact = Math.floor(((n + 1) * breaches) / orders) === broken;
    if (!intact) broken++;
    const kitchen = kitchenNamed(world, kitchens[(intact ? n : broken) % kitchens.length]!);
    const handover = from + Math.floor(((to - from) * n) / orders);
    const sealed = handover - dice.int(20, 40) * MINUTE_MS;
    const order = { order: `${kind}-${from.toString(36)}-${n}`, rider: riders[n % riders.length]!, station };
    const source = `/platforms/${platform}`;
    world.scheduler.at(sealed, () =>
      world.tell(source, kitchen, "warmcity.order.sealed", sealed, { ...order, seal: `FQ-${n}` }),
    );
    world.scheduler.at(handover, () =>
      world.tell(source, kitchen, "warmcity.order.seal-scanned", handover, {
        ...order,
        at: "handover",
        intact,
      }),
    );
  }
}

export function say(world: World, message: Message): void {
  const { at, source } = message;
  const kitchen = message.kitchen === null ? -1 : kitchenNamed(world, message.kitchen);
  if (source.startsWith("/devices/")) {
    const device = deviceNamed(world, source.slice("/devices/".length));
    world.scheduler.at(at, () => world.uplink.event(device, message.type, at, message.data));
  } else {
    world.scheduler.at(at, () => world.tell(source, kitchen, message.type, at, message.data));
  }
}
