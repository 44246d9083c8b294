import { describe, expect, it } from "vitest";
import type { City } from "../../twin/city/city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import type { CityEvent, EventOf, EventType } from "../../twin/events/event.ts";
import { DAY_MS, formatTime, HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { foldOf } from "../fold-of.ts";
import type { Output, OutputOf } from "../output.ts";
import { compareOutputs } from "../output.ts";
import { Replay } from "../replay.ts";
import type { SavedFold } from "../saved-fold.ts";

/** A Tuesday. */
const MONDAY = parseTime("2026-03-03T00:00:00+08:00");
const FRIDGE = "fridge-1";

function cityOf(ids: readonly string[]): City {
  const parsed = parseRegistry({
    version: 1,
    kitchens: ids.map((id, i) => ({
      id,
      code: `150602-${i}`,
      name: `试用厨房 ${id}`,
      type: "medium",
      banner: "150602",
      office: "150602-01",
      position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
      opens: [["00:00", "24:00"]],
      licence: { number: `JY${i}`, validTo: "2030-12-31", renewal: null },
      devices: [{ id: `${id}/${FRIDGE}`, kind: "fridge-temperature", reportEveryMs: 30 * MINUTE_MS }],
    })),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** Days of a city in which each kitchen files its daily form at 09:00 and its fridge reports each half hour. */
class Days {
  readonly city: City;
  readonly #events: CityEvent[] = [];

  constructor(days: number, ids: readonly string[] = ["A", "B"]) {
    this.city = cityOf(ids);
    for (let time = MONDAY; time < MONDAY + days * DAY_MS; time += 30 * MINUTE_MS) {
      for (const [kitchen] of ids.entries()) {
        this.says("warmcity.reading", kitchen, time, { value: 4 }, true);
        if ((time - MONDAY) % DAY_MS === 9 * HOUR_MS)
          this.says("warmcity.selfcheck.submitted", kitchen, time, {
            cadence: "daily",
            claimed: formatTime(time),
          });
      }
    }
  }

  says<T extends EventType>(
    type: T,
    kitchen: number,
    time: number,
    data: EventOf<T>["data"],
    byDevice = false,
  ): this {
    const device = byDevice ? this.city.firstDevice[kitchen]! : -1;
    this.#events.push({
      id: `e${this.#events.length}`,
      source: byDevice ? `/devices/${this.city.devices[device]!.id}` : "/persons/p",
      kitchen,
      device,
      time,
      receivedAt: time,
      boot: byDevice ? "b" : null,
      sequence: byDevice ? time / MINUTE_MS : null,
      exercise: false,
      position: this.#events.length,
      type,
      data,
    } as CityEvent);
    return this;
  }

  without(wanted: (event: CityEvent) => boolean): this {
    const kept = this.#events.filter((event) => !wanted(event));
    this.#events.splice(0, this.#events.length, ...kept);
    return this;
  }

  outputs(until: number): Output[] {
    const replay = new Replay(foldOf(this.city, { early: false }), until);
    const sorted = [...this.#events].sort((a, b) => a.time - b.time);
    for (const [line, event] of sorted.entries()) {
      const admitted = [{ kind: "event", index: 0, event, json: "" } as const];
      replay.line(line, { received: 1, admitted, refused: [], unreadable: null });
    }
    replay.finish();
    return replay.take().sort(compareOutputs);
  }

  /** Live, with a snapshot (through JSON) and a new fold at `at`; `null` = without. */
  live(until: number, at: number | null): Output[] {
    let fold = foldOf(this.city, { early: true });
    const outputs: Output[] = [];
    let isSaved = at === null;
    for (const event of [...this.#events].sort((a, b) => a.time - b.time)) {
      if (!isSaved && event.time >= (at ?? 0)) {
        const saved: SavedFold = JSON.parse(JSON.stringify(fold.save()));
        fold = foldOf(this.city, { early: true });
        fold.restore(saved);
        isSaved = true;
      }
      fold.event(event);
      outputs.push(...fold.take());
    }
    fold.tick(until + HOUR_MS, true);
    return [...outputs, ...fold.take()];
  }
}

const indices = (outputs: readonly Output[], kitchen: string) =>
  outputs
    .filter(
      (output): output is OutputOf<"warmcity.index.changed"> => output.type === "warmcity.index.changed",
    )
    .filter(({ subject }) => subject === kitchen)
    .map(({ time, data }) => `${formatTime(time).slice(5, 16)} ${data.index ?? data.standing}`);

const finding = (level: "L2" | "L3", item = "floor") => ({
  findings: [{ item, ok: false, level }],
  inspectors: ["i"],
});

describe("the index of a day", () => {
  it("is told at 02:00 when it changed: full marks for whom nothing is known against", () => {
    expect(indices(new Days(4).outputs(MONDAY + 4 * DAY_MS), "A")).toEqual(["03-04T02:00 100"]);
  });

  it("falls with an official finding, ages back, and draws the type's mean with it", () => {
    const days = new Days(4).says("warmcity.inspection.completed", 0, MONDAY + 10 * HOUR_MS, finding("L2"));
    const outputs = days.outputs(MONDAY + 3 * DAY_MS);
    // S of A is 85.08 after 16 h and 85.19 after 40 h; the means are 92.54 and 92.60; w is 1/11 and 2/12.
    expect(indices(outputs, "A")).toEqual(["03-04T02:00 91.9", "03-05T02:00 91.4"]);
    expect(indices(outputs, "B")).toEqual(["03-04T02:00 93.2", "03-05T02:00 93.8"]);
    const [first] = outputs.filter(
      ({ type, subject }) => type === "warmcity.index.changed" && subject === "A",
    );
    expect(first?.data).toMatchObject({
      reasons: [{ component: "inspection", level: "L2" }],
      version: "index@1",
    });
  });

  it("takes no drill, no patrol and no self-check that came after 00:30 for a fact", () => {
    const days = new Days(2)
      .without(({ type }) => type === "warmcity.selfcheck.submitted" || type === "warmcity.reading")
      .says("warmcity.patrol.completed", 0, MONDAY + 10 * HOUR_MS, finding("L2"))
      .says("warmcity.selfcheck.submitted", 0, MONDAY + DAY_MS + 45 * MINUTE_MS, {
        cadence: "daily",
        claimed: "2026-03-03T20:00:00+08:00",
      });
    expect(indices(days.outputs(MONDAY + 2 * DAY_MS), "A")).toEqual([]);
  });

  it("says that data do not suffice for a kitchen that was dark for part of its days, and rates none that was for most", () => {
    const darkFrom = (hour: number) =>
      new Days(3).without(
        ({ type, kitchen, time }) =>
          type === "warmcity.reading" && kitchen === 0 && (time - MONDAY) % DAY_MS >= hour * HOUR_MS,
      );
    expect(indices(darkFrom(17).outputs(MONDAY + 3 * DAY_MS), "A").at(-1)).toMatch(/ 85$/);
    expect(indices(darkFrom(8).outputs(MONDAY + 3 * DAY_MS), "A")).toEqual([]);
  });

  it("stands still while the kitchen is declared closed", () => {
    const days = new Days(6).says("warmcity.inspection.completed", 0, MONDAY + 10 * HOUR_MS, finding("L2"));
    days.says("warmcity.kitchen.declared", 0, MONDAY + DAY_MS + 3 * HOUR_MS, {
      state: "closed",
      from: formatTime(MONDAY + DAY_MS + 3 * HOUR_MS),
      to: null,
    });
    expect(indices(days.outputs(MONDAY + 6 * DAY_MS), "A")).toEqual(["03-04T02:00 91.9"]);
  });

  it("is the same live, and after a restart in the middle of the night", () => {
    const days = new Days(4).says("warmcity.inspection.completed", 0, MONDAY + 10 * HOUR_MS, finding("L2"));
    const end = MONDAY + 4 * DAY_MS;
    const replayed = indices(days.outputs(end), "A");
    expect(indices(days.live(end, null), "A")).toEqual(replayed);
    expect(indices(days.live(end, MONDAY + DAY_MS + HOUR_MS), "A")).toEqual(replayed);
  });
});

describe("the monthly lists", () => {
  it("are drafted on the first, for each banner, and published by two people", () => {
    const first = parseTime("2026-04-01T02:00:00+08:00");
    const days = new Days(30);
    days.says("warmcity.list.command", -1, first + HOUR_MS, {
      list: "red:150602:2026-03",
      command: "sign",
      role: "Q",
      actor: "q-1",
    });
    for (const actor of ["q-1", "c-1"]) {
      days.says("warmcity.list.command", -1, first + 2 * HOUR_MS, {
        list: "red:150602:2026-03",
        command: "publish",
        role: "C",
        actor,
      });
    }
    days.says("warmcity.inspection.completed", 0, MONDAY + 10 * HOUR_MS, { findings: [], inspectors: ["i"] });
    const lists = days
      .outputs(first + 3 * HOUR_MS)
      .filter(
        (output): output is OutputOf<"warmcity.list.changed"> => output.type === "warmcity.list.changed",
      )
      .map(({ data }) => `${data.list} ${data.state} ${data.signedBy} ${data.entries.length}`)
      .sort();
    expect(lists).toEqual([
      "black:150602:2026-03 draft null 0",
      "red:150602:2026-03 draft null 1",
      "red:150602:2026-03 published q-1 1",
      "red:150602:2026-03 signed q-1 1",
    ]);
  });
});
