import { beforeAll, describe, expect, it } from "vitest";
import { replayed } from "../scenarios/replayed.ts";
import { CloudEventLines } from "../simulator/cloud-event-lines.ts";
import { Simulation } from "../simulator/simulation.ts";
import type { TruthRecord } from "../simulator/truth.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { parseRegistry, registryOf } from "../twin/city/registry.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { DAY_MS, HOUR_MS, parseTime } from "../twin/kernel/time.ts";

const FROM = parseTime("2026-06-01T00:00:00+08:00");
const UNTIL = FROM + 9 * DAY_MS;
/** What people, papers, goods and offices do wrong; devices and cameras are left out, so that nine days are quick. */
const CODES = new Set(["D01", "D02", "D03", "D04", "D05", "D06", "D07", "D09", "D10", "S01", "S02", "C01"]);

/** 200 kitchens of the generated city without a single device. */
function peopleOnly() {
  const registry = registryOf(generateCity({ seed: 5, preset: "baseline", kitchens: 200 }));
  const kitchens = registry.kitchens.map((kitchen) => ({ ...kitchen, devices: [] }));
  const parsed = parseRegistry({ ...registry, kitchens });
  if (!parsed.ok) throw new RangeError(JSON.stringify(parsed.faults.slice(0, 3)));
  return parsed.value;
}

const named = ({ code, kitchen, asset }: Pick<TruthRecord, "code" | "kitchen" | "asset">) =>
  `${code} ${kitchen} ${asset ?? "-"}`;

describe("nine days of the background", () => {
  const alerts = new Map<string, Alert>();
  let truth: TruthRecord[] = [];
  beforeAll(() => {
    const city = peopleOnly();
    const simulation = new Simulation({ city, seed: 5, from: FROM });
    const [writer, decoder] = [new CloudEventLines(city), new TextDecoder()];
    const lines = [...simulation.advance(UNTIL)].map((arrival) => ({
      at: arrival.receivedAt,
      text: decoder.decode(writer.line(arrival)),
    }));
    truth = simulation.truth().filter(({ code }) => CODES.has(code));
    for (const { data } of replayed(city, lines, UNTIL).outputs) {
      if ("code" in data && CODES.has(data.code)) alerts.set(data.alert, data);
    }
  }, 120_000);

  it("has no alert that the truth does not explain", () => {
    const known = new Set(truth.map(named));
    expect([...alerts.values()].map(named).filter((name) => !known.has(name))).toEqual([]);
  });

  it("finds all that went wrong by then", () => {
    const found = new Set([...alerts.values()].map(named));
    const due = truth.filter(({ from }) => from <= UNTIL - HOUR_MS);
    expect(due.map(named).filter((name) => !found.has(name))).toEqual([]);
  });

  it("has some of nearly everything", () => {
    const codes = new Set([...alerts.values()].map(({ code }) => code));
    expect([...codes].sort()).toEqual(expect.arrayContaining(["D01", "D02", "D04", "D07"]));
  });
});
