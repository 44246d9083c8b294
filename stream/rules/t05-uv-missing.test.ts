import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { uvMissing } from "./t05-uv-missing.ts";

const LAMP = "K/uv-1";
const lamp = { id: LAMP, kind: "uv-lamp", zone: "rte", reportEveryMs: 60_000 };
const presence = { id: "K/people-1", kind: "presence", zone: "rte", reportEveryMs: null };
const zones = [{ id: "rte", kind: "rte-room" }];
const ZONE = "zone:K/rte";

type Spans = readonly (readonly [from: string, to: string])[];

/** A lamp that reports each minute from 05:00 to 14:00 and burns in the spans, and who is in the room. */
function room(burns: Spans, people: readonly (readonly [at: string, people: number])[]) {
  const trial = burning(new RuleTrial(uvMissing, { kitchen: { zones }, devices: [lamp, presence] }), burns);
  for (const [at, count] of people)
    trial.says("warmcity.presence", at, { people: count }, { by: presence.id });
  return trial;
}

function burning(trial: RuleTrial, burns: Spans): RuleTrial {
  for (let minute = 5 * 60; minute <= 14 * 60; minute++) {
    const at = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    trial.reads(LAMP, at, burns.some(([from, to]) => from <= at && at < to) ? 32 : 0);
  }
  return trial;
}

describe("T05 UV missing", () => {
  it("rings when the room is used and the last cycle ended more than 4 h before", () => {
    const trial = room([["05:50", "06:25"]], [["10:30", 1]]);
    expect(trial.run("14:00")).toEqual([`10:30:00 raised L4 ${ZONE}`]);
    expect(trial.alerts("14:00")[0]!.because).toMatchObject([
      { text: { zh: "专间内 1 人" } },
      { text: { en: "last UV cycle ended at 2026-03-02 06:25" } },
    ]);
  });

  it("is content with 30 min that ended within 4 h, and not with 29", () => {
    expect(room([["07:00", "07:31"]], [["10:30", 1]]).run("14:00")).toEqual([]);
    expect(room([["06:00", "06:30"]], [["10:30", 1]]).run("14:00")).toEqual([]);
    expect(room([["07:00", "07:29"]], [["10:30", 1]]).run("14:00")).toEqual([`10:30:00 raised L4 ${ZONE}`]);
  });

  it("is graver at once when the lamp burns on somebody", () => {
    const trial = room([["10:31", "10:40"]], [["10:30", 1]]);
    expect(trial.run("12:00")).toEqual([`10:30:00 raised L4 ${ZONE}`, `10:31:00 rose to L2 ${ZONE}`]);
    const burns = [
      ["07:00", "07:40"],
      ["10:00", "10:40"],
    ] as const;
    expect(room(burns, [["10:35", 2]]).run("12:00")).toEqual([`10:35:00 raised L2 ${ZONE}`]);
  });

  it("takes a pause of less than an hour for the same use", () => {
    const people = (back: string) =>
      [
        ["08:00", 1],
        ["11:30", 0],
        [back, 1],
      ] as const;
    expect(room([["07:00", "07:31"]], people("12:29")).run("14:00")).toEqual([]);
    expect(room([["07:00", "07:31"]], people("12:30")).run("14:00")).toEqual([`12:30:00 raised L4 ${ZONE}`]);
  });

  it("ends with the next 30 min of UV with nobody there", () => {
    const trial = room(
      [["12:30", "13:10"]],
      [
        ["10:30", 1],
        ["11:00", 0],
      ],
    );
    expect(trial.run("14:00")).toEqual([`10:30:00 raised L4 ${ZONE}`, `13:00:00 resolved L4 ${ZONE}`]);
    const entered = room(
      [["12:30", "13:10"]],
      [
        ["10:30", 1],
        ["11:00", 0],
        ["12:40", 1],
        ["12:42", 0],
      ],
    );
    expect(entered.run("14:00")).toEqual([`10:30:00 raised L4 ${ZONE}`, `12:40:00 rose to L2 ${ZONE}`]);
  });

  it("does not know of time in which the lamp was not heard", () => {
    const trial = new RuleTrial(uvMissing, { kitchen: { zones }, devices: [lamp, presence] });
    trial.readsOn(LAMP, "05:00", "08:00", 0).readsOn(LAMP, "09:00", "11:00", 0);
    trial.says("warmcity.presence", "10:30", { people: 1 }, { by: presence.id });
    expect(trial.run("11:00")).toEqual([]);
    const begun = new RuleTrial(uvMissing, { kitchen: { zones }, devices: [lamp, presence] });
    begun
      .readsOn(LAMP, "10:00", "11:00", 0)
      .says("warmcity.presence", "10:30", { people: 1 }, { by: presence.id });
    expect(begun.run("11:00")).toEqual([]);
  });

  it("takes the opening for the use where nobody counts people, as far as the log goes back", () => {
    const unwatched = (burns: Spans, opens: string) => {
      const trial = new RuleTrial(uvMissing, {
        kitchen: { zones, opens: [[opens, "22:00"]] },
        devices: [lamp],
      });
      return burning(trial, burns).run("14:00");
    };
    expect(unwatched([], "09:01")).toEqual([`09:01:00 raised L4 ${ZONE}`]);
    expect(unwatched([], "09:00")).toEqual([]);
    expect(unwatched([["08:00", "08:30"]], "09:01")).toEqual([]);
  });

  it("hears of the lamp by its contact as well", () => {
    const contact = { id: "K/power-1", kind: "power", of: "uv-lamp", zone: "rte", reportEveryMs: null };
    const trial = new RuleTrial(uvMissing, { kitchen: { zones }, devices: [contact, presence] });
    trial.says("warmcity.power", "06:00", { on: true }, { by: contact.id });
    trial.says("warmcity.power", "06:20", { on: false }, { by: contact.id });
    trial.says("warmcity.presence", "10:30", { people: 1 }, { by: presence.id });
    expect(trial.run("11:00")).toEqual([`10:30:00 raised L4 ${ZONE}`]);
    expect(trial.says("warmcity.device.died", "07:00", {}, { by: contact.id }).run("11:00")).toEqual([]);
  });

  it("asks nothing of a room without lamps, and is muted under maintenance", () => {
    const trial = new RuleTrial(uvMissing, { kitchen: { zones }, devices: [presence] });
    expect(trial.says("warmcity.presence", "10:30", { people: 1 }, { by: presence.id }).run("11:00")).toEqual(
      [],
    );
    const muted = room([], [["10:30", 1]]).says("warmcity.kitchen.declared", "10:00", {
      state: "maintenance",
    });
    expect(muted.run("11:00")).toEqual([`10:30:00 suppressed L4 ${ZONE} (maintenance)`]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = room(
      [
        ["05:50", "06:25"],
        ["12:30", "13:10"],
      ],
      [
        ["10:30", 1],
        ["11:00", 0],
      ],
    );
    const clean = trial.run("14:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("14:00", { shuffled: seed })).toEqual(clean);
  });
});
