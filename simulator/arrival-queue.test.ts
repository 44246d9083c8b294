import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arrival } from "./arrival.ts";
import { ArrivalQueue } from "./arrival-queue.ts";

function arrival(receivedAt: number, id: number): Arrival {
  const event = {
    specversion: "1.0",
    id: String(id),
    source: "/systems/survey",
    type: "warmcity.survey.answered",
    time: "2026-06-01T00:00:00.000+08:00",
    data: {},
  } as const;
  return { kind: "event", receivedAt, event };
}

const idsOf = (arrivals: Iterable<Arrival>) =>
  [...arrivals].map((one) => (one.kind === "event" ? Number(one.event.id) : -1));

test("ArrivalQueue lets out by time of arrival, equal times in the order of sending, however often it is asked", () => {
  const times = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
  const cuts = fc.array(fc.integer({ min: 0, max: 21_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(times, cuts, (given, asked) => {
      const queue = new ArrivalQueue(0);
      given.forEach((time, i) => {
        queue.push(arrival(time, i));
      });
      const taken: number[] = [];
      for (const until of [...asked.sort((a, b) => a - b), 22_000]) taken.push(...idsOf(queue.take(until)));
      const wanted = given.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i);
      expect(taken).toEqual(wanted.map(({ i }) => i));
      expect(queue.size).toBe(0);
    }),
  );
});

test("ArrivalQueue keeps what arrives at or after the time asked for", () => {
  const queue = new ArrivalQueue(0);
  queue.push(arrival(1_500, 1));
  queue.push(arrival(1_499, 2));
  expect(idsOf(queue.take(1_500))).toEqual([2]);
  queue.push(arrival(1_500, 3));
  expect(idsOf(queue.take(1_501))).toEqual([1, 3]);
});
