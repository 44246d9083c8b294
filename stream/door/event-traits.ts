/** What the door must know of an event type beyond the schema of its `data` (CONTRACT §2, §3). */
import type { EventType } from "../../twin/events/event.ts";

/** Only a device can say these: their `source` is `/devices/<id>`. */
const DEVICE_SPOKEN: ReadonlySet<string> = new Set<EventType>([
  "warmcity.reading",
  "warmcity.device.born",
  "warmcity.device.died",
  "warmcity.device.heartbeat",
  "warmcity.device.actuated",
  "warmcity.detection",
  "warmcity.camera.health",
  "warmcity.door",
  "warmcity.presence",
  "warmcity.power",
  "warmcity.dish.cycle",
  "warmcity.position",
]);

/** These may speak of no one kitchen: `subject` may be absent. */
const CITY_WIDE: ReadonlySet<string> = new Set<EventType>([
  "warmcity.goods.transferred",
  "warmcity.recall.issued",
  "warmcity.recall.amended",
  "warmcity.complaint.filed",
  "warmcity.complaint.handled",
  "warmcity.illness.reported",
  "warmcity.test.result",
  "warmcity.platform.listing",
  "warmcity.duty.planned",
  "warmcity.patrol.completed",
  "warmcity.street.counted",
  "warmcity.weather.warned",
  "warmcity.vote.cast",
  "warmcity.survey.answered",
  "warmcity.question.asked",
  "warmcity.question.answered",
  "warmcity.video.measured",
  "warmcity.display.heartbeat",
  "warmcity.notification.receipted",
  "warmcity.case.command",
  "warmcity.list.command",
  "warmcity.warning.command",
]);

export function needsDevice(type: string): boolean {
  return DEVICE_SPOKEN.has(type);
}

export function mayLackKitchen(type: string): boolean {
  return CITY_WIDE.has(type);
}

/** A person's command on a case, a list and the like, by the raw event. */
export function isCommand(event: unknown): boolean {
  return /\.command$/.test(String(member(event, "type")));
}

/** A device that `data` names, with its JSON pointer; it must be registered and belong to the event's kitchen. */
export interface NamedDevice {
  readonly pointer: string;
  readonly id: string;
}

/** The devices that the data of an event name; the data need not have passed their schema yet. */
export function namedDevices(type: string, data: unknown): NamedDevice[] {
  switch (type) {
    case "warmcity.device.maintained":
    case "warmcity.food.probed":
    case "warmcity.record.filed":
      return named("/data/device", member(data, "device"));
    case "warmcity.video.measured":
      return named("/data/camera", member(data, "camera"));
    case "warmcity.selfcheck.submitted": {
      const items = member(data, "items");
      if (!Array.isArray(items)) return [];
      return items.flatMap((item: unknown, i) => named(`/data/items/${i}/device`, member(item, "device")));
    }
    default:
      return [];
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function named(pointer: string, id: unknown): NamedDevice[] {
  return typeof id === "string" ? [{ pointer, id }] : [];
}
