/** A reading as a cause on an alert: identity and log position. */
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { Sample } from "../order/sample.ts";

export function causeOfSample(city: City, sample: Sample): Cause {
  const device = city.devices[sample.device]!;
  const identity = sample.sequence < 0 ? formatTime(sample.time) : `${sample.boot}/${sample.sequence}`;
  return {
    source: `/devices/${device.id}`,
    id: sample.event?.id ?? identity,
    time: formatTime(sample.time),
    position: sample.position < 0 ? null : sample.position,
    summary: `${sample.value} ${deviceKind(device.kind).unit ?? ""}`.trim(),
  };
}
