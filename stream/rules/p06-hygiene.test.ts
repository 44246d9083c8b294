import { describe, expect, it } from "vitest";
import { hygiene } from "./p06-hygiene.ts";
import { RuleTrial } from "./rule-trial.ts";

type Class = "bin_open" | "floor_dirty" | "goods_on_floor";

/** Hits each 50 s from `from` on for so long, the last one at the very end. */
function seen(
  what: Class,
  from: string,
  seconds: number,
  zone = "cooking",
  camera = 1,
): (to: RuleTrial) => void {
  return (trial) => {
    for (let at = 0; at < seconds; at += 50) hit(trial, what, plus(from, at), zone, camera);
    hit(trial, what, plus(from, seconds), zone, camera);
  };
}

function hit(trial: RuleTrial, what: Class, at: string, zone: string, camera: number): void {
  trial.says("warmcity.detection", at, { class: what, confidence: 0.85, zone }, { by: `K/cam-${camera}` });
}

/** "HH:MM" and so many seconds. */
function plus(at: string, seconds: number): string {
  const [h = 0, m = 0] = at.split(":").map(Number);
  const total = h * 3_600 + m * 60 + seconds;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(total / 3_600)}:${two((total / 60) % 60)}:${two(total % 60)}`;
}

function trialOf(...told: readonly ((to: RuleTrial) => void)[]): RuleTrial {
  const trial = new RuleTrial(hygiene, {
    devices: [
      { id: "K/cam-1", kind: "camera" },
      { id: "K/cam-2", kind: "camera" },
    ],
  });
  for (const tell of told) tell(trial);
  return trial;
}

const looks =
  (at: string, frames: number | null, found: string[] | null, camera = 1) =>
  (trial: RuleTrial) => {
    trial.says("warmcity.device.heartbeat", at, { frames, seen: found }, { by: `K/cam-${camera}` });
  };
const receives = (at: string) => (trial: RuleTrial) => {
  trial.says("warmcity.goods.received", at, { product: "米", quantity: 5 }, { by: "/kitchens/K" });
};

describe("P06 bins and floors", () => {
  it("rings at 10 min: 10 min 10 s do, 9 min 50 s do not", () => {
    expect(trialOf(seen("bin_open", "14:00", 610)).run("15:00")).toEqual([
      "14:10:00 raised L4 zone:K/cooking",
    ]);
    expect(trialOf(seen("bin_open", "14:00", 590)).run("15:00")).toEqual([]);
    expect(trialOf(seen("floor_dirty", "14:00", 610)).run("15:00")).toHaveLength(1);
  });

  it("does not add up what is broken by more than 60 s", () => {
    expect(trialOf(seen("bin_open", "14:00", 300), seen("bin_open", "14:07", 300)).run("15:00")).toEqual([]);
  });

  it("leaves goods on the floor of the receiving area alone, and elsewhere for 30 min after a receipt", () => {
    const boxes = (zone: string) => seen("goods_on_floor", "14:00", 1_200, zone);
    expect(trialOf(boxes("receiving")).run("15:00")).toEqual([]);
    expect(trialOf(boxes("warehouse")).run("15:00")).toEqual(["14:10:00 raised L4 zone:K/warehouse"]);
    expect(trialOf(receives("14:05"), boxes("warehouse")).run("15:00")).toEqual([]);
    expect(trialOf(receives("13:39"), boxes("warehouse")).run("15:00")).toEqual([
      "14:19:00 raised L4 zone:K/warehouse",
    ]);
    expect(trialOf(receives("14:05"), seen("bin_open", "14:00", 610)).run("15:00")).toHaveLength(1);
  });

  it("clears with two clean frames in a row, of that camera and that class", () => {
    const dirty = seen("bin_open", "14:00", 610);
    const rung = "14:10:00 raised L4 zone:K/cooking";
    const over = (at: string) => [rung, `${at} resolved L4 zone:K/cooking`];
    expect(trialOf(dirty, looks("14:20", 60, [])).run("15:00")).toEqual(over("14:20:00"));
    expect(trialOf(dirty, looks("14:20", 60, ["no_hat"])).run("15:00")).toEqual(over("14:20:00"));
    expect(trialOf(dirty, looks("14:20", 1, []), looks("14:21", 1, [])).run("15:00")).toEqual(
      over("14:21:00"),
    );
    expect(trialOf(dirty, looks("14:20", 1, [])).run("15:00")).toEqual([rung]);
    expect(trialOf(dirty, looks("14:20", 60, ["bin_open"])).run("15:00")).toEqual([rung]);
    expect(trialOf(dirty, looks("14:20", 60, [], 2)).run("15:00")).toEqual([rung]);
    expect(trialOf(dirty, looks("14:20", null, null)).run("15:00")).toEqual([rung]);
    const spoilt = [looks("14:20", 1, []), looks("14:21", 60, ["bin_open"]), looks("14:22", 1, [])];
    expect(trialOf(dirty, ...spoilt).run("15:00")).toEqual([rung]);
  });

  it("waits for every camera and class of the zone, and rings anew afterwards", () => {
    const trial = trialOf(
      seen("bin_open", "14:00", 610),
      seen("floor_dirty", "14:05", 610, "cooking", 2),
      looks("14:20", 60, []),
      looks("14:30", 60, [], 2),
      seen("bin_open", "15:00", 610),
    );
    expect(trial.run("16:00")).toEqual([
      "14:10:00 raised L4 zone:K/cooking",
      "14:30:00 resolved L4 zone:K/cooking",
      "15:10:00 raised L4 zone:K/cooking",
    ]);
  });

  it("is mute in a unit that is closed", () => {
    const trial = trialOf(seen("bin_open", "14:00", 610));
    trial.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(trial.run("15:00")).toEqual(["14:10:00 suppressed L4 zone:K/cooking (closed-unit)"]);
  });

  it("gives the same alerts for input thrice and shuffled", () => {
    const trial = trialOf(seen("bin_open", "14:00", 610), looks("14:20", 60, []));
    for (const shuffled of [1, 2, 3]) expect(trial.run("15:00", { shuffled })).toEqual(trial.run("15:00"));
  });
});
