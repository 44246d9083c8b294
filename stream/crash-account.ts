/** Reads a log from outside, record by record, and says what must be true of the processor that wrote it. */
import type { City } from "../twin/city/city.ts";
import type { Columns } from "../twin/events/columns.ts";
import type { Level } from "../twin/events/fields.ts";
import type { Admitted, UnplacedEvent } from "./door/admission.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { Door } from "./door/door.ts";
import type { EventLog } from "./log/event-log.ts";
import { type Output, readOutput } from "./output.ts";
import { columnsRecord } from "./processor.ts";
import { RECORD_KINDS } from "./record-kind.ts";

const decoder = new TextDecoder();

/** What stands on a log. */
export interface LogAccount {
  /** Identities of the events and column entries, each once. */
  readonly identities: ReadonlySet<string>;
  /** Events with more than one record, output ids that stand there twice, and what was said twice under another id. */
  readonly twice: readonly string[];
  /** Outputs by id: the CloudEvent without log positions. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

export function accountOf(city: City, log: EventLog): LogAccount {
  const [door, codec] = [new Door(city), new ColumnsCodec(city)];
  const identities = new Set<string>();
  const outputs = new Map<string, string>();
  const twice: string[] = [];
  const repeats = new Repeats();
  let [duplicates, rejected] = [0, 0];
  for (const { kind, bytes } of log.readSync(0)) {
    if (kind === RECORD_KINDS.event) {
      for (const identity of door.line(bytes).admitted.flatMap((item) => identitiesOf(city, item))) {
        if (identities.has(identity)) twice.push(identity);
        identities.add(identity);
      }
    } else if (kind === RECORD_KINDS.columns) {
      const { columns } = codec.decodeOwn(columnsRecord(bytes).message);
      for (const identity of entriesOf(city, columns)) {
        if (identities.has(identity)) duplicates++;
        identities.add(identity);
      }
    } else if (kind === RECORD_KINDS.output) {
      const output = JSON.parse(decoder.decode(bytes));
      if (outputs.has(output.id)) twice.push(`${output.type} ${output.id}`);
      outputs.set(output.id, withoutPositions(output));
      const repeat = repeats.hear(readOutput(decoder.decode(bytes)));
      if (repeat !== null) twice.push(repeat);
    } else if (kind === RECORD_KINDS.counts) duplicates += JSON.parse(decoder.decode(bytes)).duplicates;
    else if (kind === RECORD_KINDS.deadletter) rejected += JSON.parse(decoder.decode(bytes)).events;
  }
  return { identities, twice, outputs, accepted: identities.size, duplicates, rejected };
}

/** Listens as a person does: an alert that rings may not ring again, nor a notification come twice. */
class Repeats {
  readonly #firing = new Set<string>();
  readonly #levels = new Map<string, Level>();
  readonly #notified = new Set<string>();

  /** What is a repeat in it; `null` = nothing. */
  hear({ type, data }: Output): string | null {
    if (type === "warmcity.notification.requested") {
      if (this.#notified.has(data.notification)) return `notified again ${data.notification}`;
      this.#notified.add(data.notification);
      return null;
    }
    if (type === "warmcity.alert.raised" && this.#firing.has(data.alert)) return `raised again ${data.alert}`;
    if (type === "warmcity.alert.resolved" && !this.#levels.has(data.alert))
      return `resolved again ${data.alert}`;
    // A lower level takes back what was given out early and not confirmed.
    if (type === "warmcity.alert.level-changed" && this.#levels.get(data.alert) === data.level)
      return `${data.level} again ${data.alert}`;
    if (!("raisedAt" in data)) return null;
    if (data.state === "firing") this.#firing.add(data.alert);
    else this.#firing.delete(data.alert);
    if (data.state === "resolved") this.#levels.delete(data.alert);
    else this.#levels.set(data.alert, data.level);
    return null;
  }
}

/** What identifies each event or entry that the door admitted (CONTRACT §2). */
export function identitiesOf(city: City, item: Admitted): string[] {
  return item.kind === "event" ? [identityOf(city, item.event)] : entriesOf(city, item.columns);
}

function identityOf(city: City, { device, boot, sequence, source, id }: UnplacedEvent): string {
  if (device < 0 || boot === null || sequence === null) return `${source} ${id}`;
  return `${city.devices[device]!.id} ${boot} ${sequence}`;
}

function entriesOf(city: City, { devices, boots, device, sequence }: Columns): string[] {
  return Array.from(device, (slot, i) => {
    const boot = boots === null ? "" : (boots[slot] ?? "");
    return `${city.devices[devices[slot]!]!.id} ${boot} ${sequence[i]}`;
  });
}

/** Numbers of a row of the lot book (second-stage/lot-book.ts). */
const LOT_STRIDE = 7;

/** JSON text of a value without the log positions in it, which differ where the order of arrival or the repeats do. */
export function withoutPositions(value: unknown): string {
  return JSON.stringify(value, (name, inner: unknown) => {
    if (name === "position") return null;
    // The sixth number of a row of the lot book is the position of the first receipt.
    return name === "rows" && Array.isArray(inner)
      ? inner.map((n, i) => (i % LOT_STRIDE === 5 ? null : n))
      : inner;
  });
}
