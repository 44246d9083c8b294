import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateCity } from "../twin/city/generated-city.ts";
import { deviceKind } from "../twin/devices/catalogue.ts";
import { inputEvents } from "../twin/events/catalogue.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import type { Arrival } from "./arrival.ts";
import { CloudEventLines } from "./cloud-event-lines.ts";
import { hear, heardOf } from "./heard.ts";
import { QUIET_NETWORK } from "./network.ts";
import { Simulation } from "./simulation.ts";

const MIDNIGHT = parseTime("2026-06-02T00:00:00+08:00");
const NOON = MIDNIGHT + 12 * HOUR_MS;
const city = generateCity({ seed: 5, preset: "full", kitchens: 150 });

/** The lines of all arrivals, folded into one number and a count. */
function fingerprint(arrivals: Iterable<Arrival>): { hash: number; lines: number } {
  const lines = new CloudEventLines(city);
  let hash = 0x811c9dc5;
  let count = 0;
  for (const arrival of arrivals) {
    for (const byte of lines.line(arrival)) hash = Math.imul(hash ^ byte, 0x01000193);
    count++;
  }
  return { hash: hash >>> 0, lines: count };
}

describe("Simulation.advance()", () => {
  test("gives the same arrivals however time is cut", () => {
    const until = NOON + 25 * MINUTE_MS;
    function* inSteps(step: number): Generator<Arrival> {
      const simulation = new Simulation({ city, seed: 1, from: NOON });
      for (let time = NOON; time < until; time = Math.min(until, time + step)) {
        yield* simulation.advance(Math.min(until, time + step));
      }
    }
    const whole = fingerprint(inSteps(until - NOON));
    expect(whole.lines).toBeGreaterThan(1_000);
    expect(fingerprint(inSteps(1_000))).toEqual(whole);
    expect(fingerprint(inSteps(777))).toEqual(whole);
    expect(fingerprint(inSteps(61_003))).toEqual(whole);
    expect(fingerprint(inSteps(10 * MINUTE_MS))).toEqual(whole);
  });

  test("gives the same arrivals for any cuts", () => {
    const few = generateCity({ seed: 6, preset: "full", kitchens: 20 });
    const span = 4 * MINUTE_MS;
    const idsOf = (cuts: readonly number[]) => {
      const simulation = new Simulation({ city: few, seed: 1, from: NOON, network: { jitterMs: 3_000 } });
      return cuts.flatMap((cut) =>
        Array.from(simulation.advance(NOON + cut), (one) => (one.kind === "event" ? one.event.id : one.id)),
      );
    };
    const whole = idsOf([span]);
    const cuts = fc.array(fc.integer({ min: 0, max: span }), { maxLength: 30 });
    fc.assert(
      fc.property(cuts, (given) => {
        expect(idsOf([...given.sort((a, b) => a - b), span])).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test("hands everything out in order of arrival, within the span asked for", () => {
    const simulation = new Simulation({ city, seed: 2, from: NOON + 123 });
    let last = NOON + 123;
    for (const until of [NOON + 5 * MINUTE_MS + 1, NOON + 20 * MINUTE_MS]) {
      for (const { receivedAt } of simulation.advance(until)) {
        expect(receivedAt).toBeGreaterThanOrEqual(last);
        expect(receivedAt).toBeLessThan(until);
        last = receivedAt;
      }
      expect(simulation.now).toBe(until);
    }
    expect([...simulation.advance(NOON)]).toEqual([]);
  });

  test("brings readings and heartbeats within two seconds in an ordinary network", () => {
    const simulation = new Simulation({
      city,
      seed: 3,
      from: NOON,
      network: { reorder: 0, duplicates: 0 },
      load: false,
    });
    const { entries } = hear(city, simulation.advance(NOON + 5 * MINUTE_MS));
    const delays = (heartbeats: boolean) =>
      entries
        .filter(({ value }) => Number.isNaN(value) === heartbeats)
        .map(({ time, receivedAt }) => receivedAt - time);
    expect(Math.max(...delays(false))).toBeLessThan(2_000);
    // Every other heartbeat of a camera waits for the next one.
    expect(Math.max(...delays(true))).toBeLessThan(62_000);
  });

  test("says only what the schemas and the kinds' ranges allow, on a whole day with everything that goes wrong", () => {
    const simulation = new Simulation({ city, seed: 4, from: MIDNIGHT });
    const types = new Set<string>();
    for (const arrival of simulation.advance(MIDNIGHT + 26 * HOUR_MS)) {
      if (arrival.kind === "event") {
        const { type, data, subject, source } = arrival.event;
        types.add(type);
        if (!Value.Check(inputEvents[type], data)) {
          const faults = [...Value.Errors(inputEvents[type], data)];
          expect.fail(`${type} ${JSON.stringify(data)}: ${JSON.stringify(faults)}`);
        }
        const known =
          (subject === undefined || city.kitchenIndex(subject) >= 0) &&
          (!source.startsWith("/devices/") || city.deviceOrdinal(source.slice(9)) >= 0);
        if (!known) expect.fail(`${type} of ${source} about ${subject}`);
        continue;
      }
      const { devices, device, value } = arrival.columns;
      for (let i = 0; i < value.length; i++) {
        const range = deviceKind(city.devices[devices[device[i]!]!]!.kind).range;
        const sound =
          Number.isNaN(value[i]) || (range !== null && value[i]! >= range.min && value[i]! <= range.max);
        if (!sound) expect.fail(`${city.devices[devices[device[i]!]!]!.id} says ${value[i]}`);
      }
    }
    expect(types.size).toBeGreaterThan(25);
  });

  test("numbers the messages of each boot 1, 2, 3, … without a gap, of whatever form they are", () => {
    const simulation = new Simulation({ city, seed: 6, from: NOON, network: QUIET_NETWORK });
    const { entries, events } = hear(city, simulation.advance(NOON + 2 * HOUR_MS));
    const numbers = new Map<string, number[]>();
    const note = (device: string, boot: string | null, sequence: number) => {
      const key = `${device} ${boot}`;
      const list = numbers.get(key);
      if (list === undefined) numbers.set(key, [sequence]);
      else list.push(sequence);
    };
    for (const { device, boot, sequence } of entries) note(device, boot, sequence);
    for (const { event } of events) {
      if (event.sequence !== undefined) note(event.source.slice(9), event.bootid ?? null, event.sequence);
    }
    expect(numbers.size).toBeGreaterThan(1_000);
    const broken = [...numbers].filter(([, list]) =>
      list.sort((a, b) => a - b).some((sequence, i) => sequence !== i + 1),
    );
    expect(broken).toEqual([]);
  });

  test("lets event times of a device follow its sequence", () => {
    const simulation = new Simulation({ city, seed: 7, from: NOON, network: QUIET_NETWORK });
    const { entries, events } = hear(city, simulation.advance(NOON + 2 * HOUR_MS));
    const said = entries.map(({ device, boot, sequence, time }) => ({
      key: `${device} ${boot}`,
      sequence,
      time,
    }));
    for (const { event, time } of events) {
      if (event.sequence === undefined) continue;
      said.push({ key: `${event.source.slice(9)} ${event.bootid}`, sequence: event.sequence, time });
    }
    said.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.sequence - b.sequence));
    const backward = said.filter((one, i) => said[i - 1]?.key === one.key && said[i - 1]!.time > one.time);
    expect(backward).toEqual([]);
  });
});

describe("a run that begins within a day", () => {
  const plannedKinds = [
    "warmcity.staff.clocked-in",
    "warmcity.goods.received",
    "warmcity.order.sealed",
    "warmcity.selfcheck.submitted",
    "warmcity.sample.retained",
  ] as const;

  test("meets the same people, goods and orders as one that began before", () => {
    const network = QUIET_NETWORK;
    const early = new Simulation({ city, seed: 8, from: MIDNIGHT + 6 * HOUR_MS, network, load: false });
    const late = new Simulation({ city, seed: 8, from: MIDNIGHT + 9 * HOUR_MS, network, load: false });
    const until = MIDNIGHT + 14 * HOUR_MS;
    const heardEarly = hear(city, early.advance(until));
    const heardLate = hear(city, late.advance(until));
    for (const kind of plannedKinds) {
      const after = heardOf(heardEarly, kind).filter(({ time }) => time >= MIDNIGHT + 9 * HOUR_MS);
      expect(after.length).toBeGreaterThan(0);
      expect(heardOf(heardLate, kind).map(({ event }) => event)).toEqual(after.map(({ event }) => event));
    }
  });

  test("finds stoves burning and food kept hot in the middle of lunch", () => {
    const simulation = new Simulation({ city, seed: 9, from: NOON + 20 * MINUTE_MS, load: false });
    const { entries } = hear(city, simulation.advance(NOON + 50 * MINUTE_MS));
    const late = entries.filter(({ time }) => time > NOON + 45 * MINUTE_MS);
    const hot = late.filter(({ device }) => /\/h\d/.test(device));
    expect(hot.filter(({ value }) => value > 60).length).toBeGreaterThan(hot.length / 2);
    expect(late.some(({ device, value }) => /\/g\d/.test(device) && value > 0.5)).toBe(true);
  });

  test("gives every device a new bootid and numbers from 1", () => {
    const boots = [NOON, NOON + 1].map((from) => {
      const simulation = new Simulation({ city, seed: 10, from, network: QUIET_NETWORK, load: false });
      const { entries } = hear(city, simulation.advance(from + 2 * MINUTE_MS));
      const one = entries.find(({ device, value }) => device.endsWith("/f1") && !Number.isNaN(value))!;
      expect(one.sequence).toBe(1);
      return one.boot;
    });
    expect(boots[0]).not.toBeNull();
    expect(boots[0]).not.toBe(boots[1]);
  });
});

describe("a city in which nothing goes wrong", () => {
  test("keeps cold units within their limits, defrosting apart, for two days", () => {
    const small = generateCity({ seed: 11, preset: "full", kitchens: 40 });
    const simulation = new Simulation({
      city: small,
      seed: 11,
      from: MIDNIGHT,
      network: QUIET_NETWORK,
      load: false,
    });
    const { entries } = hear(small, simulation.advance(MIDNIGHT + 48 * HOUR_MS));
    const kindOf = new Map(small.devices.map(({ id, kind }) => [id, kind]));
    const warmSince = new Map<string, number>();
    const wrong = entries.filter(({ device, time, value }) => {
      const kind = kindOf.get(device);
      if (kind === "fridge-temperature" || kind === "sample-fridge-temperature")
        return value > 8 || value < 0.5;
      if (kind !== "freezer-temperature") return false;
      if (value <= -12) warmSince.delete(device);
      else if (!warmSince.has(device)) warmSince.set(device, time);
      return time - (warmSince.get(device) ?? time) >= 45 * MINUTE_MS;
    });
    expect(wrong).toEqual([]);
    expect(simulation.truth()).toEqual([]);
  });
});
