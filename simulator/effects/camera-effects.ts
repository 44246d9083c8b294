/** Incidents that cameras see, or keep cameras from seeing. */
import { whenOpenFor } from "../../twin/kernel/calendar.ts";
import { MINUTE_MS, SECOND_MS } from "../../twin/kernel/time.ts";
import { hitRungs } from "../hit-rungs.ts";
import type { CameraHits, CameraView } from "../incidents.ts";
import type { Rung } from "../truth.ts";
import type { World } from "../world.ts";
import { deviceNamed } from "./named-devices.ts";

const MODEL = "kitchen-1.4";
const TAMPER_MS = 3 * MINUTE_MS;
const GRAVE_TAMPER_MS = 10 * MINUTE_MS;
/** So long after the last hit of a dirty place somebody has cleaned it, and the camera says that it saw nothing. */
const CLEANED_AFTER_MS = 4 * MINUTE_MS;
const FRAMES = 60;

export function spoilView(world: World, { camera, state, from, to, kind }: CameraView): void {
  const device = deviceNamed(world, camera);
  world.scheduler.at(from, () => {
    const rungs = blindRungs(world, device, from, to);
    world.tellTruth(to - from >= TAMPER_MS ? "O03" : "", kind, device, { from, to, rungs });
    world.uplink.event(device, "warmcity.camera.health", from, { state });
  });
  world.scheduler.at(to, () => world.uplink.event(device, "warmcity.camera.health", to, { state: "clear" }));
}

/** Blind for three minutes in hours; for ten it is graver. */
function blindRungs({ city, from: heardFrom }: World, device: number, from: number, to: number): Rung[] {
  if (from < heardFrom) return [];
  const kitchen = city.kitchens[city.kitchenOfDevice[device]!]!;
  const rungs = [
    { level: "L4" as const, at: whenOpenFor(kitchen, from, TAMPER_MS) },
    { level: "L3" as const, at: whenOpenFor(kitchen, from, GRAVE_TAMPER_MS) },
  ];
  return rungs.flatMap(({ level, at }) =>
    at === null || at > to
      ? []
      : [{ level, earliest: at, latest: at + SECOND_MS, sure: to - at > SECOND_MS }],
  );
}

export function detect(world: World, incident: CameraHits): void {
  const { camera, hits, code, real, kind } = incident;
  const device = deviceNamed(world, camera);
  const { zone } = world.city.devices[device]!;
  const [first, last] = [hits[0], hits.at(-1)];
  if (first === undefined || last === undefined) return;
  world.scheduler.at(first.at, () => {
    // What a dead camera looks at, nobody sees.
    const deserved = world.lives.isSilent(device) ? "" : (code ?? "");
    const heard = hits.filter(({ at }) => at >= world.from);
    const rungs = hitRungs(deserved, heard, zone);
    const cause = real === false ? `false ${kind}` : kind;
    world.tellTruth(deserved, cause, device, { from: first.at, to: last.at, rungs });
  });
  if (code === "P06") {
    const at = last.at + CLEANED_AFTER_MS;
    world.scheduler.at(at, () =>
      world.uplink.event(device, "warmcity.device.heartbeat", at, { frames: FRAMES, seen: [] }),
    );
  }
  hits.forEach(({ at, confidence, lastedMs }, i) => {
    world.scheduler.at(at, () =>
      world.uplink.event(device, "warmcity.detection", at, {
        class: incident.class,
        confidence,
        box: boxOf(world.sensors.seed[world.groups.slotOf[device]!] ?? device, i),
        zone: zone ?? "cooking",
        model: MODEL,
        ...(lastedMs === undefined ? {} : { lastedMs }),
      }),
    );
  });
}

/** x, y, width, height as shares of the picture: somebody who moves a little. */
function boxOf(seed: number, step: number): number[] {
  const x = ((seed & 0xff) + 3 * step) % 200;
  const y = ((seed >>> 8) & 0x7f) + (step % 5);
  return [x / 250, y / 250, 0.12, 0.2];
}
