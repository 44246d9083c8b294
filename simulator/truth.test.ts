import { expect, test } from "vitest";
import { HOUR_MS, minutes, parseTime } from "../twin/kernel/time.ts";
import type { Incident } from "./incidents.ts";
import { oneKitchen } from "./one-kitchen.ts";
import { Simulation } from "./simulation.ts";
import { rungsOf, truthLine } from "./truth.ts";

const FROM = parseTime("2026-06-02T08:00:00+08:00");
const CITY = oneKitchen({
  devices: [
    { name: "f1", kind: "fridge-temperature" },
    { name: "trap", kind: "rodent-infrared" },
    { name: "dish", kind: "dish-machine" },
  ],
});
const at = (clock: string) => parseTime(`2026-06-02T${clock}:00+08:00`);

function truthOf(...incidents: Incident[]) {
  const simulation = new Simulation({ city: CITY, seed: 1, from: FROM, incidents, load: false });
  for (const _ of simulation.advance(FROM + 8 * HOUR_MS));
  return simulation.truth();
}

test("a silent device rings after half an hour in hours, unless it is back by then", () => {
  const off = (from: string, to: string): Incident => ({
    kind: "device-off",
    device: "K-1/f1",
    from: at(from),
    to: at(to),
  });
  const [short, long] = [truthOf(off("10:00", "10:20")), truthOf(off("10:00", "12:00"))];
  expect(short.map(({ code, rungs }) => [code, rungs])).toEqual([["", []]]);
  expect(long).toMatchObject([{ code: "O01", rungs: [{ level: "L4", sure: true }] }]);
  const { earliest, latest } = rungsOf(long[0]!)[0]!;
  expect(earliest).toBeGreaterThanOrEqual(at("10:30"));
  expect(latest).toBeLessThanOrEqual(at("10:30") + minutes(20));
});

test("what is silent before the run begins was never heard, and cannot ring", () => {
  const off: Incident = { kind: "device-off", device: "K-1/f1", from: FROM - HOUR_MS, to: at("14:00") };
  expect(truthOf(off)).toMatchObject([{ rungs: [] }]);
});

test("dishes left unwashed ring three hours after the meal, a trap that counts a rat rings nobody by itself", () => {
  const [dishes, rat] = truthOf(
    { kind: "neglect", what: "unwashed", kitchen: "K-1", from: at("09:00"), to: at("12:36") },
    { kind: "infrared", device: "K-1/trap", at: at("10:00"), triggers: 2 },
  );
  expect(dishes).toMatchObject({ code: "T06", rungs: [{ level: "L3", earliest: at("12:00"), sure: true }] });
  expect(rat).toMatchObject({ code: "P07", rungs: [] });
});

test("a line says what should ring, in words of time", () => {
  const line = JSON.parse(
    truthLine({ code: "D03", cause: "staff", kitchen: "K-1", asset: "staff:s", from: at("09:00"), to: null }),
  );
  expect(line.rungs).toEqual([
    {
      level: "L2",
      earliest: "2026-06-02T09:00:00.000+08:00",
      latest: "2026-06-02T09:00:00.000+08:00",
      sure: true,
    },
  ]);
});
