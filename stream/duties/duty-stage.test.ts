import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CityEvent, EventOf, EventType } from "../../twin/events/event.ts";
import { formatDate, formatTime, MINUTE_MS, parseTime, shanghaiDay } from "../../twin/kernel/time.ts";
import { pendingEvent } from "../pending-of.ts";
import { DutyStage, type SavedDuties } from "./duty-stage.ts";

const BEGIN = parseTime("2026-11-23T06:00:00+08:00");
const DAY_MINUTES = 3 * 1_440;

function eventOf<T extends EventType>(
  type: T,
  n: number,
  minute: number,
  data: EventOf<T>["data"],
): CityEvent {
  const time = BEGIN + minute * MINUTE_MS;
  const event = {
    type,
    id: `e-${n}`,
    source: "/persons/p",
    kitchen: n % 3,
    device: -1,
    time,
    receivedAt: time,
  };
  return { ...event, boot: null, sequence: null, exercise: false, position: n, data } as CityEvent;
}

const PEOPLE = ["a", "b", "c"];

/** An event of nearly every duty, by its number. */
function anyEvent(n: number, kind: number, minute: number): CityEvent {
  const [staff = "a", time] = [PEOPLE[n % 3], BEGIN + minute * MINUTE_MS];
  const makers: (() => CityEvent)[] = [
    () =>
      eventOf("warmcity.vote.cast", n, minute, {
        ballot: `b-${n % 2}`,
        choice: `c-${n % 4}`,
        person: `p-${n % 5}`,
      }),
    () =>
      eventOf("warmcity.selfcheck.submitted", n, minute, {
        cadence: "daily",
        claimed: formatTime(time),
        items: [{ id: "floor", ok: n % 2 === 0 }],
      }),
    () => eventOf("warmcity.staff.checked", n, minute, { staff, temperature: 36 + (n % 3) }),
    () => eventOf("warmcity.staff.clocked-in", n, minute, { staff }),
    () =>
      eventOf("warmcity.staff.certificate", n, minute, {
        staff,
        validTo: `2027-01-${10 + (n % 20)}`,
        state: n % 2 === 0 ? "approved" : "submitted",
      }),
    () =>
      eventOf("warmcity.duty.planned", n, minute, {
        duty: `d-${n % 4}`,
        kind: "visit",
        due: formatDate(shanghaiDay(time) + 3),
        assignee: "B-1",
      }),
    () =>
      eventOf("warmcity.visit.completed", n, minute, {
        duty: n % 3 === 0 ? null : `d-${n % 4}`,
        findings: [],
      }),
    () =>
      eventOf("warmcity.complaint.filed", n, minute, {
        complaint: `c-${n % 3}`,
        kind: "mixed",
        person: "p",
        named: true,
      }),
    () => eventOf("warmcity.complaint.handled", n, minute, { complaint: `c-${n % 3}`, step: "accepted" }),
    () =>
      eventOf("warmcity.rating.posted", n, minute, {
        stars: 1 + (n % 5),
        text: "…",
        accountAgeDays: 9,
        orderVerified: true,
      }),
    () => eventOf("warmcity.seals.counted", n, minute, { left: n }),
    () => eventOf("warmcity.order.sealed", n, minute, { order: `o-${n}` }),
    () => eventOf("warmcity.question.asked", n, minute, { question: `q-${n % 3}` }),
  ];
  return makers[kind % makers.length]!();
}

const events = fc
  .array(fc.tuple(fc.nat(99), fc.nat(DAY_MINUTES)), { minLength: 1, maxLength: 80 })
  .map((kinds) => kinds.map(([kind, minute], n) => anyEvent(n, kind, minute)));

function folded(all: readonly CityEvent[], upTo: number | null): DutyStage {
  const stage = new DutyStage();
  for (const event of all) stage.insert(pendingEvent(event, event.receivedAt, false));
  if (upTo !== null) stage.advance(upTo);
  return stage;
}

/** Every state as it is read, without the order in which keys came up. */
function statesOf(stage: DutyStage): unknown {
  return Object.values(stage.books).map((book) =>
    Object.fromEntries([...book.keys].map((key) => [key, book.stateOf(key)])),
  );
}

describe("duties", () => {
  it("come out alike in whatever order the events arrive", () => {
    fc.assert(
      fc.property(events, fc.nat(), (all, seed) => {
        const shuffled = [...all].sort(
          (a, b) => ((a.position * 7919 + seed) % 97) - ((b.position * 7919 + seed) % 97),
        );
        const end = BEGIN + (DAY_MINUTES + 1) * MINUTE_MS;
        expect(statesOf(folded(shuffled, end))).toEqual(statesOf(folded(all, end)));
      }),
    );
  });

  it("are answered ahead of the watermark as they will be settled", () => {
    fc.assert(
      fc.property(events, fc.nat(DAY_MINUTES), (all, minute) => {
        const end = BEGIN + (DAY_MINUTES + 1) * MINUTE_MS;
        expect(statesOf(folded(all, BEGIN + minute * MINUTE_MS))).toEqual(statesOf(folded(all, end)));
        expect(statesOf(folded(all, null))).toEqual(statesOf(folded(all, end)));
      }),
    );
  });

  it("go on from a snapshot as if there had been none", () => {
    fc.assert(
      fc.property(events, fc.nat(DAY_MINUTES), fc.nat(79), (all, minute, cut) => {
        const end = BEGIN + (DAY_MINUTES + 1) * MINUTE_MS;
        const before = folded(all.slice(0, cut), null);
        // What comes after the snapshot may not be older than what was settled: that would be late.
        before.advance(Math.min(BEGIN + minute * MINUTE_MS, ...all.slice(cut).map(({ time }) => time - 1)));
        const saved: SavedDuties = JSON.parse(JSON.stringify(before.save()));
        const after = new DutyStage();
        after.restore(saved);
        for (const event of all.slice(cut)) after.insert(pendingEvent(event, event.receivedAt, false));
        after.advance(end);
        expect(statesOf(after)).toEqual(statesOf(folded(all, end)));
      }),
    );
  });

  it("take no drill for done", () => {
    const event = anyEvent(0, 0, 0);
    const stage = new DutyStage();
    stage.insert(pendingEvent({ ...event, exercise: true }, event.receivedAt, false));
    expect([...stage.books.ballots.keys]).toEqual([]);
  });
});
