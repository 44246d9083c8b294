/** Duties through the door: what was handed in by HTTP is what is answered, to whom it may be answered. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dutyTown } from "./duty-town.ts";
import { LiveTrial } from "./live-trial.ts";

/** A Monday. */
const OPENED = "2026-11-23T06:00:00+08:00";
let trial: LiveTrial;

beforeEach(async () => {
  trial = await LiveTrial.open(dutyTown(), OPENED);
  await trial.account("office", "S", { kind: "office", office: "150602-01" });
  await trial.account("banner", "Q", { kind: "banner", banner: "150602" });
  await trial.account("other", "Q", { kind: "banner", banner: "150603" });
  await trial.account("unit", "O", { kind: "kitchens", kitchens: ["K-01"] });
  await trial.account("cadre", "B", { kind: "kitchens", kitchens: ["K-01", "K-02", "K-03", "K-04"] });
  await trial.account("integrator", "OPS", { kind: "city" });
  await trial.account("health", "H", { kind: "city" });
});
afterEach(() => trial.close());

const at = (time: string) => `2026-11-${time}:00+08:00`;
/** As JSON, to look for what must not be in it. */
const textOf = (answer: { body: unknown }) => JSON.stringify(answer.body);

describe("self-checks", () => {
  const form = (
    time: string,
    claimed: string,
    items: { id: string; ok: boolean }[] = [],
    cadence = "daily",
  ) =>
    trial.says("warmcity.selfcheck.submitted", at(time), {
      cadence: cadence === "weekly" ? "weekly" : "daily",
      claimed,
      items,
    });

  it("stand in a calendar: a report without faults is a zero-risk report, one that came late or not at all shows", async () => {
    await form("24T09:00", at("24T09:00"), [{ id: "fridge", ok: true }]);
    await form("25T09:00", at("25T09:00"), [
      { id: "fridge", ok: true },
      { id: "floor", ok: false },
    ]);
    await form("27T01:00", at("26T09:00"), [{ id: "fridge", ok: true }]);
    await trial.becomes(at("28T12:00"));
    const { body } = await trial.ask("unit", "/v1/kitchens/K-01/duties");
    expect(body).toMatchObject({
      selfControl: {
        daily: [
          { from: "2026-11-28", state: "pending" },
          { from: "2026-11-27", state: "missing" },
          { from: "2026-11-26", state: "late", at: "2026-11-27T01:00:00.000+08:00" },
          { from: "2026-11-25", state: "done", items: 2, faults: 1 },
          { from: "2026-11-24", state: "zero-risk", faults: 0, due: "2026-11-25T00:30:00.000+08:00" },
          { from: "2026-11-23", state: "not-covered" },
          ...Array.from({ length: 25 }, () => ({ state: "not-covered" })),
        ],
        weekly: expect.arrayContaining([expect.objectContaining({ from: "2026-11-23", to: "2026-11-29" })]),
      },
    });
  });

  it("stand by week and by month too, each with its own day of reckoning", async () => {
    await form("29T20:00", "2026-11-29", [], "weekly");
    await trial.becomes("2026-12-07T00:29:00+08:00");
    const weeks = async () => (await trial.ask("unit", "/v1/kitchens/K-01/duties")).body;
    const before = [
      { from: "2026-12-07", state: "pending" },
      { from: "2026-11-30", state: "pending" },
    ];
    expect(await weeks()).toMatchObject({
      selfControl: {
        weekly: [
          ...before,
          { from: "2026-11-23", to: "2026-11-29", state: "zero-risk" },
          ...Array.from({ length: 6 }, () => ({ state: "not-covered" })),
        ],
        monthly: [
          { from: "2026-12-01", to: "2026-12-31", state: "pending", due: "2027-01-05T00:30:00.000+08:00" },
          { from: "2026-11-01", state: "not-covered" },
          {},
          {},
          {},
          {},
          {},
        ],
      },
    });
    await trial.becomes("2026-12-07T00:31:00+08:00");
    expect(await weeks()).toMatchObject({
      selfControl: { weekly: [{ state: "pending" }, { state: "missing" }, {}, {}, {}, {}, {}, {}, {}] },
    });
    await trial.becomes("2027-01-05T00:31:00+08:00");
    expect(await weeks()).toMatchObject({
      selfControl: {
        monthly: [
          { from: "2027-01-01", state: "pending" },
          { from: "2026-12-01", state: "missing" },
          {},
          {},
          {},
          {},
          {},
        ],
      },
    });
  });

  it("are marked where D05 doubts them", async () => {
    await form("25T09:00", at("23T07:00"));
    await trial.becomes(at("25T09:30"));
    const { body } = await trial.ask("office", "/v1/kitchens/K-01/duties");
    expect(body).toMatchObject({
      selfControl: {
        daily: expect.arrayContaining([
          expect.objectContaining({ from: "2026-11-23", doubts: [expect.stringMatching(/^C-D05-/)] }),
        ]),
      },
    });
  });

  it("of a declared closing are not missed", async () => {
    await trial.says("warmcity.kitchen.declared", at("23T07:00"), {
      state: "closed",
      from: at("24T00:00"),
      to: at("26T00:00"),
    });
    await trial.becomes(at("27T12:00"));
    const { body } = await trial.ask("unit", "/v1/kitchens/K-01/duties");
    expect(body).toMatchObject({
      selfControl: {
        daily: [
          { state: "pending" },
          { state: "missing" },
          { state: "closed" },
          { state: "closed" },
          ...Array.from({ length: 27 }, () => ({})),
        ],
      },
    });
  });
});

describe("the staff wall", () => {
  beforeEach(async () => {
    await trial.says("warmcity.staff.checked", at("23T07:00"), {
      staff: "K-01/s-1",
      temperature: 36.5,
      symptoms: [],
    });
    await trial.says("warmcity.staff.checked", at("23T07:01"), {
      staff: "K-01/s-2",
      temperature: 37.3,
      symptoms: [],
    });
    await trial.says("warmcity.staff.clocked-in", at("23T07:02"), { staff: "K-01/s-1" });
    await trial.says("warmcity.training.scored", at("23T08:00"), { staff: "K-01/s-1", score: 59 });
    await trial.says("warmcity.staff.changed", at("23T08:30"), {
      staff: "K-01/s-9",
      job: "server",
      active: true,
    });
  });
  const STATUSES = [
    { job: "cook", certificate: "expiring", morning: "normal", onDuty: true, training: "failed" },
    { job: "rte", certificate: "valid", morning: "abnormal", onDuty: false, training: "overdue" },
    { job: "cashier", certificate: "unknown", morning: "not-checked", onDuty: false, training: "unknown" },
    { job: "server", certificate: "unknown", morning: "not-checked" },
  ];

  it("says to officials who and until when, to the unit a status, to guests counts", async () => {
    const official = await trial.ask("office", "/v1/kitchens/K-01/duties");
    expect(official.body).toMatchObject({ staff: STATUSES });
    expect(official.body).toMatchObject({
      staff: [{ person: "K-01/s-1", certificateValidTo: "2026-12-10" }, {}, {}, {}],
    });
    const unit = await trial.ask("unit", "/v1/kitchens/K-01/duties");
    expect(unit.body).toMatchObject({
      staff: STATUSES.map((status) => ({ ...status, person: null, certificateValidTo: null })),
    });
    const guest = await trial.ask(null, "/v1/public/kitchens/code-K-01/duties");
    expect(guest.body).toMatchObject({
      staff: {
        people: 4,
        certificate: { expiring: 1, valid: 1, unknown: 2 },
        morning: { normal: 1, abnormal: 1, "not-checked": 2 },
        training: { failed: 1, overdue: 1, unknown: 2 },
      },
    });
    for (const answer of [unit, guest]) expect(textOf(answer)).not.toMatch(/s-1|2026-12-10|36\.5|37\.3/);
  });

  it("follows a renewal, a medical note, and who leaves; yesterday's check says nothing of today", async () => {
    const certificate = (time: string, state: "submitted" | "approved") =>
      trial.says("warmcity.staff.certificate", at(time), { staff: "K-01/s-1", validTo: "2027-11-30", state });
    await certificate("23T09:00", "submitted");
    await trial.says("warmcity.record.filed", at("23T09:10"), { kind: "medical-note", staff: "K-01/s-2" });
    await trial.says("warmcity.staff.changed", at("23T09:20"), {
      staff: "K-01/s-9",
      job: "server",
      active: false,
    });
    const today = await trial.ask("office", "/v1/kitchens/K-01/duties");
    expect(today.body).toMatchObject({ staff: [{ certificate: "renewing" }, { morning: "cleared" }, {}] });
    await certificate("24T09:00", "approved");
    const tomorrow = await trial.ask("office", "/v1/kitchens/K-01/duties");
    expect(tomorrow.body).toMatchObject({
      staff: [{ certificate: "valid", morning: "not-checked" }, { morning: "not-checked" }, {}],
    });
  });

  it("is no business of the health office or the integrator", async () => {
    for (const who of ["health", "integrator"])
      expect(await trial.ask(who, "/v1/kitchens/K-01/duties")).toMatchObject({ status: 403 });
    expect(await trial.ask("other", "/v1/kitchens/K-01/duties")).toMatchObject({ status: 403 });
    expect(await trial.ask(null, "/v1/kitchens/K-01/duties")).toMatchObject({ status: 401 });
  });
});

describe("visits and inspections", () => {
  it("are planned, done and overdue by cadre and by office", async () => {
    const planned = (
      duty: string,
      subject: string,
      due: string,
      assignee: string,
      kind: "visit" | "inspection" = "visit",
    ) =>
      trial.says(
        "warmcity.duty.planned",
        at("23T07:00"),
        { duty, kind, due, assignee },
        { source: "/systems/plan", subject },
      );
    await planned("v-1", "K-01", "2026-11-24", "B-0001");
    await planned("v-2", "K-02", "2026-11-24", "B-0001");
    await planned("v-3", "K-05", "2026-11-30", "B-0002");
    await planned("i-1", "K-01", "2026-11-25", "150602-01", "inspection");
    const findings = [
      { item: "floor", ok: false },
      { item: "fridge", ok: true },
    ];
    await trial.says("warmcity.visit.completed", at("24T10:00"), { duty: "v-1", findings });
    await trial.says("warmcity.visit.completed", at("24T11:00"), { findings: [] });
    await trial.becomes(at("25T12:00"));
    expect(await trial.ask("cadre", "/v1/duties")).toMatchObject({
      status: 200,
      body: {
        items: [
          { duty: "v-1", state: "done", doneAt: "2026-11-24T10:00:00.000+08:00", faults: 1, kitchen: "K-01" },
          { duty: "v-2", state: "overdue", doneAt: null, assignee: "B-0001", due: "2026-11-24" },
          { duty: "i-1", state: "planned", kind: "inspection" },
        ],
        next: null,
      },
    });
    expect(await trial.ask("office", "/v1/duties?state=overdue&kind=visit")).toMatchObject({
      body: { items: [{ duty: "v-2" }] },
    });
    expect(await trial.ask("banner", "/v1/duties/summary?by=assignee")).toMatchObject({
      body: {
        items: [
          { who: "150602-01", kind: "inspection", planned: 1, overdue: 0, done: 0 },
          { who: "B-0001", kind: "visit", planned: 0, overdue: 1, done: 1 },
          { who: "B-0002", kind: "visit", planned: 1, overdue: 0, done: 0 },
        ],
      },
    });
    expect(await trial.ask("banner", "/v1/duties/summary")).toMatchObject({
      body: {
        items: [
          { who: "150602-01", kind: "inspection" },
          { who: "150602-01", kind: "visit", planned: 1, overdue: 1, done: 1, unplanned: 1 },
        ],
      },
    });
    expect(await trial.ask("other", "/v1/duties")).toMatchObject({ body: { items: [] } });
    expect(await trial.ask("unit", "/v1/duties")).toMatchObject({ status: 403 });
    const ofKitchen = async (who: string) => (await trial.ask(who, "/v1/kitchens/K-01/duties")).body;
    expect(await ofKitchen("cadre")).toMatchObject({ plans: [{ duty: "v-1" }, { duty: "i-1" }] });
    expect(await ofKitchen("unit")).toMatchObject({ plans: [{ duty: "v-1" }] });
  });
});

describe("remote patrols", () => {
  it("are drawn by lot once a week and office, stand on the log, and are done by what was patrolled", async () => {
    await trial.becomes(at("23T08:00"));
    const drawn = await trial.post("office", "/v1/patrols/draw", { office: "150602-01" });
    expect(drawn).toMatchObject({
      status: 200,
      body: { week: "2026-11-23", office: "150602-01", pool: 8, isNew: true, drawn: [{}, {}, {}] },
    });
    const duties = await trial.ask("office", "/v1/duties?kind=patrol");
    expect(duties).toMatchObject({
      body: {
        items: Array.from({ length: 3 }, () => ({
          state: "planned",
          due: "2026-11-29",
          assignee: "150602-01",
        })),
      },
    });
    const again = await trial.post("banner", "/v1/patrols/draw", { office: "150602-01", day: "2026-11-27" });
    expect(again).toMatchObject({ status: 200, body: { isNew: false, drawn: [{}, {}, {}] } });
    expect(new Set(drawnIn(again))).toEqual(new Set(drawnIn(drawn)));
    const [duty = ""] = drawnIn(drawn);
    const subject = duty.split("/").at(-1) ?? "";
    await trial.says("warmcity.patrol.completed", at("23T10:00"), { duty, findings: [] }, { subject });
    expect(await trial.ask("office", "/v1/duties?kind=patrol&state=done")).toMatchObject({
      body: { items: [{ duty }] },
    });
    await trial.restart();
    expect(await trial.post("office", "/v1/patrols/draw", { office: "150602-01" })).toMatchObject({
      body: { isNew: false },
    });
    expect(await trial.ask("office", "/v1/duties?kind=patrol&state=done")).toMatchObject({
      body: { items: [{ duty }] },
    });
  });

  it("ring S02 a week after the week in which they were owed", async () => {
    const drawn = await trial.post("office", "/v1/patrols/draw", { office: "150602-01" });
    await trial.becomes("2026-12-05T23:59:00+08:00");
    expect(await trial.ask("office", "/v1/alerts?code=S02")).toMatchObject({ body: { items: [] } });
    await trial.becomes("2026-12-06T00:01:00+08:00");
    const alerts = await trial.ask("office", "/v1/alerts?code=S02");
    for (const duty of drawnIn(drawn)) expect(JSON.stringify(alerts)).toContain(`duty:${duty}`);
    expect(await trial.ask("office", "/v1/duties?kind=patrol&state=overdue")).toMatchObject({
      body: { items: [{}, {}, {}] },
    });
  });

  it("can be drawn again by anybody who knows week, office and pool: the same lot", async () => {
    const { drawPatrols } = await import("../../twin/patrol-draw.ts");
    const pool = Array.from({ length: 8 }, (_, i) => `K-0${i + 1}`);
    const drawn = await trial.post("office", "/v1/patrols/draw", { office: "150602-01" });
    const expected = drawPatrols(pool, "2026-11-23", "150602-01").drawn;
    expect(drawnIn(drawn)).toEqual(expected.map((kitchen) => `patrol/2026-11-23/${kitchen}`));
  });

  it("leave out who is closed or has no camera, and are nobody's to draw elsewhere", async () => {
    await trial.says("warmcity.kitchen.declared", at("23T07:00"), { state: "closed" }, { subject: "K-09" });
    expect(await trial.post("banner", "/v1/patrols/draw", { office: "150602-02" })).toMatchObject({
      body: { pool: 0, drawn: [] },
    });
    expect(await trial.post("office", "/v1/patrols/draw", { office: "150602-02" })).toMatchObject({
      status: 403,
    });
    expect(await trial.post("unit", "/v1/patrols/draw", { office: "150602-01" })).toMatchObject({
      status: 403,
    });
    expect(await trial.post("banner", "/v1/patrols/draw", { office: "nowhere" })).toMatchObject({
      status: 404,
    });
    expect(
      await trial.post("banner", "/v1/patrols/draw", { office: "150602-02", day: "soon" }),
    ).toMatchObject({ status: 400 });
  });
});

function drawnIn({ body }: { body: unknown }): string[] {
  const { drawn }: { drawn: { duty: string }[] } = JSON.parse(JSON.stringify(body));
  return drawn.map(({ duty }) => duty);
}
