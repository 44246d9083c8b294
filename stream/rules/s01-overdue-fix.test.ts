import { describe, expect, it } from "vitest";
import { caseId, episodeKey } from "../../twin/alerts/episode.ts";
import type { EventOf } from "../../twin/events/event.ts";
import { CityTrial, kitchensOf } from "../second-stage/city-trial.ts";
import { recallHits } from "../second-stage/d08-recall.ts";
import { selfCheckMissing } from "./d04-self-check-missing.ts";
import { recalledLot } from "./d08-recall.ts";
import { RuleTrial } from "./rule-trial.ts";
import { overdueFix } from "./s01-overdue-fix.ts";
import { dutyOverdue } from "./s02-duty-overdue.ts";
import { fridgeHigh } from "./t01-fridge-high.ts";

const FRIDGE = { id: "K/fridge", kind: "fridge-temperature", reportEveryMs: 60_000 };
const PARENT = caseId(episodeKey("T01", "K", "K/fridge"), 1);
const S01 = `case:${PARENT}`;
type Command = EventOf<"warmcity.case.command">["data"]["command"];

/** A fridge of 9 °C, for which T01 rings at 10:30; then it is silent, and nothing worsens or clears. */
const warm = (kitchen = {}) =>
  new RuleTrial(overdueFix, { beside: [fridgeHigh], devices: [FRIDGE], kitchen }).readsOn(
    "K/fridge",
    "10:00",
    "11:40",
    9,
  );
const acts = (to: RuleTrial, at: string, command: Command, role: "O" | "S" = "O") =>
  to.says("warmcity.case.command", at, {
    case: PARENT,
    command,
    role,
    actor: role === "O" ? "owner" : "s-1",
    reason: "整改",
    evidence: [{ sha256: "a".repeat(64) }],
  });
const silent = "03-07 00:00";
const RANG = "10:30:00 raised L3 K/fridge";
const OVERDUE = [`03-05 11:00:00 raised L2 ${S01}`, "03-05 11:00:00 rose to L2 K/fridge"];

describe("S01 overdue fix", () => {
  it("raises the alert by one level, once, when 3 d after the operator took it on nothing was handed in", () => {
    const trial = acts(warm(), "11:00", "acknowledge");
    expect(trial.run("03-05 10:59:59")).toEqual([RANG]);
    expect(trial.run("03-05 11:00")).toEqual([RANG, ...OVERDUE]);
    expect(trial.run("03-20 00:00")).toEqual([RANG, ...OVERDUE]);
    const [alert, parent] = trial.alerts("03-20 00:00").sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(alert).toMatchObject({
      code: "S01",
      kitchen: "K",
      because: [{ summary: "T01 was not put right in time" }],
    });
    expect(parent!.because.at(-1)).toMatchObject({
      text: { zh: "T01整改期限已过", en: "T01 was not put right in time" },
    });
  });

  it("is silent for who hands it in to the last moment, and for who never took it on", () => {
    const handedIn = acts(
      acts(acts(warm(), "11:00", "acknowledge"), "12:00", "start"),
      "03-05 11:00",
      "submit",
    );
    expect(handedIn.run(silent)).toEqual([RANG]);
    expect(warm().run("03-20 00:00")).toEqual([RANG]);
  });

  it("waits for the end of an extension", () => {
    const extended = acts(acts(warm(), "11:00", "acknowledge"), "03-04 09:00", "extend", "S");
    expect(extended.run("03-08 10:59:59")).toEqual([RANG]);
    expect(extended.run("03-08 11:00")).toHaveLength(3);
  });

  it("ends with the submission; a fix that is sent back has a limit of its own, and the level does not rise again", () => {
    const late = acts(
      acts(acts(warm(), "11:00", "acknowledge"), "03-05 12:00", "start"),
      "03-05 18:00",
      "submit",
    );
    const over = `03-05 18:00:00 resolved L2 ${S01}`;
    expect(late.run(silent)).toEqual([RANG, ...OVERDUE, over]);
    const returned = acts(
      acts(late, "03-06 09:00", "recheck-start", "S"),
      "03-06 10:00",
      "recheck-fail",
      "S",
    );
    const lines = returned.run("03-20 00:00");
    expect(lines.slice(0, 4)).toEqual([RANG, ...OVERDUE, over]);
    expect(lines.slice(4)).toHaveLength(1);
    expect(lines[4]).toContain(`raised L2 ${S01}`);
  });

  it("goes by the shorter limit of a higher level, and does not let a ★ count twice", () => {
    const key = caseId(episodeKey("D04", "K", null), 1);
    const school = new RuleTrial(overdueFix, {
      beside: [selfCheckMissing],
      kitchen: { type: "school" },
      begins: "00:00",
    });
    school.says("warmcity.case.command", "03-03 08:00", { case: key, command: "acknowledge", role: "O" });
    const first = school.run("03-06 09:00").filter((line) => line.includes("03-06"));
    expect(first).toEqual([`03-06 00:30:00 raised L1 case:${key}`, "03-06 00:30:00 rose to L1 -"]);
  });

  it("is not about the duties of officials", () => {
    const key = caseId(episodeKey("S02", "K", "duty:D-1"), 1);
    const trial = new RuleTrial(overdueFix, { beside: [dutyOverdue], begins: "00:00" })
      .says("warmcity.duty.planned", "00:00", {
        duty: "D-1",
        kind: "visit",
        due: "2026-03-02",
        assignee: "b-1",
      })
      .says("warmcity.case.command", "03-10 08:00", { case: key, command: "acknowledge", role: "B" });
    expect(trial.run("03-31 00:00")).toEqual(["03-09 00:00:00 raised L4 duty:D-1"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = acts(acts(acts(warm(), "11:00", "acknowledge"), "11:05", "start"), "03-05 18:00", "submit");
    const clean = trial.run(silent);
    expect(clean).toHaveLength(4);
    for (const seed of [1, 2, 3]) expect(trial.run(silent, { shuffled: seed })).toEqual(clean);
  });
});

describe("S01 of a recall (SC03)", () => {
  const lamb = (quantity: number) => ({ product: "羊肉", lot: "L7", quantity });
  const d08 = (kitchen: string) => caseId(episodeKey("D08", kitchen, "lot:羊肉/L7"), 1);
  /** K1 and K2 hold stock, K3 has used all of it. */
  const recalled = () =>
    new CityTrial({ cityRules: [recallHits], rules: [recalledLot, overdueFix], kitchens: kitchensOf(3, 0) })
      .says("warmcity.goods.received", "06:00", "K1", lamb(10))
      .says("warmcity.goods.received", "06:00", "K2", lamb(10))
      .says("warmcity.goods.received", "06:00", "K3", lamb(10))
      .says("warmcity.goods.issued", "07:00", "K3", lamb(10))
      .says("warmcity.recall.issued", "09:00", null, {
        recall: "R-1",
        class: 1,
        product: "羊肉",
        lots: ["L7"],
      });
  const hits = ["K1", "K2", "K3"].map((kitchen) => `09:00:00 raised L1 ${kitchen} lot:羊肉/L7`);

  it("comes at 11:00 where stock is not sealed, without a change of level, though nobody took the case on", () => {
    const trial = recalled().says("warmcity.record.filed", "10:59", "K1", { kind: "seal-stock", lot: "L7" });
    expect(trial.run("10:59").sort()).toEqual(hits);
    expect(trial.run("20:00").sort()).toEqual([...hits, `11:00:00 raised L1 K2 case:${d08("K2")}`]);
  });

  it("takes stock sealed at 11:00 for in time", () => {
    const trial = recalled()
      .says("warmcity.record.filed", "11:00", "K1", { kind: "seal-stock" })
      .says("warmcity.record.filed", "10:00", "K2", { kind: "seal-stock" });
    expect(trial.run("20:00").sort()).toEqual(hits);
  });

  it("is the same live, and after a restart", () => {
    const trial = recalled().says("warmcity.record.filed", "10:00", "K1", { kind: "seal-stock" });
    const clean = trial.run("12:00").sort();
    expect(trial.run("12:00", { live: true }).sort()).toEqual(clean);
    expect(trial.run("12:00", { restartsAt: "10:30" }).sort()).toEqual(clean);
  });
});
