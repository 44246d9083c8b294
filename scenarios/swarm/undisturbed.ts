/** The same accepted events, ticks and commands, in the order of the log that a run left, taken by a processor that nothing disturbs. */
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import type { EventLog } from "../../stream/log/event-log.ts";
import { FaultyFiles } from "../../stream/log/faulty-files.ts";
import { columnsRecord } from "../../stream/processor.ts";
import { RECORD_KINDS } from "../../stream/record-kind.ts";
import type { City } from "../../twin/city/city.ts";
import { DATA } from "./host.ts";
import { type OpenedLog, opened } from "./opened.ts";

const decoder = new TextDecoder();

/** The twin is open; its outputs stand on its own log. */
export async function undisturbed(city: City, log: EventLog): Promise<OpenedLog> {
  const twin = await opened(city, new FaultyFiles(), DATA);
  const codec = new ColumnsCodec(city);
  for (const { kind, bytes } of log.readSync(0)) takeRecord(twin, codec, kind, bytes);
  await twin.processor.commit();
  return twin;
}

function takeRecord(
  { processor, door }: OpenedLog,
  codec: ColumnsCodec,
  kind: number,
  bytes: Uint8Array,
): void {
  switch (kind) {
    case RECORD_KINDS.event: {
      const { admitted } = door.line(bytes);
      processor.take({ admitted, refused: [] }, 0);
      break;
    }
    case RECORD_KINDS.columns: {
      const { receivedAt, message } = columnsRecord(bytes);
      const { attributes, columns } = codec.decodeOwn(message);
      const { exercise } = attributes;
      processor.take(
        {
          admitted: [
            {
              ...{
                kind: "columns",
                index: 0,
                id: "",
                source: "",
                receivedAt,
                columns,
                encoded: message.slice(),
              },
              exercise: exercise === true,
            },
          ],
          refused: [],
        },
        0,
      );
      break;
    }
    case RECORD_KINDS.tick: {
      const { time, ahead } = JSON.parse(decoder.decode(bytes));
      processor.tick(time, ahead);
      break;
    }
    case RECORD_KINDS.counts: {
      const { duplicates, time } = JSON.parse(decoder.decode(bytes));
      processor.fold.repeats(duplicates, time);
      processor.recount({ received: duplicates, rejected: 0 });
      break;
    }
    case RECORD_KINDS.deadletter: {
      const { events } = JSON.parse(decoder.decode(bytes));
      processor.recount({ received: events, rejected: events });
      break;
    }
    default:
  }
}
