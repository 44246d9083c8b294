/** The CloudEvents attributes of one event (CONTRACT §2), checked against the city. */
import type { City } from "../../twin/city/city.ts";
import { type InputType, isInputType } from "../../twin/events/catalogue.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { shown } from "./data-checks.ts";
import { mayLackKitchen, needsDevice } from "./event-traits.ts";
import { parseInstant } from "./instant.ts";
import { type Receipt, timeReason } from "./receipt.ts";
import { parseSource, SOURCE_FORMS, type Source } from "./source.ts";

export interface Envelope {
  readonly type: InputType;
  readonly id: string;
  readonly source: string;
  readonly speaker: Source;
  /** Index of the kitchen; -1 if none is named. */
  readonly kitchen: number;
  /** Ordinal of the device that speaks; -1 if no device does. */
  readonly device: number;
  /** Event time, ms since epoch; `NaN` if absent, which only packs and columns may be. */
  readonly time: number;
  readonly boot: string | null;
  readonly sequence: number | null;
  readonly exercise: boolean;
}

/** Attributes by name, as the JSON members or the `ce-` headers give them. */
export type Attributes = Readonly<Record<string, unknown>>;

const ID_LENGTH_MAX = 256;

/**
 * Checks all attributes but `receivedtime` and those about `data`. Faults go into `faults`; `null` if there are any.
 * `timeless` = the data carry their own times, so that `time` may be absent.
 */
export function readEnvelope(
  attributes: Attributes,
  city: City,
  bounds: Receipt,
  timeless: boolean,
  faults: Fault[],
): Envelope | null {
  const before = faults.length;
  const { specversion, id, type } = attributes;
  if (specversion !== "1.0") {
    faults.push({ pointer: "/specversion", reason: `is ${shown(specversion)}; expected "1.0"` });
  }
  if (!isName(id)) {
    const reason = `is ${shown(id)}; expected a text of 1 to ${ID_LENGTH_MAX} characters`;
    faults.push({ pointer: "/id", reason });
  }
  const known = typeof type === "string" && isInputType(type) ? type : null;
  if (known === null) {
    const reason = `is ${shown(type)}; expected one of the types of the contract`;
    faults.push({ pointer: "/type", reason });
  }
  const source = typeof attributes.source === "string" ? attributes.source : "";
  const speaker = parseSource(source);
  if (speaker === null) faults.push({ pointer: "/source", reason: sourceReason(attributes.source) });
  const time = readTime(attributes.time, bounds, timeless, faults);
  const boot = readBoot(attributes.bootid, faults);
  const sequence = readSequence(attributes.sequence, faults);
  const exercise = readExercise(attributes.exercise, faults);
  if (speaker === null || known === null) return null;
  const device = readDevice(speaker, known, city, faults);
  const kitchen = readKitchen(attributes.subject, speaker, device, known, city, faults);
  if (faults.length > before || typeof id !== "string") return null;
  return { type: known, id, source, speaker, kitchen, device, time, boot, sequence, exercise };
}

function sourceReason(source: unknown): string {
  return `is ${shown(source)}; expected one of ${SOURCE_FORMS.map((form) => `/${form}/…`).join(", ")}`;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= ID_LENGTH_MAX;
}

function readTime(value: unknown, bounds: Receipt, timeless: boolean, faults: Fault[]): number {
  if (value === undefined && timeless) return Number.NaN;
  const time = typeof value === "string" ? parseInstant(value) : Number.NaN;
  if (!(time >= bounds.earliest && time <= bounds.latest)) {
    const reason =
      typeof value === "string" ? timeReason(time, bounds) : "; expected an RFC 3339 time with zone";
    faults.push({ pointer: "/time", reason: `${shown(value)} ${reason}`.replace(" ;", ";") });
  }
  return time;
}

function readBoot(value: unknown, faults: Fault[]): string | null {
  if (value === undefined || value === null) return null;
  if (Number.isSafeInteger(value)) return String(value);
  if (isName(value)) return value;
  faults.push({ pointer: "/bootid", reason: `is ${shown(value)}; expected a text of 1 to 256 characters` });
  return null;
}

function readSequence(value: unknown, faults: Fault[]): number | null {
  if (value === undefined || value === null) return null;
  const number = typeof value === "string" && /^\d{1,64}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  faults.push({
    pointer: "/sequence",
    reason: `is ${shown(value)}; expected a whole number from 0 to 2^53-1, or its decimal digits as a text`,
  });
  return null;
}

function readExercise(value: unknown, faults: Fault[]): boolean {
  if (value === undefined || value === null || value === false || value === "false") return false;
  if (value === true || value === "true") return true;
  faults.push({ pointer: "/exercise", reason: `is ${shown(value)}; expected true or false` });
  return false;
}

function readDevice(speaker: Source, type: InputType, city: City, faults: Fault[]): number {
  if (speaker.form !== "devices") {
    if (needsDevice(type)) {
      const reason = `${type} is said by a device: expected /devices/<id>`;
      faults.push({ pointer: "/source", reason });
    }
    return -1;
  }
  const ordinal = city.deviceOrdinal(speaker.id);
  if (ordinal < 0) {
    faults.push({ pointer: "/source", reason: `the registry has no device ${shown(speaker.id)}` });
  }
  return ordinal;
}

function readKitchen(
  subject: unknown,
  speaker: Source,
  device: number,
  type: InputType,
  city: City,
  faults: Fault[],
): number {
  let kitchen = device < 0 ? -1 : city.kitchenOfDevice[device]!;
  if (speaker.form === "kitchens") {
    kitchen = city.kitchenIndex(speaker.id);
    if (kitchen < 0) {
      faults.push({ pointer: "/source", reason: `the registry has no kitchen ${shown(speaker.id)}` });
      return -1;
    }
  }
  if (subject === undefined || subject === null) {
    if (kitchen < 0 && !mayLackKitchen(type) && !followsFromData(type) && speaker.form !== "devices") {
      faults.push({ pointer: "/subject", reason: "is missing; expected the id of the kitchen" });
    }
    return kitchen;
  }
  const named = typeof subject === "string" ? city.kitchenIndex(subject) : -1;
  if (named < 0) {
    faults.push({ pointer: "/subject", reason: `the registry has no kitchen ${shown(subject)}` });
  } else if (kitchen >= 0 && kitchen !== named) {
    const owner = city.kitchens[kitchen]!.id;
    faults.push({
      pointer: "/subject",
      reason: `is ${shown(subject)}, but the source belongs to "${owner}"`,
    });
  }
  return named;
}

/** Types whose data name the devices, and so the kitchens, that they speak of. */
function followsFromData(type: InputType): boolean {
  return type === "warmcity.readings" || type === "warmcity.device.maintained";
}
