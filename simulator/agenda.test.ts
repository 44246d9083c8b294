import fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda, type Planned } from "./agenda.ts";

function drain(agenda: Agenda): Planned[] {
  const drained: Planned[] = [];
  while (agenda.nextTime < Number.POSITIVE_INFINITY) {
    const planned = { time: 0, process: 0, kitchen: 0, what: 0 };
    agenda.take(planned);
    drained.push(planned);
  }
  return drained;
}

test("Agenda gives things back by time, equal times in the order in which they were added", () => {
  const times = fc.array(fc.integer({ min: 1_780_000_000_000, max: 1_780_000_090_000 }), { maxLength: 300 });
  fc.assert(
    fc.property(times, (given) => {
      const agenda = new Agenda();
      given.forEach((time, i) => {
        agenda.add(time, i % 7, i % 11, i);
      });
      agenda.sort();
      expect(agenda.left).toBe(given.length);
      const wanted = given
        .map((time, what) => ({ time, what }))
        .sort((a, b) => a.time - b.time || a.what - b.what);
      expect(drain(agenda).map(({ time, what }) => ({ time, what }))).toEqual(wanted);
    }),
  );
});

test("Agenda keeps every column, also beyond its first size", () => {
  const agenda = new Agenda();
  for (let i = 0; i < 10_000; i++) agenda.add(1_000 * i, i % 200, i - 1, -i);
  agenda.sort();
  expect(drain(agenda)[9_999]).toEqual({ time: 9_999_000, process: 199, kitchen: 9_998, what: -9_999 });
});

test("Agenda.pourInto() moves what is left into another day", () => {
  const [today, tomorrow] = [new Agenda(), new Agenda()];
  for (const time of [5_000, 1_000, 9_000]) today.add(time, 1, 2, time);
  today.sort();
  today.take({ time: 0, process: 0, kitchen: 0, what: 0 });
  tomorrow.add(7_000, 3, 4, 7_000);
  today.pourInto(tomorrow);
  tomorrow.sort();
  expect(today.left).toBe(0);
  expect(drain(tomorrow).map(({ what }) => what)).toEqual([5_000, 7_000, 9_000]);
});

test("Agenda without anything in it has no next time", () => {
  const agenda = new Agenda();
  agenda.sort();
  expect(agenda.nextTime).toBe(Number.POSITIVE_INFINITY);
});
