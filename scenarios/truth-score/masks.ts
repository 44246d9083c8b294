/**
 * Where one trouble hides another: a camera without power sees no rat, a unit that is shut keeps no samples. What is
 * expected of such an incident is not sure. Told by the truth alone.
 */
import type { TruthRecord } from "../../simulator/truth.ts";
import type { City } from "../../twin/city/city.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import { minutes } from "../../twin/kernel/time.ts";
import type { Incident } from "./incident.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Back on line, a device needs so long to be what it was; and a hold begins anew. */
const AFTERWARDS_MS = minutes(30);
const KITCHEN_WIDE: ReadonlySet<string> = new Set([
  "area-cut",
  "closing",
  "link-flaps",
  "gateway-cut",
  "clock-skew",
]);
/** Codes that rest on the device that shows the trouble; and on others of the kitchen. */
const OF_DEVICE = /^(T0[12349]|T10|P\d\d|O03|O04)$/;
const OF_MODEL = /^P\d\d$/;
const OF_KINDS: Readonly<Record<string, readonly DeviceKind[]>> = {
  T04: ["presence"],
  T05: ["uv-lamp", "presence"],
  T06: ["dish-machine"],
  O05: ["fridge-temperature", "freezer-temperature", "gas", "dish-machine"],
};
const OF_PEOPLE = /^(D|S|C|W|B)\d\d$/;

export class Masks {
  readonly #ofDevice = new Map<number, Span[]>();
  readonly #ofKitchen = new Map<string, Span[]>();
  /** `<kitchen> <kind>`: a device of that kind. */
  readonly #ofKind = new Map<string, Span[]>();
  /** Cameras that see nothing, or something else. */
  readonly #blind = new Map<number, Span[]>();
  /** `<device> <code>`: bursts of hits; one within another is no trouble of its own to a camera. */
  readonly #bursts = new Map<string, Span[]>();
  /** Devices that two incidents make show something at once. */
  readonly #shown = new Map<number, Span[]>();

  constructor(truth: readonly TruthRecord[], city: City) {
    for (const record of truth) this.#note(record, city);
  }

  #note({ code, cause, kitchen, asset, from, to }: TruthRecord, city: City): void {
    const span = { from, to: (to ?? Number.POSITIVE_INFINITY) + AFTERWARDS_MS };
    const device = asset === null ? -1 : city.deviceOrdinal(asset);
    if (cause === "device-off" && device >= 0) {
      put(this.#ofDevice, device, span);
      put(this.#ofKind, `${kitchen} ${city.devices[device]!.kind}`, span);
    }
    if (device >= 0 && cause.endsWith("camera-hits")) put(this.#bursts, `${device} ${code}`, span);
    if (device >= 0 && cause === "camera-view") put(this.#blind, device, span);
    if (device >= 0 && (cause === "sensor-profile" || cause === "cold-failure" || cause === "gas-release"))
      put(this.#shown, device, { from, to: to ?? Number.POSITIVE_INFINITY });
    if (!KITCHEN_WIDE.has(cause)) return;
    for (const id of kitchen === null ? membersOf(city, asset ?? "") : [kitchen])
      put(this.#ofKitchen, id, span);
  }

  /** The incident as it can be expected to show itself. */
  through(incident: Incident): Incident {
    return {
      ...incident,
      rungs: incident.rungs.map((rung) =>
        this.#hides(incident, rung.latest) ? { ...rung, sure: false } : rung,
      ),
    };
  }

  #hides({ code, kitchen, device, cause, from }: Incident, latest: number): boolean {
    const over = (spans: readonly Span[] | undefined) =>
      spans?.some((span) => span.from <= latest && span.to >= from) ?? false;
    if (cause === "device-off" || KITCHEN_WIDE.has(cause))
      return this.#hidesSilence({ kitchen, cause }, from, latest);
    if (kitchen !== null && !OF_PEOPLE.test(code) && over(this.#ofKitchen.get(kitchen))) return true;
    if (OF_DEVICE.test(code) && over(this.#ofDevice.get(device))) return true;
    if (OF_MODEL.test(code) && (over(this.#blind.get(device)) || this.#isWithin(device, code, from)))
      return true;
    if (OF_KINDS[code]?.some((kind) => over(this.#ofKind.get(`${kitchen} ${kind}`))) === true) return true;
    return (
      (this.#shown.get(device)?.filter((span) => span.from <= latest && span.to >= from).length ?? 0) > 1
    );
  }

  #isWithin(device: number, code: string, from: number): boolean {
    return (
      this.#bursts
        .get(`${device} ${code}`)
        ?.some((span) => span.from < from && span.to - AFTERWARDS_MS >= from) ?? false
    );
  }

  /** Among silences, those of the whole kitchen hide those of its devices. */
  #hidesSilence(
    { kitchen, cause }: Pick<Incident, "kitchen" | "cause">,
    from: number,
    latest: number,
  ): boolean {
    if (cause !== "device-off" || kitchen === null) return false;
    return this.#ofKitchen.get(kitchen)?.some((span) => span.from <= latest && span.to >= from) ?? false;
  }
}

function put<K>(map: Map<K, Span[]>, key: K, span: Span): void {
  const spans = map.get(key);
  if (spans === undefined) map.set(key, [span]);
  else spans.push(span);
}

/** Kitchens on a feeder or segment, of an office or banner. */
function membersOf(city: City, area: string): string[] {
  const [by = "", id = ""] = area.split(":");
  return city.kitchens
    .filter((kitchen) => {
      if (by === "office") return kitchen.office === id;
      if (by === "banner") return kitchen.banner === id;
      return kitchen.devices.some((device) => (by === "feeder" ? device.feeder : device.isp) === id);
    })
    .map((kitchen) => kitchen.id);
}
