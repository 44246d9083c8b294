/** An arrival of the simulator as the door sees it: bytes or a text with a media type, like anybody's. */
import type { Arrival } from "../../simulator/arrival.ts";
import type { Intake } from "../../stream/door/admission.ts";
import type { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import type { Door } from "../../stream/door/door.ts";
import { COLUMNS, STRUCTURED } from "../../stream/door/media-type.ts";
import { formatTime } from "../../twin/kernel/time.ts";

export function enter(arrival: Arrival, door: Door, codec: ColumnsCodec): Intake {
  const { receivedAt } = arrival;
  if (arrival.kind === "event") {
    return door.cloudEvents(JSON.stringify(arrival.event), STRUCTURED, {}, receivedAt);
  }
  const { id, source, columns } = arrival;
  const time = formatTime(columns.base);
  const attributes = { specversion: "1.0", id, source, type: "warmcity.readings", time };
  const bytes = codec.encode(columns, attributes, "ordinals");
  return door.cloudEvents(bytes, COLUMNS, {}, receivedAt);
}
