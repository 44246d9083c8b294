/** Incidents that sensors show. */
import type { ColdFailure, GasRelease, InfraredTriggers, SensorProfile } from "../incidents.ts";
import { type Profile, rampPoints, valueAt } from "../sensor-profiles.ts";
import type { World } from "../world.ts";
import { slotNamed } from "./named-devices.ts";
import { profileRungs } from "./profile-rungs.ts";

const RECOVERY_PER_MIN = 0.25;
const COLD_SIGMA = 0.15;
const GAS_FAST_MS = 5_000;
const GAS_FAST_FROM_LEL = 5;

export function failCold(world: World, incident: ColdFailure): void {
  const { device, at, slopePerMin, ambient, repairAt, recoveryPerMin, sigma } = incident;
  const slot = slotNamed(world, device);
  const start = incident.start ?? (world.sensors.low[slot]! + world.sensors.high[slot]!) / 2;
  const points = rampPoints({
    at,
    start,
    slopePerMin,
    ceiling: ambient,
    turnAt: repairAt ?? Number.MAX_SAFE_INTEGER,
    backPerMin: recoveryPerMin ?? RECOVERY_PER_MIN,
  });
  const kind = world.city.devices[world.groups.ordinal[slot]!]!.kind;
  const code = kind === "freezer-temperature" ? "T02" : "T01";
  show(world, slot, { points, sigma: sigma ?? COLD_SIGMA }, { code, cause: incident.kind });
}

export function showProfile(world: World, incident: SensorProfile): void {
  const { points, sigma, code, kind, device } = incident;
  show(world, slotNamed(world, device), { points, sigma: sigma ?? 0 }, { code: code ?? "", cause: kind });
}

function show(
  world: World,
  slot: number,
  profile: Profile,
  { code, cause }: { readonly code: string; readonly cause: string },
): void {
  const [from] = profile.points[0]!;
  const [to] = profile.points.at(-1)!;
  const device = world.groups.ordinal[slot]!;
  const rungs = profileRungs(world, device, profile, code);
  world.scheduler.at(from, () => {
    world.profiles.set(slot, profile);
    world.tellTruth(code, cause, device, { from, to: to < Number.MAX_SAFE_INTEGER ? to : null, rungs });
  });
}

export function releaseGas(world: World, incident: GasRelease): void {
  const { steps, until, kind, device } = incident;
  const slot = slotNamed(world, device);
  const points = steps.flatMap(([at, lel], i): [number, number][] => [
    [at, lel],
    [(steps[i + 1]?.[0] ?? until) - 1, lel],
  ]);
  const most = steps.reduce((max, [, lel]) => Math.max(max, lel), 0);
  const code = most >= 10 ? "T09" : "";
  show(world, slot, { points, sigma: 0 }, { code, cause: kind });
  const ordinal = world.groups.ordinal[slot]!;
  if ((world.city.devices[ordinal]!.reportEveryMs ?? 0) > GAS_FAST_MS) hurry(world, slot, ordinal, points);
}

/** Reads the sensor every 5 s while its value is grave. */
function hurry(world: World, slot: number, device: number, points: Profile["points"]): void {
  const read = (time: number): void => {
    const value = valueAt(points, time);
    if (value === null) return;
    if (value >= GAS_FAST_FROM_LEL) world.uplink.reading(device, time, world.profiles.read(slot, value));
    world.scheduler.at(time + GAS_FAST_MS, read);
  };
  world.scheduler.at(points[0]![0], read);
}

export function triggerInfrared(world: World, { device, at, triggers, kind }: InfraredTriggers): void {
  const slot = slotNamed(world, device);
  world.scheduler.at(at, () => {
    world.sensors.triggers[slot]! += triggers;
    // A trap alone rings nobody: it bears out what a camera has seen.
    world.tellTruth("P07", kind, world.groups.ordinal[slot]!, { from: at, to: at, rungs: [] });
  });
}
