import { expect, test } from "vitest";
import { parseTime } from "../twin/kernel/time.ts";
import type { Arrival } from "./arrival.ts";
import { CloudEventLines } from "./cloud-event-lines.ts";
import { oneKitchen } from "./one-kitchen.ts";

const city = oneKitchen({
  devices: [
    { name: "f1", kind: "fridge-temperature" },
    { name: "c1", kind: "camera" },
  ],
});
const at = parseTime("2026-06-01T12:00:00+08:00");

function parsed(lines: CloudEventLines, arrival: Arrival): unknown {
  const line = new TextDecoder().decode(lines.line(arrival));
  expect(line.endsWith("}\n")).toBe(true);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  return JSON.parse(line);
}

test("A columns arrival becomes a warmcity.readings event with the devices by id", () => {
  const lines = new CloudEventLines(city);
  const columns = {
    base: at,
    devices: Uint32Array.of(0, 1),
    boots: ["b", null],
    device: Uint32Array.of(0, 0, 1),
    sequence: Float64Array.of(17, 18, 4),
    dtMs: Int32Array.of(0, 60_000, -1_000),
    value: Float64Array.of(4.1, -0.3, Number.NaN),
  };
  const arrival: Arrival = {
    kind: "columns",
    receivedAt: at + 300,
    source: "/systems/iot",
    id: "x-1",
    columns,
  };
  const wanted = {
    specversion: "1.0",
    id: "x-1",
    source: "/systems/iot",
    type: "warmcity.readings",
    receivedtime: "2026-06-01T12:00:00.300+08:00",
    data: {
      base: "2026-06-01T12:00:00.000+08:00",
      devices: ["K-1/f1", "K-1/c1"],
      boot: ["b", null],
      device: [0, 0, 1],
      sequence: [17, 18, 4],
      dtMs: [0, 60_000, -1_000],
      value: [4.1, -0.3, null],
    },
  };
  // Written, remembered, copied: three ways to the same line.
  for (let time = 0; time < 3; time++) expect(parsed(lines, arrival)).toEqual(wanted);
});

test("Columns without bootids have no boot column", () => {
  const columns = {
    base: at,
    devices: Uint32Array.of(0),
    boots: null,
    device: Uint32Array.of(0),
    sequence: Float64Array.of(1),
    dtMs: Int32Array.of(0),
    value: Float64Array.of(3),
  };
  const line = parsed(new CloudEventLines(city), {
    kind: "columns",
    receivedAt: at,
    source: "/systems/iot",
    id: "x",
    columns,
  });
  expect(line).toMatchObject({ data: { value: [3] } });
  expect(line).not.toHaveProperty("data.boot");
});

test("An event becomes itself with the time of its receipt", () => {
  const event = {
    specversion: "1.0",
    id: "e-1",
    source: "/kitchens/K-1",
    type: "warmcity.menu.published",
    subject: "K-1",
    time: "2026-06-01T12:00:00.000+08:00",
    data: { meal: "m", serviceStart: "2026-06-01T12:00:00.000+08:00", dishes: ["焖面"] },
  } as const;
  const arrival: Arrival = {
    kind: "event",
    receivedAt: at + 5,
    event: { ...event, data: { ...event.data, dishes: ["焖面"] } },
  };
  expect(parsed(new CloudEventLines(city), arrival)).toEqual({
    ...event,
    receivedtime: "2026-06-01T12:00:00.005+08:00",
  });
});
