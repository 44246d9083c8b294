/**
 * T03 热链失控: hot food below 60 °C for 15 min while it is served, reheated to less than 70 °C, or cooled too slowly; graver
 * when it is served after 2 h between 8 and 60 °C (DOMAIN R03–R06). Over when the food is thrown out, taken out, or
 * reheated to 70 °C; a tank that only gets warm again proves nothing.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { quantityText } from "../../twin/words/unit-names.ts";
import { operationAt } from "../facts.ts";
import { causeOf, causeOfTime, type Wording } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { addProbe, type Batch, type CoolingMiss, foldCooling, newBatch } from "./food-batch.ts";
import {
  countTank,
  holdDue,
  isInBand,
  moveTank,
  newTank,
  TANK_PARAMETERS,
  type Tank,
  tankBorders,
} from "./hot-tank.ts";
import { CATERING_HYGIENE, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { type MenuServices, noteService, serviceAt, servicesAfter } from "./service-times.ts";

const PARAMETERS = {
  ...TANK_PARAMETERS,
  /** A hot-holding device below `hotC` for so long in service. */
  holdMs: minutes(15),
  reheatC: 70,
  /** Cooling: from `hotC` to `halfwayC` within `halfwayMs`, then to `coldC` within `coldMs`. */
  halfwayC: 21,
  halfwayMs: hours(2),
  coldMs: hours(2),
  /** So long between `coldC` and `hotC` in all, and still served: graver. */
  dangerMs: hours(2),
  /** A batch of which nothing more is heard is forgotten after so long. */
  forgetMs: hours(24),
};

const BATCHES_MAX = 40;

type Context = RuleContext<typeof PARAMETERS>;
type Probed = EventOf<"warmcity.food.probed">;

interface HotChainState {
  /** Ordinal -> hot-holding device. */
  tanks: Record<string, Tank>;
  batches: Record<string, Batch>;
  menus: MenuServices;
}

export const hotChain = defineRule<HotChainState, typeof PARAMETERS>({
  code: "T03",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("7.6, 7.7, 8.1")],
  title: { zh: "热链失控", en: "Hot chain broken" },
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["coldC", "halfwayC", "hotC"]],
  borders: (parameters) => [tankBorders(parameters)],
  events: [
    "warmcity.food.probed",
    "warmcity.menu.published",
    "warmcity.record.filed",
    "warmcity.kitchen.declared",
  ],
  findings: ["crossed", "silent", "heard"],
  initial: () => ({ tanks: {}, batches: {}, menus: {} }),
  concerns: (state, input, { city }) => {
    if (input.kind === "crossed") return city.devices[input.device]!.kind === "hot-holding-temperature";
    return input.kind === "event" || ("device" in input && state.tanks[input.device] !== undefined);
  },
  fold: (state, input, context) => {
    if (input.kind === "event") foldEvent(state, input.event, context);
    else if (input.kind === "crossed") {
      const tank = state.tanks[input.device] ?? newTank(input);
      state.tanks[input.device] = tank;
      count(state, tank, context);
      moveTank(tank, input);
      arm(state, input.device, context);
    } else if ("device" in input) {
      const tank = state.tanks[input.device];
      if (tank === undefined) return;
      if (input.kind === "silent") {
        count(state, tank, context);
        tank.isKnown = false;
        arm(state, input.device, context);
      } else if (input.kind === "heard") context.setTimer(`again ${input.device}`, context.now);
    }
  },
  due: (state, key, context) => {
    if (key.startsWith("facts:declared")) {
      for (const device of Object.keys(state.tanks)) arm(state, Number(device), context);
      return;
    }
    const [what, device] = key.split(" ");
    const tank = state.tanks[Number(device)];
    if (tank === undefined) return;
    count(state, tank, context);
    if (what === "again") tank.isKnown = true;
    if (what === "hold") ringHold(state, Number(device), context);
    if (what === "danger") ringDanger(state, Number(device), context);
    else arm(state, Number(device), context);
  },
});

function foldEvent(state: HotChainState, event: Parameters<typeof causeOf>[0], context: Context): void {
  if (event.type === "warmcity.food.probed") foldProbe(state, event, context);
  else if (event.type === "warmcity.menu.published") noteService(state.menus, event, context.kitchen);
  else if (event.type === "warmcity.record.filed") {
    const { kind, device, batch } = event.data;
    if (kind !== "discard") return;
    const tank = device == null ? -1 : context.city.deviceOrdinal(device);
    if (batch != null) takeOut(state, batch, tank, event, context);
    else if (tank >= 0) {
      for (const [name, one] of Object.entries(state.batches))
        if (one.tank === tank) delete state.batches[name];
      emptyTank(state, tank, event, context);
    }
  }
  for (const device of Object.keys(state.tanks)) arm(state, Number(device), context);
}

function count(state: HotChainState, tank: Tank, { kitchen, now }: Context): void {
  if (isInBand(tank)) countTank(tank, now, servicesAfter(kitchen, state.menus, tank.at));
  else countTank(tank, now, []);
}

/** Sets what is due for a tank as things stand now. */
function arm(state: HotChainState, device: number, context: Context): void {
  const tank = state.tanks[device]!;
  count(state, tank, context);
  const { dangerMs } = context.parameters;
  const service = isInService(context) ? serviceAt(context.kitchen, state.menus, context.now) : null;
  const hold = service === null ? null : holdDue(tank, service.from, context.parameters);
  const isDue = hold !== null && hold !== tank.rangFor && hold <= service!.to;
  set(`hold ${device}`, isDue ? hold : null, context);
  set(`next ${device}`, tank.coolSince === null ? null : (service?.to ?? null), context);
  const left = dangerMs - exposure(state, device, service);
  const danger = service === null || !isInBand(tank) ? null : Math.max(context.now, service.from) + left;
  set(`danger ${device}`, danger !== null && danger <= service!.to ? danger : null, context);
}

function set(key: string, due: number | null, context: Context): void {
  if (due === null) context.cancelTimer(key);
  else context.setTimer(key, Math.max(due, context.now));
}

/** Whether the kitchen works at all just now; when it serves, its services say. */
function isInService({ facts, now }: Context): boolean {
  return operationAt(facts, now) === "open";
}

/** How long the oldest food in a tank has stood in the danger band, ms; unnamed food counts from this service on. */
function exposure(
  { tanks, batches }: HotChainState,
  device: number,
  service: { from: number } | null,
): number {
  const tank = tanks[device]!;
  const unnamed = service !== null && tank.servedFrom === service.from ? tank.servedMs : 0;
  return Math.max(unnamed, ...batchesIn(batches, device).map((batch) => batchMs(batch, tank)));
}

function batchMs(batch: Batch, tank: Tank | undefined): number {
  const inTank = tank === undefined ? 0 : tank.bandMs - batch.tankMsAtFirst;
  return Math.max(batch.probedMs, inTank);
}

function batchesIn(batches: Record<string, Batch>, device: number): Batch[] {
  return Object.values(batches).filter(({ tank }) => tank === device);
}

function ringHold(state: HotChainState, device: number, context: Context): void {
  const tank = state.tanks[device]!;
  const service = serviceAt(context.kitchen, state.menus, context.now - 1);
  const due = service === null ? null : holdDue(tank, service.from, context.parameters);
  if (due === null || due > context.now) return;
  tank.rangFor = due;
  context.raise({
    asset: deviceId(context, device),
    level: "L3",
    value: { number: tank.value, unit: "Cel" },
    because: tank.began === null ? [tank.newest] : [tank.began, tank.newest],
    exercise: tank.exercise,
  });
}

function ringDanger(state: HotChainState, device: number, context: Context): void {
  const tank = state.tanks[device]!;
  if (!isInBand(tank)) return;
  const { coldC, hotC, dangerMs } = context.parameters;
  const limit = dangerMs / hours(1);
  const stood = causeOfTime(context.now, `danger-${deviceId(context, device)}-${context.now}`, {
    zh: `供餐中，食品在 ${coldC}–${hotC} °C 累计已达 ${limit} 小时`,
    en: `still served after ${limit} h between ${coldC} and ${hotC} °C`,
  });
  context.raise({
    asset: deviceId(context, device),
    level: "L2",
    value: { number: tank.value, unit: "Cel" },
    because: [tank.newest, stood],
    exercise: tank.exercise,
  });
}

function foldProbe(state: HotChainState, event: Probed, context: Context): void {
  const { batch: name, stage, device } = event.data;
  const value = event.data.value ?? null;
  const named = device == null ? -1 : context.city.deviceOrdinal(device);
  if (stage === "removed" || stage === "discarded") {
    takeOut(state, name, named, event, context);
    return;
  }
  const batch = batchOf(state, name, named, stage, context);
  const probe = value === null ? null : { time: event.time, value };
  const asset = assetOf(batch, event, context);
  if (stage === "cooling" && probe !== null) {
    const miss = foldCooling(batch, probe, context.parameters);
    if (miss !== null) raise(batch, asset, "L3", event, coolingText(miss), context);
  } else if (stage !== "cooling") batch.cooling = null;
  if (probe !== null)
    addProbe(batch, probe.time, probe.value, context.parameters.coldC, context.parameters.hotC);
  if (stage === "reheated" && value !== null) noteReheating(state, batch, value, asset, event, context);
  if (stage === "served") noteServing(state, batch, asset, event, context);
}

/** The batch, as new or as known; food that is put into a tank makes it full again. */
function batchOf(
  state: HotChainState,
  name: string,
  named: number,
  stage: Probed["data"]["stage"],
  context: Context,
): Batch {
  const { now } = context;
  const tank = state.tanks[named];
  if (tank !== undefined) count(state, tank, context);
  const known = state.batches[name];
  // Served before it was ever probed: it has been there since the tank was hot, or empty.
  const isOld = known === undefined && stage === "served";
  const base = (isOld ? tank?.freshAt : tank?.bandMs) ?? 0;
  const batch = known ?? newBatch(named, base, now);
  if (known !== undefined && named >= 0 && known.tank !== named) {
    batch.probedMs = batchMs(known, state.tanks[known.tank]);
    Object.assign(batch, { tank: named, tankMsAtFirst: base - batch.probedMs });
  }
  batch.at = Math.max(batch.at, now);
  state.batches[name] = batch;
  if (tank?.isEmpty === true) Object.assign(tank, { isEmpty: false, filledAt: now });
  forget(state, context);
  return batch;
}

function assetOf(batch: Batch, event: Probed, context: Context): string | null {
  const device = batch.tank >= 0 ? batch.tank : event.device;
  return device < 0 ? null : deviceId(context, device);
}

function noteReheating(
  state: HotChainState,
  batch: Batch,
  value: number,
  asset: string | null,
  event: Probed,
  context: Context,
): void {
  const { reheatC } = context.parameters;
  const quantity = quantityText(value, "Cel");
  const text = { zh: `再加热至 ${quantity.zh}`, en: `reheated to ${quantity.en}` };
  if (value < reheatC) {
    raise(batch, asset, "L3", event, text, context);
    return;
  }
  batch.probedMs = 0;
  batch.tankMsAtFirst = state.tanks[batch.tank]?.bandMs ?? 0;
  const tank = state.tanks[batch.tank];
  if (tank !== undefined) renew(tank, event.time);
  context.clear(asset, [causeOf(event, text)]);
}

/** What is in the tank is as good as fresh: holds begin anew. */
function renew(tank: Tank, time: number): void {
  tank.freshAt = tank.bandMs;
  tank.servedMs = 0;
  tank.filledAt = time;
}

function noteServing(
  state: HotChainState,
  batch: Batch,
  asset: string | null,
  event: Probed,
  context: Context,
): void {
  const stood = batchMs(batch, state.tanks[batch.tank]);
  const { coldC, hotC, dangerMs } = context.parameters;
  if (stood <= dangerMs) return;
  const spent = Math.floor(stood / minutes(1));
  const text = {
    zh: `供餐前在 ${coldC}–${hotC} °C 累计 ${spent} 分钟`,
    en: `served after ${spent} min between ${coldC} and ${hotC} °C`,
  };
  raise(batch, asset, "L2", event, text, context);
}

function raise(
  batch: Batch,
  asset: string | null,
  level: "L2" | "L3",
  event: Probed,
  text: Wording,
  context: Context,
): void {
  batch.asset = asset;
  const value = event.data.value == null ? null : { number: event.data.value, unit: "Cel" };
  context.raise({ asset, level, value, because: [causeOf(event, text)] });
}

function coolingText({ wantedC, since, withinMs }: CoolingMiss): Wording {
  const [moment, limit] = [momentText(since), withinMs / hours(1)];
  return {
    zh: `冷却：自 ${moment} 起 ${limit} 小时内未降至 ${wantedC} °C`,
    en: `cooling: not at ${wantedC} °C within ${limit} h from ${moment}`,
  };
}

/** The batch is gone: from its tank, or wherever it stood. */
function takeOut(
  state: HotChainState,
  name: string,
  named: number,
  event: Parameters<typeof causeOf>[0],
  context: Context,
): void {
  const batch = state.batches[name];
  delete state.batches[name];
  const device = named >= 0 ? named : (batch?.tank ?? -1);
  if (batch?.asset != null) context.clear(batch.asset, [goneCause(event)]);
  if (device >= 0) emptyTank(state, device, event, context);
}

function emptyTank(
  state: HotChainState,
  device: number,
  event: Parameters<typeof causeOf>[0],
  context: Context,
): void {
  if (batchesIn(state.batches, device).length > 0) return;
  const tank = state.tanks[device];
  if (tank !== undefined) {
    count(state, tank, context);
    renew(tank, context.now);
    tank.isEmpty = true;
  }
  context.clear(deviceId(context, device), [goneCause(event)]);
}

function goneCause(event: Parameters<typeof causeOf>[0]) {
  return causeOf(event, { zh: "食品已撤下或销毁", en: "the food was taken out or thrown away" });
}

function forget({ batches }: HotChainState, { now, parameters }: Context): void {
  const names = Object.keys(batches);
  for (const name of names) if (batches[name]!.at < now - parameters.forgetMs) delete batches[name];
  const left = Object.entries(batches).sort(([, a], [, b]) => a.at - b.at);
  for (const [name] of left.slice(0, Math.max(0, left.length - BATCHES_MAX))) delete batches[name];
}
