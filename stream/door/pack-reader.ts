/**
 * A SenML pack, record by record worded as events of their own: identity (device, record time), and with it everything
 * that the door checks of a reading. A pack of one record keeps the bootid and sequence of the CloudEvent around it.
 */
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { Sorting } from "./admission.ts";
import type { Piece } from "./arrival.ts";
import { shown } from "./data-checks.ts";
import { type Attributes, type Envelope, readEnvelope } from "./envelope.ts";
import { EARLIEST, timeReason } from "./receipt.ts";
import { readSenml, type SenmlRecord } from "./senml.ts";

type ReadEvent = (raw: unknown, text: string, piece: Piece) => readonly Fault[];

/** Where the parts of a record's event stand in the record. */
const RECORD_POINTERS: Readonly<Record<string, string>> = {
  "/data/value": "v",
  "/time": "t",
  "/source": "n",
  "/subject": "n",
};

/**
 * `attributes` = those of the CloudEvent around the pack; `null` = none (then each record names its device, or the way of
 * arrival does). `payload` is what a dead letter shows where a record cannot be read. Returns why the pack as a whole is
 * refused.
 */
export function readPack(
  pack: unknown,
  attributes: Attributes | null,
  payload: string | Uint8Array,
  city: City,
  piece: Piece,
  readEvent: ReadEvent,
): Fault[] {
  const { arrival, index, sorting } = piece;
  const faults: Fault[] = [];
  const envelope = attributes === null ? null : readEnvelope(attributes, city, arrival.bounds, true, faults);
  if (envelope !== null && envelope.type !== "warmcity.reading") {
    faults.push({ pointer: "/type", reason: `is "${envelope.type}"; a SenML pack is a warmcity.reading` });
  }
  if (faults.length > 0) return faults;
  const now = envelope === null || Number.isNaN(envelope.time) ? arrival.bounds.at : envelope.time;
  const entries = readSenml(pack, now, "/data");
  if (!Array.isArray(entries)) return [entries];
  const alone = entries.length === 1;
  for (const entry of entries) {
    if (entry.faults !== null) {
      sorting.refuse(index, entry.faults, payload);
      continue;
    }
    const pointer = `/data/${entry.index}`;
    const wrong = recordFaults(entry.record, envelope, city, piece, pointer);
    if (wrong.length > 0) sorting.refuse(index, wrong, JSON.stringify(entry.record));
    else sayRecord(entry.record, envelope, alone, pointer, piece, readEvent);
  }
  return [];
}

/** What is wrong with a record beyond what its event will be asked anyway. */
function recordFaults(
  record: SenmlRecord,
  envelope: Envelope | null,
  city: City,
  piece: Piece,
  pointer: string,
): Fault[] {
  const name = nameOf(record, envelope, piece);
  const ordinal = city.deviceOrdinal(name);
  if (ordinal < 0) return [{ pointer: `${pointer}/n`, reason: `the registry has no device ${shown(name)}` }];
  const faults: Fault[] = [];
  const { bounds } = piece.arrival;
  if (!(record.time >= EARLIEST && record.time <= bounds.latest)) {
    const reason = Number.isNaN(record.time)
      ? "is relative, but nothing tells to which time"
      : `the record's time ${timeReason(record.time, bounds)}`;
    faults.push({ pointer: `${pointer}/t`, reason });
  }
  const { unit } = deviceKind(city.devices[ordinal]!.kind);
  if (record.unit !== null && unit !== null && record.unit !== unit) {
    faults.push({
      pointer: `${pointer}/u`,
      reason: `is ${shown(record.unit)}; "${name}" measures in ${unit}`,
    });
  }
  if (envelope?.speaker.form === "devices" && envelope.speaker.id !== name) {
    faults.push({ pointer: `${pointer}/n`, reason: `is ${shown(name)}, but the source is another device` });
  }
  const owner = city.kitchenOfDevice[ordinal]!;
  if (envelope !== null && envelope.kitchen >= 0 && envelope.kitchen !== owner) {
    const reason = `${shown(name)} does not belong to "${city.kitchens[envelope.kitchen]!.id}"`;
    faults.push({ pointer: `${pointer}/n`, reason });
  }
  return faults;
}

function nameOf(record: SenmlRecord, envelope: Envelope | null, piece: Piece): string {
  if (record.name !== "") return record.name;
  return envelope?.speaker.form === "devices" ? envelope.speaker.id : (piece.arrival.device ?? "");
}

function sayRecord(
  record: SenmlRecord,
  envelope: Envelope | null,
  alone: boolean,
  pointer: string,
  piece: Piece,
  readEvent: ReadEvent,
): void {
  const counted = alone && envelope !== null && envelope.sequence !== null;
  const { bounds, live } = piece.arrival;
  const raw = {
    specversion: "1.0",
    id: counted ? envelope.id : `senml/${record.time}`,
    source: `/devices/${nameOf(record, envelope, piece)}`,
    type: "warmcity.reading",
    time: formatTime(record.time),
    ...(counted ? { bootid: envelope.boot, sequence: envelope.sequence } : {}),
    ...(envelope?.exercise ? { exercise: true } : {}),
    ...(live || bounds.at === null ? {} : { receivedtime: formatTime(bounds.at) }),
    data: { value: record.value },
  };
  const aside = new Sorting();
  const text = JSON.stringify(raw);
  aside.settle(piece.index, readEvent(raw, text, { ...piece, sorting: aside }), text);
  for (const item of aside.admitted) piece.sorting.admit(item);
  for (const { faults, payload } of aside.refused) {
    const moved = faults.map(({ pointer: at, reason }) => ({
      pointer: `${pointer}/${RECORD_POINTERS[at] ?? ""}`,
      reason,
    }));
    piece.sorting.refuse(piece.index, moved, payload);
  }
}
