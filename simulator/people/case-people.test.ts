import { describe, expect, it } from "vitest";
import type { InputData } from "../../twin/events/catalogue.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Alert, CaseState } from "../../twin/events/output-events.ts";
import { DAY_MS, formatTime, HOUR_MS, MINUTE_MS, parseTime, timeOfDay } from "../../twin/kernel/time.ts";
import type { Arrival, SimulatedEvent } from "../arrival.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { CasePeople, type Heard } from "./case-people.ts";

const city = oneKitchen();
const KITCHEN = city.kitchens[0]!.id;
/** A Tuesday. */
const NOON = parseTime("2026-06-02T12:00:00+08:00");

interface About {
  readonly code?: string;
  readonly level?: Level;
  readonly lead?: boolean;
  readonly kitchen?: string | null;
}

function raised(
  id: string,
  { code = "T01", level = "L3", lead = false, kitchen = KITCHEN }: About = {},
): Heard {
  const time = formatTime(NOON);
  const data: Alert = {
    alert: `A-${id}`,
    case: id,
    code,
    level,
    kitchen,
    asset: null,
    state: "firing",
    raisedAt: time,
    levelAt: time,
    resolvedAt: null,
    reason: null,
    lead,
    retro: false,
    delayed: false,
    exercise: false,
    title: { zh: "冷藏超温", en: "Fridge too warm" },
    value: null,
    rule: `${code}@1`,
    policy: "ordos-2026@1",
    legalBasis: [],
    because: [],
    parent: null,
    suppressedBy: null,
  };
  return { type: "warmcity.alert.raised", time: NOON, subject: kitchen, data };
}

function moved(id: string, from: CaseState | null, to: CaseState, time = NOON): Heard {
  const nothing = { actor: null, role: null, reason: null, due: null, evidenceHash: null };
  const data = { case: id, alert: `A-${id}`, from, to, ...nothing, dueProvisional: false, evidence: [] };
  return { type: "warmcity.case.changed", time, subject: KITCHEN, data };
}

type Command = InputData<"warmcity.case.command">;

function commandsIn(acts: Iterable<Arrival>): (Command & { at: number })[] {
  return [...acts].flatMap((arrival) =>
    arrival.kind === "event" && isCommand(arrival.event)
      ? [{ ...arrival.event.data, at: arrival.receivedAt }]
      : [],
  );
}

function isCommand(event: SimulatedEvent): event is SimulatedEvent<"warmcity.case.command"> {
  return event.type === "warmcity.case.command";
}

/** All that people do within `days` about cases that were dispatched at noon. */
function answers(count: number, about: About, from: CaseState = "new", days = 3) {
  const people = new CasePeople({ city, seed: 1 });
  for (let n = 0; n < count; n++) {
    people.hear(raised(`C-${n}`, about), NOON);
    people.hear(moved(`C-${n}`, from, "dispatched"), NOON);
  }
  return commandsIn(people.actsUntil(NOON + days * DAY_MS));
}

describe("CasePeople", () => {
  it("acknowledges nearly all that is dispatched, and all once it was escalated", () => {
    const first = answers(400, {}).filter(({ command }) => command === "acknowledge");
    expect(first.length).toBeGreaterThan(340);
    expect(first.length).toBeLessThan(400);
    expect(first.every(({ role, at }) => role === "O" && at > NOON)).toBe(true);
    const again = answers(400, {}, "escalated").filter(({ command }) => command !== "dispute");
    const disputed = answers(400, {}, "escalated").filter(({ command }) => command === "dispute");
    expect(again.length + disputed.length).toBe(400);
    expect(disputed.length).toBeLessThan(30);
  });

  it("works by day, but for what is a danger to life", () => {
    const hoursOf = (level: Level) => answers(200, { level }).map(({ at }) => timeOfDay(at) / HOUR_MS);
    expect(hoursOf("L3").every((hour) => hour >= 7 && hour < 21)).toBe(true);
    const grave = answers(200, { level: "L1" }).map(({ at }) => at - NOON);
    expect(grave.every((delay) => delay > 0 && delay < 30 * MINUTE_MS)).toBe(true);
  });

  it("gives officials their working days: what comes on a Friday evening waits for Monday", () => {
    const people = new CasePeople({ city, seed: 1 });
    const friday = parseTime("2026-06-05T21:00:00+08:00");
    people.hear(raised("C-1", { code: "P02", lead: true }), friday);
    people.hear(moved("C-1", "new", "verifying", friday), friday);
    const [review] = commandsIn(people.actsUntil(friday + 7 * DAY_MS));
    expect(review?.command).toMatch(/^review-/);
    expect(formatTime(review?.at ?? 0).slice(0, 10)).toBe("2026-06-08");
  });

  it("drops what it meant to do when the case has moved on meanwhile", () => {
    const people = new CasePeople({ city, seed: 1 });
    people.hear(raised("C-1", {}), NOON);
    people.hear(moved("C-1", "new", "dispatched"), NOON);
    people.hear(moved("C-1", "dispatched", "closed"), NOON + 1);
    expect(commandsIn(people.actsUntil(NOON + 30 * DAY_MS))).toEqual([]);
  });

  it("looks at some reminders of cameras, and confirms of all as many as real offices do", () => {
    const reviews = answers(1_000, { code: "P01", level: "L4", lead: true }, "new", 30).filter(
      ({ command }) => command.startsWith("review-"),
    );
    const confirmed = reviews.filter(({ command }) => command === "review-confirm").length / 1_000;
    expect(confirmed).toBeGreaterThan(0.27);
    expect(confirmed).toBeLessThan(0.37);
  });

  it("files the record that the rule asks for before it hands the proof in", () => {
    const people = new CasePeople({ city, seed: 3 });
    people.hear(raised("C-1", { code: "T06" }), NOON);
    people.hear(moved("C-1", "acked", "rectifying"), NOON);
    const acts = [...people.actsUntil(NOON + 30 * DAY_MS)].flatMap((arrival) =>
      arrival.kind === "event" ? [arrival.event] : [],
    );
    expect(acts.map(({ type }) => type)).toEqual(["warmcity.record.filed", "warmcity.case.command"]);
    expect(acts[0]?.data).toMatchObject({ kind: "rewash", case: "C-1" });
    expect(acts[1]?.data).toMatchObject({ command: "submit", evidence: [expect.any(String)] });
  });

  it("lets the city act for what belongs to no kitchen", () => {
    const people = new CasePeople({ city, seed: 1 });
    people.hear(raised("C-1", { code: "O06", level: "L2", kitchen: null }), NOON);
    people.hear(moved("C-1", "rectifying", "submitted"), NOON);
    expect(commandsIn(people.actsUntil(NOON + 9 * DAY_MS))).toMatchObject([
      { command: "recheck-start", role: "C" },
    ]);
  });

  it("does the same for the same seed, however time is cut", () => {
    const tell = (steps: number) => {
      const people = new CasePeople({ city, seed: 5 });
      for (let n = 0; n < 50; n++) {
        people.hear(raised(`C-${n}`), NOON);
        people.hear(moved(`C-${n}`, "new", "dispatched"), NOON);
      }
      const acts: Arrival[] = [];
      for (let i = 1; i <= steps; i++) acts.push(...people.actsUntil(NOON + (i * DAY_MS) / steps));
      return acts;
    };
    expect(tell(24)).toEqual(tell(1));
  });
});
