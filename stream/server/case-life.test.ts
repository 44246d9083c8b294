/** Cases through their states by commands over HTTP: who may do what, how long, and what is kept of it (DOMAIN §5.3). */
import { createHash } from "node:crypto";
import { Value } from "@sinclair/typebox/value";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CaseView, KitchenView, pageOf } from "./answers.ts";
import { CaseTrial, type Person, PHOTO } from "./case-trial.ts";

let trial: CaseTrial;
/** A Monday; no public holiday follows for weeks. */
beforeEach(async () => {
  trial = await CaseTrial.open("2026-11-02 09:00");
});
afterEach(() => trial.close());

const stateOf = async (id: string) => (await trial.view(id)).state;
const whatOf = async (id: string) => (await trial.view(id)).steps.map(({ what, role }) => `${what} ${role}`);

describe("from the alert to its end", () => {
  it("a serious breach is confirmed, sent out, put right and passed on site by two inspectors", async () => {
    const id = await trial.failedTest("R-1");
    expect(await trial.view(id)).toMatchObject({ state: "verifying", level: "L2", owner: "S" });
    const states = await trial.walk(
      id,
      ["s-1", "review-confirm"],
      ["s-1", "dispatch"],
      ["o-1", "acknowledge"],
      ["o-1", "start"],
      ["o-1", "submit", { evidence: [PHOTO, "record-7"] }],
      ["s-1", "recheck-start"],
    );
    expect(states).toEqual(["confirmed", "dispatched", "acked", "rectifying", "submitted", "recheck"]);
    for (const inspectors of [undefined, [], ["s-1"], ["s-1", "s-1"]]) {
      const alone = await trial.act("s-1", id, "recheck-pass", inspectors && { inspectors });
      expect(alone).toMatchObject({ status: 409, refused: expect.stringMatching(/two inspectors/) });
      expect(alone.allowed).toContain("recheck-pass");
    }
    await trial.walk(id, ["s-1", "recheck-pass", { inspectors: ["s-1", "s-2"] }]);
    const closed = await trial.view(id);
    expect(closed).toMatchObject({ state: "closed", due: null, hold: { reason: "clip" } });
    expect(closed.steps.at(-1)).toMatchObject({ actor: "s-1", role: "S", inspectors: ["s-1", "s-2"] });
  });

  it("each step keeps who, when, why, the evidence and its hash, over the watermark and a restart", async () => {
    const id = await trial.smoke();
    await trial.walk(id, ["s-1", "review-confirm", { evidence: [PHOTO] }], ["s-1", "dispatch"]);
    await trial.later(7);
    await trial.walk(
      id,
      ["o-1", "acknowledge"],
      ["o-1", "start"],
      ["o-1", "submit", { evidence: ["clip-3"] }],
    );
    const { steps } = await trial.view(id);
    const hash = (evidence: unknown) => createHash("sha256").update(JSON.stringify(evidence)).digest("hex");
    expect(steps.find(({ what }) => what === "review-confirm")).toMatchObject({
      actor: "s-1",
      role: "S",
      reason: "review-confirm of s-1",
      time: "2026-11-02T09:00:20.001+08:00",
      evidence: [PHOTO],
      evidenceHash: hash([PHOTO]),
    });
    expect(steps.at(-1)).toMatchObject({ evidence: ["clip-3"], evidenceHash: hash(["clip-3"]) });
    const told = trial.city.outputs.filter(
      ({ type, data }) => type === "warmcity.case.changed" && "case" in data && data.case === id,
    );
    expect(told.map(({ data }) => ("to" in data ? data.to : ""))).toEqual(
      steps.filter(({ from, to }) => from !== to).map(({ to }) => to),
    );
    expect(told.at(-1)?.data).toMatchObject({ actor: "o-1", evidenceHash: hash(["clip-3"]) });
    await trial.later(11);
    expect((await trial.view(id)).steps).toEqual(steps);
    await trial.city.restart();
    expect((await trial.view(id)).steps).toEqual(steps);
  });
});

describe("who may do what", () => {
  it("an officer of another office, a bureau of another banner, another kitchen do not see it", async () => {
    const id = await trial.failedTest("R-1");
    for (const who of ["s-far", "q-far", "o-far", "pl-1", "ops-1"] as const) {
      expect((await trial.act(who, id, "comment")).status).toBe(404);
      expect((await trial.city.ask(who, `/v1/cases/${id}`)).status).toBe(404);
      const { body } = await trial.city.ask(who, "/v1/cases?limit=200");
      expect(JSON.stringify(body)).not.toContain(id);
    }
  });

  it("each acts in his own role and name", async () => {
    const id = await trial.failedTest("R-1");
    expect(await trial.act("o-1", id, "review-false", { role: "S" })).toMatchObject({
      status: 403,
      refused: "You act as O, not as S",
    });
    const signed = await trial.act("s-1", id, "comment", { actor: "s-2" });
    expect(signed.view?.steps.at(-1)).toMatchObject({ what: "comment", actor: "s-1" });
  });

  it("a refusal names who may, and what oneself may", async () => {
    const id = await trial.failedTest("R-1");
    const refusals: readonly (readonly [Person, Parameters<CaseTrial["act"]>[2], string, string[]])[] = [
      ["o-1", "review-false", "The command review-false is for S, Q, not for O", ["comment"]],
      ["b-1", "review-confirm", "The command review-confirm is for S, Q, not for B", ["comment"]],
      ["c-1", "transfer", "The command transfer is for Q, not for C", ["assign", "comment"]],
      ["h-1", "review-confirm", "The command review-confirm is for S, Q, not for H", ["comment"]],
      [
        "s-1",
        "close",
        "A case that is verifying takes no close",
        ["review-confirm", "review-false", "assign", "comment"],
      ],
    ];
    for (const [who, command, refused, allowed] of refusals)
      expect(await trial.act(who, id, command)).toMatchObject({ status: 409, refused, allowed });
    expect(await stateOf(id)).toBe("verifying");
    expect(await trial.act("s-1", id, "review-false", { reason: "" })).toMatchObject({
      refused: "It needs a reason",
    });
  });

  it("each is shown what oneself may do: in one case, in the docket, in the kitchen, and after a step", async () => {
    const id = await trial.failedTest("R-1");
    const shown = async (who: Person | "admin") => {
      const { body } = await trial.city.ask(who, "/v1/cases?limit=200");
      const inDocket = Value.Decode(pageOf(CaseView), body).items.find((one) => one.case === id);
      const kitchen = await trial.city.ask(who, "/v1/kitchens/K-01");
      const inKitchen = Value.Decode(KitchenView, kitchen.body).cases.find((one) => one.case === id);
      const { allowed } = await trial.view(id, who);
      expect([inDocket?.allowed, inKitchen?.allowed]).toEqual([allowed, allowed]);
      return allowed;
    };
    expect(await shown("o-1")).toEqual(["comment"]);
    expect(await shown("b-1")).toEqual(["comment"]);
    expect(await shown("s-1")).toEqual(["review-confirm", "review-false", "assign", "comment"]);
    expect(await shown("q-1")).toEqual(["review-confirm", "review-false", "transfer", "assign", "comment"]);
    expect(new Set(await shown("admin"))).toEqual(
      new Set([...(await shown("q-1")), ...(await shown("o-1"))]),
    );
    const confirmed = await trial.act("s-1", id, "review-confirm");
    expect(confirmed.view?.allowed).toEqual(["dispatch", "assign", "comment"]);
    expect(await shown("o-1")).toEqual(["appeal", "comment"]);
  });

  it("what belongs to no kitchen is for those around it, and the city acts where no office does", async () => {
    for (const kitchen of ["K-01", "K-02", "K-03", "K-04", "K-09"]) {
      await trial.later(1);
      await trial.city.says(
        "warmcity.illness.reported",
        trial.now,
        { person: `p-${kitchen}`, ate: "2026-11-01T12:00:00+08:00" },
        { source: "/systems/12345", subject: kitchen },
      );
    }
    const { body } = await trial.city.ask("h-1", "/v1/cases?limit=200");
    const [, id = ""] = /"case":"([^"]+)","kitchen":null,"code":"C02"/.exec(JSON.stringify(body)) ?? [];
    expect(await trial.view(id)).toMatchObject({ level: "L1", kitchen: null });
    expect((await trial.act("s-1", id, "comment")).status).toBe(200);
    expect((await trial.act("o-1", id, "comment")).status).toBe(404);
    expect(await trial.walk(id, ["h-1", "review-confirm"], ["c-1", "transfer"])).toEqual([
      "confirmed",
      "transferred",
    ]);
  });
});

describe("limits and the ladder 所 → 旗区 → 市", () => {
  it("an L2 that nobody acknowledges reaches bureau and city; the cadre hears when it is sent out", async () => {
    const id = await trial.failedTest("R-1");
    await trial.walk(id, ["s-1", "review-confirm"]);
    expect(trial.told(id)).toEqual([]);
    await trial.walk(id, ["s-1", "dispatch"]);
    expect(trial.told(id)).toEqual(expect.arrayContaining(["O sms", "S sms", "Q-board in-app", "B push"]));
    await trial.later(4 * 60 + 1);
    expect(await trial.view(id)).toMatchObject({ state: "dispatched", owner: "Q" });
    expect(trial.told(id)).not.toContain("C push");
    await trial.later(20 * 60);
    expect(trial.told(id)).toContain("C push");
    expect(await whatOf(id)).toEqual(
      expect.arrayContaining(["limit-passed null", "escalate null", "send-again null"]),
    );
    // The bureau owns it and has 15 working days from the lead to decide on filing, once extended by 15.
    expect(await trial.view(id)).toMatchObject({ owner: "Q", due: "2026-11-24T00:00:00.000+08:00" });
    expect((await trial.act("s-1", id, "extend")).status).toBe(409);
    const { view } = await trial.act("q-1", id, "extend");
    expect(view?.clocks).toEqual([
      expect.objectContaining({ clock: "file", due: "2026-12-15T00:00:00.000+08:00" }),
    ]);
    expect((await trial.act("q-1", id, "extend")).status).toBe(409);
  });

  it("an L1 is told at once, its accident is to be reported in two hours, and ten minutes wake the bureau's head", async () => {
    const id = await trial.failedTest("R-1", "pathogen");
    expect(trial.told(id)).toEqual(
      expect.arrayContaining(["O voice", "S sms", "Q sms", "C-duty sms", "B sms"]),
    );
    expect((await trial.view(id)).clocks).toEqual([
      expect.objectContaining({ clock: "report", due: "2026-11-02T11:00:00.000+08:00" }),
    ]);
    await trial.later(10);
    expect(await trial.view(id)).toMatchObject({ state: "verifying", owner: "Q" });
    await trial.walk(id, ["q-1", "review-confirm"]);
    await trial.later(6);
    expect(await stateOf(id)).toBe("dispatched");
    await trial.later(10);
    expect(trial.told(id)).toContain("Q-head sms");
    await trial.later(20);
    expect(trial.told(id)).toContain("C-head sms");
    expect(await trial.walk(id, ["q-1", "transfer"], ["q-1", "close"])).toEqual(["transferred", "closed"]);
    expect((await trial.view(id)).hold.reason).toBe("filed");
  });

  it("the time to put right is extended once, by the office, with a reason; a returned case gets half of it", async () => {
    const id = await trial.reminder();
    await trial.walk(id, ["o-1", "acknowledge"]);
    const first = (await trial.view(id)).due;
    expect(await trial.act("s-1", id, "extend", { reason: "" })).toMatchObject({
      refused: "It needs a reason",
    });
    expect((await trial.act("q-1", id, "extend")).status).toBe(409);
    await trial.walk(id, ["s-1", "extend"]);
    expect(Date.parse((await trial.view(id)).due ?? "")).toBeGreaterThan(Date.parse(first ?? ""));
    const again = await trial.act("s-1", id, "extend");
    expect(again).toMatchObject({ status: 409, refused: expect.stringMatching(/once/) });
    expect(again.allowed).not.toContain("extend");
    await trial.walk(
      id,
      ["o-1", "start"],
      ["o-1", "submit", { evidence: [PHOTO] }],
      ["s-1", "recheck-start"],
      ["s-1", "recheck-fail"],
    );
    expect(await trial.view(id)).toMatchObject({
      state: "rectifying",
      due: expect.stringMatching(/^2026-11-09T21:00:00/),
    });
  });
});

describe("disputes and appeals", () => {
  it("the operator disputes, the office has three working days, then the bureau; evidence is asked of who submits", async () => {
    const id = await trial.smoke();
    await trial.walk(id, ["s-1", "review-confirm"], ["s-1", "dispatch"], ["o-1", "dispute"]);
    expect(await trial.view(id)).toMatchObject({ state: "verifying", due: "2026-11-06T00:00:00.000+08:00" });
    await trial.until("2026-11-06 00:00");
    expect(await trial.view(id)).toMatchObject({ state: "verifying", owner: "Q" });
    await trial.walk(
      id,
      ["q-1", "review-confirm"],
      ["s-1", "dispatch"],
      ["o-1", "acknowledge"],
      ["o-1", "start"],
    );
    expect(await trial.act("o-1", id, "submit")).toMatchObject({
      status: 409,
      refused: "It needs a photo, clip or record as evidence",
    });
  });

  it("the office samples what was sent out, and takes up again what was judged false within 30 days", async () => {
    const id = await trial.reminder();
    await trial.walk(id, ["s-1", "audit"], ["s-2", "review-false"]);
    expect(await stateOf(id)).toBe("false");
    await trial.later(29 * 24 * 60);
    await trial.walk(id, ["q-1", "audit"], ["q-1", "review-false"]);
    await trial.later(31 * 24 * 60);
    expect(await trial.act("q-1", id, "audit")).toMatchObject({
      refused: "The time for an audit has passed",
    });
  });

  it("an appeal comes within five working days and is answered by another than who confirmed and who decided", async () => {
    const id = await trial.failedTest("R-1");
    await trial.walk(
      id,
      ["s-1", "review-confirm"],
      ["q-1", "file"],
      ["q-1", "decide", { decision: { kind: "penalty", fine: 20_000 } }],
      ["o-1", "appeal"],
    );
    for (const who of ["s-1", "q-1"] as const)
      expect(await trial.act(who, id, "review-false")).toMatchObject({
        status: 409,
        refused: "It needs another reviewer than who judged it before",
      });
    expect((await trial.act("o-1", id, "review-false")).status).toBe(409);
    expect(await trial.walk(id, ["q-2", "review-false"])).toEqual(["false"]);
    const late = await trial.failedTest("R-2");
    await trial.walk(
      late,
      ["s-1", "review-confirm"],
      ["q-1", "file"],
      ["q-1", "decide", { decision: { kind: "warning" } }],
    );
    await trial.until("2026-11-10 00:01");
    expect(await trial.act("o-1", late, "appeal")).toMatchObject({
      refused: "The time to appeal has passed",
    });
  });
});

describe("filing, decision, re-opening", () => {
  it("is decided within 90 days; from 300,000 yuan on by the city alone; nothing it rests on is thrown away for five years", async () => {
    const id = await trial.failedTest("R-1");
    await trial.walk(id, ["s-1", "review-confirm"]);
    expect((await trial.act("s-1", id, "file")).status).toBe(409);
    await trial.walk(id, ["q-1", "file"]);
    expect((await trial.view(id)).clocks).toEqual([
      expect.objectContaining({ clock: "decide", due: expect.stringMatching(/^2027-01-31T09:00:00/) }),
    ]);
    const fine = (yuan: number) => ({ decision: { kind: "penalty" as const, fine: yuan } });
    expect((await trial.act("c-1", id, "decide", fine(299_999))).status).toBe(409);
    expect(await trial.act("q-1", id, "decide", fine(300_000))).toMatchObject({
      status: 409,
      allowed: expect.arrayContaining(["decide", "transfer"]),
    });
    expect((await trial.act("q-1", id, "decide")).status).toBe(409);
    await trial.walk(id, ["c-1", "decide", fine(300_000)]);
    const { steps, hold } = await trial.view(id);
    expect(steps.at(-1)).toMatchObject({
      to: "decided",
      actor: "c-1",
      decision: { kind: "penalty", fine: 300_000 },
    });
    expect(hold).toEqual({ until: null, reason: "open" });
    await trial.walk(id, ["q-1", "close"]);
    const held = (await trial.view(id)).hold;
    expect(held.reason).toBe("filed");
    expect(Date.parse(held.until ?? "")).toBeGreaterThanOrEqual(Date.parse("2031-11-02T09:00:00+08:00"));
  });

  it("no penalty is the bureau's word alone", async () => {
    const id = await trial.failedTest("R-1");
    await trial.walk(id, ["s-1", "review-confirm"], ["q-1", "file"]);
    expect((await trial.act("c-1", id, "decide", { decision: { kind: "none" } })).status).toBe(409);
    expect(await trial.walk(id, ["q-1", "decide", { decision: { kind: "none" } }], ["q-1", "close"])).toEqual(
      ["no-penalty", "closed"],
    );
  });

  it("a closed case is opened again by an audit, and by the same key within seven days: no second case", async () => {
    const id = await trial.smoke();
    const close = async () => {
      await trial.walk(
        id,
        ["o-1", "acknowledge"],
        ["o-1", "start"],
        ["o-1", "submit", { evidence: [PHOTO] }],
      );
      await trial.walk(id, ["s-1", "recheck-start"], ["s-1", "recheck-pass"]);
    };
    await trial.walk(id, ["s-1", "review-confirm"], ["s-1", "dispatch"]);
    await close();
    expect((await trial.act("o-1", id, "audit")).status).toBe(409);
    await trial.walk(id, ["q-1", "audit"]);
    expect(await stateOf(id)).toBe("dispatched");
    await close();
    await trial.later(3 * 24 * 60);
    expect(await trial.smoke()).toBe(id);
    const { steps, alerts, state } = await trial.view(id);
    expect(state).toBe("dispatched");
    expect(alerts).toHaveLength(2);
    expect(steps.map(({ to }) => to).filter((to) => to === "reopened")).toHaveLength(2);
  });
});
