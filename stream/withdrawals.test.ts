import { describe, expect, it } from "vitest";
import { MINUTE_MS, minutes, parseTime, SECOND_MS } from "../twin/kernel/time.ts";
import type { CityFold } from "./fold.ts";
import { foldOf } from "./fold-of.ts";
import { oneKitchen } from "./one-kitchen.ts";
import type { Output } from "./output.ts";

const START = parseTime("2026-03-02T10:00:00+08:00");
const city = oneKitchen([{ id: "K/gas", kind: "gas", reportEveryMs: 5_000 }]);

/** % LEL by the number of the message; one each 5 s. */
type Story = ReadonlyMap<number, number>;

function say(fold: CityFold, story: Story, sequence: number, receivedAt: number): void {
  fold.event({
    type: "warmcity.reading",
    id: `r${sequence}`,
    source: "/devices/K/gas",
    kitchen: 0,
    device: 0,
    time: START + sequence * 5 * SECOND_MS,
    receivedAt,
    boot: "b",
    sequence,
    exercise: false,
    position: sequence,
    data: { value: story.get(sequence) ?? 1 },
  });
}

/** The messages as they happen, `held` five minutes late; `halfway` stands for a restart there. */
function lived(story: Story, held: number, until: number, halfway?: (fold: CityFold) => CityFold) {
  let fold = foldOf(city, { early: true });
  const outputs: Output[] = [];
  for (let time = START; time <= START + until; time += 5 * SECOND_MS) {
    const sequence = (time - START) / (5 * SECOND_MS);
    if (sequence !== held) say(fold, story, sequence, time);
    if (time === START + held * 5 * SECOND_MS + 5 * MINUTE_MS) {
      say(fold, story, held, time);
      fold = halfway?.(fold) ?? fold;
    }
    fold.tick(time);
    outputs.push(...fold.take());
  }
  return { outputs, fold };
}

function settled(story: Story, until: number): CityFold {
  const fold = foldOf(city, { early: false });
  for (let sequence = 0; sequence * 5 * SECOND_MS <= until; sequence++) {
    say(fold, story, sequence, START + sequence * 5 * SECOND_MS);
  }
  fold.finish(START + until);
  return fold;
}

/** Twice 26 % in a row, as it seems while message 61 is missing: it says 1 %. */
const DOUBTFUL = new Map([
  [60, 26],
  [62, 26],
]);
const TRUE_LATER = new Map([...DOUBTFUL, [300, 26], [301, 26], [302, 26]]);

const statesOf = (outputs: readonly Output[]) =>
  outputs.flatMap((output) =>
    output.type === "warmcity.case.changed"
      ? [`${output.data.from}>${output.data.to}${output.data.reason === "withdrawn" ? " withdrawn" : ""}`]
      : [],
  );
const rungBy = (outputs: readonly Output[], to: string) =>
  outputs.flatMap((output) =>
    output.type === "warmcity.notification.requested" && output.data.to === to ? [output] : [],
  );

describe("a case of an alert that went out early and never was", () => {
  it("ends visibly, as withdrawn, once the ordered fold has come by", () => {
    const { outputs, fold } = lived(DOUBTFUL, 61, minutes(20));
    expect(statesOf(outputs)).toEqual(["null>new", "new>dispatched", "dispatched>closed withdrawn"]);
    const over = outputs.find(({ type }) => type === "warmcity.alert.resolved");
    expect(over?.data).toMatchObject({ reason: "withdrawn" });
    expect(fold.kitchen(0).cases).toEqual({});
    expect(settled(DOUBTFUL, minutes(20)).settled(0).cases).toEqual({});
  });

  it("rings again, under new names, when the same alert comes true after all", () => {
    const { outputs, fold } = lived(TRUE_LATER, 61, minutes(40));
    const calls = rungBy(outputs, "C-duty");
    expect(calls).toHaveLength(4);
    expect(new Set(calls.map(({ data }) => data.notification)).size).toBe(4);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(4);
    const known = Object.values(settled(TRUE_LATER, minutes(40)).settled(0).cases);
    const live = Object.values(fold.kitchen(0).cases);
    expect(live.map(({ id, state }) => [id, state])).toEqual(known.map(({ id, state }) => [id, state]));
    expect(outputs.findLast(({ type }) => type === "warmcity.case.changed")?.data).toMatchObject({
      to: live[0]!.state,
    });
  });

  it("is taken back all the same after a restart in between", () => {
    const restart = (fold: CityFold) => {
      const again = foldOf(city, { early: true });
      again.restore(JSON.parse(JSON.stringify(fold.save())));
      return again;
    };
    const ids = (all: readonly Output[]) => all.map(({ id }) => id);
    const { outputs } = lived(TRUE_LATER, 61, minutes(40));
    expect(ids(lived(TRUE_LATER, 61, minutes(40), restart).outputs)).toEqual(ids(outputs));
  });
});
