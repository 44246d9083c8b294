/** Incidents of devices, gateways and the lines that they hang on. */
import { blend, Dice } from "../dice.ts";
import type { AreaCut, ClockSkew, DeviceOff, GatewayCut, LinkFlaps } from "../incidents.ts";
import type { World } from "../world.ts";
import { deviceNamed, kitchenNamed } from "./named-devices.ts";
import { revive, silenceDevice, unsilenceDevice } from "./silence.ts";
import { outageRungs, silenceRungs, skewRungs } from "./silence-rungs.ts";

const BATTERY_SHARE = 0.25;
/** From that on in working hours somebody is told (O01). */
const NOTICED_MS = 1_800_000;

export function beginConnection(
  world: World,
  incident: DeviceOff | GatewayCut | AreaCut | LinkFlaps | ClockSkew,
): void {
  switch (incident.kind) {
    case "device-off":
      switchOff(world, incident);
      break;
    case "gateway-cut":
      cutGateway(world, incident);
      break;
    case "area-cut":
      cutArea(world, incident);
      break;
    case "link-flaps":
      flapLinks(world, incident);
      break;
    case "clock-skew":
      skewClock(world, incident);
      break;
  }
}

function switchOff(world: World, { device: id, from, to, warned, kind }: DeviceOff): void {
  const device = deviceNamed(world, id);
  world.scheduler.at(from, () => {
    if (world.lives.isSilent(device)) return;
    if (warned === true) world.uplink.event(device, "warmcity.device.died", from, {});
    silenceDevice(world, device, "off");
    const long = to === null || to - from >= NOTICED_MS;
    const rungs = silenceRungs(world, device, { from, to, warned: warned === true });
    world.tellTruth(long ? "O01" : "", kind, device, { from, to, rungs });
    if (to !== null) world.scheduler.at(to, () => revive(world, device, "off", to));
  });
}

function cutGateway(world: World, { kitchen: id, from, to, kind }: GatewayCut): void {
  const kitchen = kitchenNamed(world, id);
  world.scheduler.at(from, () => {
    disconnect(world, kitchen);
    world.truth.add({ code: "", cause: kind, kitchen: id, asset: `gateway:${id}`, from, to });
  });
  world.scheduler.at(to, () => world.uplink.reconnect(kitchen, to));
}

function disconnect(world: World, kitchen: number): void {
  world.uplink.gateways.cutOff(kitchen);
  world.uplink.gatewayChanged(kitchen);
}

function skewClock(world: World, { kitchen: id, from, to, offsetMs, kind }: ClockSkew): void {
  const kitchen = kitchenNamed(world, id);
  const set = (skewMs: number) => {
    world.uplink.gateways.setSkew(kitchen, skewMs);
    world.uplink.gatewayChanged(kitchen);
  };
  world.scheduler.at(from, () => {
    set(offsetMs);
    const rungs = skewRungs(world, kitchen, from, to);
    world.truth.add({ code: "O05", cause: kind, kitchen: id, asset: `gateway:${id}`, from, to, rungs });
  });
  world.scheduler.at(to, () => set(0));
}

function cutArea(world: World, incident: AreaCut): void {
  const { area, what, from, lastFrom, to, lastTo, kind } = incident;
  const members = kitchensIn(world, incident);
  const beginning = members.map((kitchen) => from + partOf(world, kitchen, from, lastFrom, from));
  world.scheduler.at(from, () => {
    const rungs = outageRungs(world, members, from, to);
    world.truth.add({
      code: "O06",
      cause: kind,
      kitchen: null,
      asset: `${area.by}:${area.id}`,
      from,
      to,
      rungs,
    });
    members.forEach((kitchen, i) => {
      if (beginning[i] === from) cutKitchen(world, kitchen, incident);
    });
  });
  members.forEach((kitchen, i) => {
    const begin = beginning[i]!;
    if (begin > from) world.scheduler.at(begin, () => cutKitchen(world, kitchen, incident));
    const back = to + partOf(world, kitchen, to, lastTo, from);
    world.scheduler.at(back, () => restoreKitchen(world, kitchen, what, back));
  });
}

/** The kitchen's own part of the time from `first` to `last`, ms; 0 without a last. */
function partOf(
  world: World,
  kitchen: number,
  first: number,
  last: number | undefined,
  salt: number,
): number {
  const spread = Math.max(0, (last ?? first) - first);
  return Math.floor((spread * (blend(world.kitchens.seed[kitchen]!, salt / 1_000) % 1_000)) / 1_000);
}

function flapLinks(world: World, incident: LinkFlaps): void {
  const { kitchens, from, to, lastTo, spellMs, kind } = incident;
  for (const id of kitchens) {
    const kitchen = kitchenNamed(world, id);
    const back = to + partOf(world, kitchen, to, lastTo, from);
    const dice = new Dice().seat(world.seed, kitchen, Math.floor(from / 1_000), spellMs[0]);
    world.scheduler.at(from, () => {
      world.truth.add({ code: "", cause: kind, kitchen: id, asset: `gateway:${id}`, from, to: back });
      cutKitchen(world, kitchen, { what: "network" });
    });
    let isUp = false;
    for (let at = from + dice.int(...spellMs); at < back; at += dice.int(...spellMs)) {
      isUp = !isUp;
      const [turn, hears] = [at, isUp];
      world.scheduler.at(turn, () => setCameras(world, kitchen, hears));
    }
    world.scheduler.at(back, () => restoreKitchen(world, kitchen, "network", back));
  }
}

/** What is heard of a kitchen's cameras while its line is up. */
function setCameras(world: World, kitchen: number, heard: boolean): void {
  const { city } = world;
  for (let device = city.firstDevice[kitchen]!; device < city.firstDevice[kitchen + 1]!; device++) {
    if (city.devices[device]!.kind !== "camera") continue;
    if (heard) unsilenceDevice(world, device, "network");
    else silenceDevice(world, device, "network");
  }
}

function kitchensIn(world: World, { area, share, kitchens }: AreaCut): number[] {
  if (kitchens !== undefined) return kitchens.map((id) => kitchenNamed(world, id));
  return world.city.kitchens.flatMap((kitchen, k) => {
    const line = kitchen.devices[0];
    const id = area.by === "office" || area.by === "banner" ? kitchen[area.by] : line?.[area.by];
    const chosen = (blend(world.kitchens.seed[k]!, 0x63757473) % 10_000) / 10_000 < (share ?? 1);
    return id === area.id && chosen ? [k] : [];
  });
}

function cutKitchen(
  world: World,
  kitchen: number,
  { what, battery }: Pick<AreaCut, "what" | "battery">,
): void {
  const { city, kitchens } = world;
  if (what === "network") disconnect(world, kitchen);
  else kitchens.dark[kitchen] = 1;
  for (let device = city.firstDevice[kitchen]!; device < city.firstDevice[kitchen + 1]!; device++) {
    const camera = city.devices[device]!.kind === "camera";
    if (what === "network" && camera) silenceDevice(world, device, "network");
    if (what === "power" && (camera || !hasBattery(world, device, battery)))
      silenceDevice(world, device, "power");
  }
}

function hasBattery(world: World, device: number, share = BATTERY_SHARE): boolean {
  return (blend(world.seed, device, 0x62617474) % 1_000) / 1_000 < share;
}

function restoreKitchen(world: World, kitchen: number, what: AreaCut["what"], time: number): void {
  const { city, kitchens } = world;
  if (what === "power") kitchens.dark[kitchen] = 0;
  for (let device = city.firstDevice[kitchen]!; device < city.firstDevice[kitchen + 1]!; device++) {
    if (what === "power") revive(world, device, "power", time);
    else if (city.devices[device]!.kind === "camera") unsilenceDevice(world, device, "network");
  }
  if (what === "network") world.uplink.reconnect(kitchen, time);
}
