import { describe, expect, it } from "vitest";
import { rodent } from "./p07-rodent.ts";
import { RuleTrial } from "./rule-trial.ts";

const devices = [
  { id: "K/cam-1", kind: "camera" },
  { id: "K/cam-2", kind: "camera" },
  { id: "K/trap-1", kind: "rodent-infrared" },
];
const trial = () => new RuleTrial(rodent, { devices });

function rat(to: RuleTrial, at: string, camera = 1, confidence = 0.86, receivedAt?: string): RuleTrial {
  const zone = camera === 1 ? "cooking" : "wash";
  const arrival = { by: `K/cam-${camera}`, ...(receivedAt === undefined ? {} : { receivedAt }) };
  return to.says("warmcity.detection", at, { class: "rat", confidence, zone }, arrival);
}

describe("P07 rodent", () => {
  it("suspects at one hit", () => {
    expect(rat(trial(), "02:10:20").run("03:00")).toEqual(["02:10:20 raised L3 zone:K/cooking"]);
    expect(rat(trial(), "02:10:20").alerts("03:00")).toMatchObject([
      { lead: true, because: [{ summary: "rat 0.86 in cooking area" }] },
    ]);
    expect(rat(trial(), "02:10:20", 1, 0.79).run("03:00")).toEqual([]);
  });

  it("follows SC04: a second camera makes it L2 in the same case, a third hit changes nothing", () => {
    const seen = rat(rat(rat(trial(), "02:10:20"), "02:31:05", 2, 0.81), "03:05:00");
    expect(seen.run("10:00")).toEqual([
      "02:10:20 raised L3 zone:K/cooking",
      "02:31:05 rose to L2 zone:K/cooking",
    ]);
  });

  it("needs 10 min between two hits of one camera, none between two cameras", () => {
    expect(rat(rat(trial(), "02:10:00"), "02:19:59").run("03:00")).toHaveLength(1);
    expect(rat(rat(trial(), "02:10:00"), "02:20:00").run("03:00")).toEqual([
      "02:10:00 raised L3 zone:K/cooking",
      "02:20:00 rose to L2 zone:K/cooking",
    ]);
    expect(rat(rat(trial(), "02:10:00"), "02:10:01", 2).run("03:00")).toContain(
      "02:10:01 rose to L2 zone:K/cooking",
    );
  });

  it("forgets a hit after 24 h", () => {
    expect(rat(rat(trial(), "02:10:00"), "03-03 02:10:01").run("03-03 03:00")).toHaveLength(1);
    expect(rat(rat(trial(), "02:10:00"), "03-03 02:10:00").run("03-03 03:00")).toHaveLength(2);
  });

  it("takes an infrared trigger for a second witness, before or after the hit, and for none alone", () => {
    expect(trial().reads("K/trap-1", "01:00", 3).run("03:00")).toEqual([]);
    expect(rat(trial().reads("K/trap-1", "01:00", 3), "02:10:00").run("03:00")).toEqual([
      "02:10:00 raised L2 zone:K/cooking",
    ]);
    expect(
      rat(trial(), "02:10:00").reads("K/trap-1", "02:30", 1).reads("K/trap-1", "02:20", 0).run("03:00"),
    ).toEqual(["02:10:00 raised L3 zone:K/cooking", "02:30:00 rose to L2 zone:K/cooking"]);
  });

  it("does not count what a trap triggers in the 5 min after it was powered up", () => {
    const powered = (trigger: string) =>
      rat(trial(), "02:10:00")
        .says("warmcity.device.born", "02:20", {}, { by: "K/trap-1" })
        .reads("K/trap-1", trigger, 4)
        .run("03:00");
    expect(powered("02:20")).toHaveLength(1);
    expect(powered("02:25")).toHaveLength(1);
    expect(powered("02:26")).toHaveLength(2);
  });

  it("never clears by itself", () => {
    expect(rat(trial(), "02:10:00").run("03-20 00:00")).toHaveLength(1);
  });

  it("starts anew after a reviewer's false: the cat's first hit does not count with the second", () => {
    const [suspicion] = rat(trial(), "02:12:00").alerts("03:00");
    const cat = rat(trial(), "02:12:00").says("warmcity.case.command", "08:00", {
      case: suspicion!.case,
      command: "review-false",
      role: "S",
      reason: "cat",
    });
    const alerts = rat(cat, "20:00:00").alerts("21:00");
    expect(alerts.map(({ level, state, reason }) => [level, state, reason])).toEqual([
      ["L3", "resolved", "human"],
      ["L3", "firing", null],
    ]);
    expect(alerts[1]!.case).toBe(alerts[0]!.case);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled; a late hit still counts", () => {
    const seen = rat(rat(trial(), "02:10:20"), "02:31:05", 2).reads("K/trap-1", "02:40", 1);
    const clean = seen.run("03:00");
    for (const seed of [1, 2, 3]) expect(seen.run("03:00", { shuffled: seed })).toEqual(clean);
    const late = rat(rat(trial(), "02:31:05", 2), "02:10:20", 1, 0.9, "02:51").reads("K/trap-1", "02:50", 0);
    expect(late.run("03:00")).toEqual(["02:31:05 raised L3 zone:K/wash", "02:31:05 rose to L2 zone:K/wash"]);
  });
});
