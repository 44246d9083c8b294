import { describe, expect, it } from "vitest";
import type { EventOf } from "../../twin/events/event.ts";
import { clothing } from "./p01-clothing.ts";
import { type Arrival, RuleTrial } from "./rule-trial.ts";

const kitchen = {
  zones: [
    { id: "cut", kind: "cutting" },
    { id: "wok", kind: "cooking" },
    { id: "rte", kind: "rte-room" },
    { id: "hall", kind: "dining" },
  ],
};
const trial = () =>
  new RuleTrial(clothing, {
    kitchen,
    devices: [
      { id: "K/cam-1", kind: "camera" },
      { id: "K/cam-2", kind: "camera" },
    ],
  });

function hit(
  at: string,
  what: Partial<EventOf<"warmcity.detection">["data"]> = {},
  arrival: Arrival = {},
): (trial: RuleTrial) => RuleTrial {
  const data = { class: "no_hat", confidence: 0.86, zone: "cut", ...what } as const;
  return (to) => to.says("warmcity.detection", at, data, { by: "K/cam-1", ...arrival });
}
const kitchenWith = (...steps: readonly ((trial: RuleTrial) => RuleTrial)[]) =>
  steps.reduce((to, step) => step(to), trial());
/** Two hits 10 s apart. */
const breach = (at: string) => (to: RuleTrial) => hit(`${at}:10`)(hit(`${at}:00`)(to));

describe("P01 clothing", () => {
  it("rings at the later of two hits at least 5 s and at most 5 min apart", () => {
    expect(kitchenWith(hit("11:52:00"), hit("11:52:05")).run("12:00")).toEqual([
      "11:52:05 raised L4 zone:K/cut",
    ]);
    expect(kitchenWith(hit("11:52:00"), hit("11:57:00")).run("12:00")).toEqual([
      "11:57:00 raised L4 zone:K/cut",
    ]);
    expect(kitchenWith(hit("11:52:00"), hit("11:52:05")).alerts("12:00")).toMatchObject([
      { lead: true, because: [{ summary: "no hat 0.86 in cut" }, { time: "2026-03-02T11:52:05.000+08:00" }] },
    ]);
  });

  it("stays silent at one hit, at two 4.9 s or more than 5 min apart, and at a confidence of 0.79", () => {
    expect(kitchenWith(hit("11:52:00")).run("12:30")).toEqual([]);
    expect(kitchenWith(hit("11:52:00"), hit("11:52:04")).run("12:30")).toEqual([]);
    expect(kitchenWith(hit("11:52:00"), hit("11:57:01")).run("12:30")).toEqual([]);
    const unsure = { confidence: 0.79 };
    expect(kitchenWith(hit("11:52:00", unsure), hit("11:52:30", unsure)).run("12:30")).toEqual([]);
    expect(kitchenWith(hit("11:52:00"), hit("11:52:04"), hit("11:57:01")).run("12:30")).toHaveLength(1);
  });

  it("asks for a mask in the ready-to-eat room only, for a hat in food zones only", () => {
    const twice = (what: object) => kitchenWith(hit("11:52:00", what), hit("11:52:10", what)).run("12:00");
    expect(twice({ class: "no_mask", zone: "wok" })).toEqual([]);
    expect(twice({ class: "no_hat", zone: "hall" })).toEqual([]);
    expect(twice({ class: "undetermined" })).toEqual([]);
    expect(twice({ class: "no_mask", zone: "rte" })).toEqual(["11:52:10 raised L4 zone:K/rte"]);
    expect(
      kitchenWith(hit("11:52:00", { zone: "rte" }), hit("11:52:10", { zone: "rte", class: "no_mask" })).run(
        "12:00",
      ),
    ).toEqual([]);
  });

  it("is one alert for the many hits of a meal, and one for each zone", () => {
    const many = Array.from({ length: 14 }, (_, i) => hit(`11:${String(30 + i * 2)}:00`));
    expect(
      kitchenWith(...many, hit("12:00:00", { zone: "wok" }), hit("12:01:00", { zone: "wok" })).run("13:00"),
    ).toEqual(["11:32:00 raised L4 zone:K/cut", "12:01:00 raised L4 zone:K/wok"]);
  });

  it("clears at the end of the next meal, if that was clean", () => {
    expect(kitchenWith(breach("11:52")).run("22:00")).toEqual([
      "11:52:10 raised L4 zone:K/cut",
      "22:00:00 resolved L4 zone:K/cut",
    ]);
    expect(kitchenWith(breach("11:52"), breach("18:00")).run("03-03 04:00")).toEqual([
      "11:52:10 raised L4 zone:K/cut",
      "03-03 04:00:00 resolved L4 zone:K/cut",
    ]);
  });

  describe("whether the next meal was clean", () => {
    const raised = "11:52:10 raised L4 zone:K/cut";
    const beats = (from: number, to: number, data: EventOf<"warmcity.device.heartbeat">["data"] = {}) => {
      return (trialOf: RuleTrial) => {
        for (let minute = from * 60; minute < to * 60; minute += 2) {
          const at = [minute / 60, minute % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
          trialOf.says("warmcity.device.heartbeat", at, data, { by: "K/cam-1" });
        }
        return trialOf;
      };
    };
    const health = (at: string, state: "covered" | "clear") => (to: RuleTrial) =>
      to.says("warmcity.camera.health", at, { state }, { by: "K/cam-1" });
    const clearedAt = (...steps: readonly ((to: RuleTrial) => RuleTrial)[]) =>
      kitchenWith(breach("11:52"), ...steps)
        .run("03-03 04:00")
        .filter((line) => line !== raised);

    it("takes a heartbeat in it for proof, and no proof from a camera that fell silent", () => {
      expect(clearedAt(beats(10, 16))).toEqual(["22:00:00 resolved L4 zone:K/cut"]);
      expect(clearedAt(beats(10, 13))).toEqual([]);
    });

    it("waits for a meal after one in which the camera was covered", () => {
      const covered = [health("14:59:30", "covered"), beats(10, 24)];
      expect(clearedAt(...covered)).toEqual([]);
      expect(clearedAt(...covered, health("22:00:30", "clear"))).toEqual([
        "03-03 04:00:00 resolved L4 zone:K/cut",
      ]);
      expect(clearedAt(...covered, health("21:00", "clear"))).toEqual(["22:00:00 resolved L4 zone:K/cut"]);
    });

    it("waits for a meal after one in which the camera was being repaired", () => {
      const repair = (to: RuleTrial) =>
        to.says(
          "warmcity.device.maintained",
          "14:00",
          { kind: "repair", to: "2026-03-02T22:30:00+08:00" },
          { by: "K/cam-1" },
        );
      expect(clearedAt(repair, beats(10, 24))).toEqual(["03-03 04:00:00 resolved L4 zone:K/cut"]);
    });

    it("believes counted frames: none, or without people, is nothing watched", () => {
      expect(clearedAt(beats(10, 22, { frames: 120, people: 2, seen: [] }))).toHaveLength(1);
      expect(clearedAt(beats(10, 22, { frames: 0 }))).toEqual([]);
      expect(clearedAt(beats(10, 22, { frames: 120, people: 0 }))).toEqual([]);
    });

    it("is unclean by a single hit, or by what a heartbeat says was seen", () => {
      expect(clearedAt(beats(10, 22), hit("18:00:00"))).toEqual([]);
      const looking = new RuleTrial(clothing, {
        kitchen,
        devices: [{ id: "K/cam-1", kind: "camera", zone: "cut" }],
      });
      const seen = { frames: 120, people: 2, seen: ["no_hat"] } as const;
      const lines = beats(10, 22, { ...seen, seen: [...seen.seen] })(breach("11:52")(looking)).run("22:00");
      expect(lines).toEqual([raised]);
    });

    it("asks another camera of the zone as well", () => {
      const two = new RuleTrial(clothing, {
        kitchen,
        devices: [
          { id: "K/cam-1", kind: "camera", zone: "cut" },
          { id: "K/cam-2", kind: "camera", zone: "cut" },
        ],
      });
      breach("11:52")(beats(10, 13)(two));
      two.says("warmcity.device.heartbeat", "16:00", {}, { by: "K/cam-2" });
      expect(two.run("22:00")).toEqual([raised, "22:00:00 resolved L4 zone:K/cut"]);
    });
  });

  it("does not believe the hits of a covered camera", () => {
    const covered = (to: RuleTrial) =>
      to.says("warmcity.camera.health", "11:50", { state: "covered" }, { by: "K/cam-1" });
    expect(kitchenWith(covered, breach("11:52")).run("12:00")).toEqual([]);
  });

  it("is L3 at the third meal within 7 d", () => {
    const days = kitchenWith(
      breach("11:52"),
      breach("03-03 18:05"),
      breach("03-05 12:10"),
      breach("03-10 12:00"),
    );
    expect(days.run("03-10 13:00").filter((line) => line.includes("raised"))).toEqual([
      "11:52:10 raised L4 zone:K/cut",
      "03-03 18:05:10 raised L4 zone:K/cut",
      "03-05 12:10:10 raised L3 zone:K/cut",
      "03-10 12:00:10 raised L3 zone:K/cut",
    ]);
    const weeks = kitchenWith(breach("11:52"), breach("03-03 18:05"), breach("03-09 12:10"));
    expect(weeks.run("03-09 13:00").filter((line) => line.includes("L3"))).toEqual([]);
  });

  it("does not count what a reviewer called false, nor ring again in that meal", () => {
    const before = kitchenWith(breach("11:52"), breach("03-03 18:05"));
    const [, judged] = before.alerts("03-03 19:00");
    const sayFalse = (to: RuleTrial) =>
      to.says("warmcity.case.command", "03-03 18:30", {
        case: judged!.case,
        command: "review-false",
        role: "S",
        reason: "towel",
      });
    const lines = kitchenWith(
      breach("11:52"),
      breach("03-03 18:05"),
      sayFalse,
      breach("03-03 19:00"),
      breach("03-05 12:10"),
    );
    expect(lines.run("03-05 13:00")).toEqual([
      "11:52:10 raised L4 zone:K/cut",
      "22:00:00 resolved L4 zone:K/cut",
      "03-03 18:05:10 raised L4 zone:K/cut",
      "03-03 18:30:00 resolved L4 zone:K/cut (human)",
      "03-05 12:10:10 raised L4 zone:K/cut",
    ]);
  });

  it("ignores a camera that is being repaired", () => {
    const repair = (to: RuleTrial) =>
      to.says(
        "warmcity.device.maintained",
        "11:00",
        { kind: "repair", to: "2026-03-02T13:00:00+08:00" },
        {
          by: "K/cam-1",
        },
      );
    expect(kitchenWith(repair, breach("11:52")).run("13:00")).toEqual([]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled; late hits ring in retrospect", () => {
    const shuffled = kitchenWith(breach("11:52"), breach("03-03 18:05"), breach("03-05 12:10"));
    const clean = shuffled.run("03-06 12:00");
    expect(clean).toHaveLength(6);
    for (const seed of [1, 2, 3]) expect(shuffled.run("03-06 12:00", { shuffled: seed })).toEqual(clean);
    const late = { receivedAt: "12:30" };
    const trialLate = kitchenWith(
      hit("12:30:00", { zone: "wok" }),
      hit("11:52:00", {}, late),
      hit("11:52:10", {}, late),
    );
    expect(trialLate.alerts("12:30")).toMatchObject([{ asset: "zone:K/cut", retro: true }]);
  });
});
