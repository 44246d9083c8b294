/** Complaints, tip-offs and rewards through the door: clocks by the calendar of working days, nobody's name to the unit. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dutyTown } from "./duty-town.ts";
import { LiveTrial } from "./live-trial.ts";

/** A Monday; no public holiday follows for weeks. */
const OPENED = "2026-11-02T06:00:00+08:00";
let trial: LiveTrial;

beforeEach(async () => {
  trial = await LiveTrial.open(dutyTown(), OPENED);
  await trial.account("office", "S", { kind: "office", office: "150602-01" });
  await trial.account("banner", "Q", { kind: "banner", banner: "150602" });
  await trial.account("unit", "O", { kind: "kitchens", kitchens: ["K-01"] });
});
afterEach(() => trial.close());

const november = (time: string) => `2026-11-${time}:00+08:00`;
const filed = (complaint: string, kind: "complaint" | "tip-off" | "mixed", time = "02T09:00") =>
  trial.says(
    "warmcity.complaint.filed",
    november(time),
    { complaint, kind, topic: "hair in the food", person: "pseudonym-7", named: true },
    { source: "/systems/12315" },
  );
const handled = (
  complaint: string,
  step: "accepted" | "mediated" | "extended" | "filed" | "reporter-told" | "reward-paid",
  time: string,
) => trial.says("warmcity.complaint.handled", november(time), { complaint, step });

describe("the docket of complaints", () => {
  it("runs 7 working days for a complaint, 15 for a tip-off, both for a mixed letter", async () => {
    await filed("c-1", "complaint");
    await filed("t-1", "tip-off", "02T10:00");
    await filed("m-1", "mixed", "02T11:00");
    expect(await trial.ask("banner", "/v1/complaints")).toMatchObject({
      body: {
        items: [
          { complaint: "m-1", clocks: [{ clock: "accept" }, { clock: "file" }] },
          {
            complaint: "t-1",
            clocks: [{ clock: "file", due: "2026-11-24T00:00:00.000+08:00", state: "running" }],
          },
          {
            complaint: "c-1",
            clocks: [{ clock: "accept", due: "2026-11-12T00:00:00.000+08:00", state: "running" }],
          },
        ],
      },
    });
    await trial.becomes(november("12T00:00"));
    expect(await trial.ask("office", "/v1/complaints?overdue=true")).toMatchObject({
      body: {
        items: [
          {
            complaint: "m-1",
            clocks: [
              { clock: "accept", state: "overdue" },
              { clock: "file", state: "running" },
            ],
          },
          { complaint: "c-1", clocks: [{ state: "overdue" }] },
        ],
      },
    });
  });

  it("goes on with mediation in 45 working days, an extension, and five to tell a named reporter", async () => {
    await filed("m-1", "mixed");
    await handled("m-1", "accepted", "05T10:00");
    await handled("m-1", "extended", "10T10:00");
    await handled("m-1", "filed", "25T10:00");
    await trial.becomes(november("26T08:00"));
    expect(await trial.ask("office", "/v1/complaints")).toMatchObject({
      body: {
        items: [
          {
            clocks: [
              { clock: "accept", doneAt: "2026-11-05T10:00:00.000+08:00", state: "done" },
              { clock: "mediate", state: "running", provisional: true },
              { clock: "file", due: "2026-12-15T00:00:00.000+08:00", state: "done" },
              {
                clock: "tell-reporter",
                due: "2026-12-03T00:00:00.000+08:00",
                state: "running",
                provisional: false,
              },
            ],
          },
        ],
      },
    });
  });

  it("keeps what names no kitchen for the city, and takes steps that name none", async () => {
    await trial.account("city", "C", { kind: "city" });
    const nowhere = { source: "/systems/12345", subject: null };
    const data = { complaint: "n-1", kind: "complaint", person: "pseudonym-8", named: true } as const;
    await trial.says("warmcity.complaint.filed", november("02T09:00"), data, nowhere);
    await filed("c-1", "complaint", "02T10:00");
    for (const complaint of ["n-1", "c-1"])
      await trial.says(
        "warmcity.complaint.handled",
        november("03T09:00"),
        { complaint, step: "accepted" },
        nowhere,
      );
    const done = { clocks: [{ clock: "accept", state: "done" }, { clock: "mediate" }] };
    expect(await trial.ask("city", "/v1/complaints")).toMatchObject({
      body: {
        items: [
          { complaint: "c-1", kitchen: "K-01", ...done },
          { complaint: "n-1", kitchen: null, ...done },
        ],
      },
    });
    expect(await trial.ask("banner", "/v1/complaints")).toMatchObject({
      body: { items: [{ complaint: "c-1", ...done }] },
    });
  });

  it("tells the office the pseudonym, the unit neither that nor that there is a tip-off", async () => {
    await filed("c-1", "complaint");
    await filed("t-1", "tip-off");
    await filed("m-1", "mixed");
    expect(JSON.stringify(await trial.ask("office", "/v1/complaints"))).toContain("pseudonym-7");
    const unit = await trial.ask("unit", "/v1/complaints");
    expect(unit).toMatchObject({
      status: 200,
      body: { items: [{ complaint: "c-1", person: null, reward: null }] },
    });
    expect(JSON.stringify(unit)).not.toMatch(/pseudonym-7|t-1|m-1/);
    await trial.becomes(november("26T09:00"));
    for (const path of ["/v1/kitchens/K-01", "/v1/alerts", "/v1/cases"]) {
      expect(JSON.stringify(await trial.ask("office", path)), path).toContain("complaint:t-1");
      expect(JSON.stringify(await trial.ask("unit", path)), path).not.toMatch(/pseudonym-7|C01|t-1/);
    }
  });
});

describe("a reward", () => {
  const codeOf = async () => {
    const { body } = await trial.ask("banner", "/v1/complaints");
    const { items }: { items: { reward: { code: string } }[] } = JSON.parse(JSON.stringify(body));
    return items[0]?.reward.code ?? "";
  };
  /** Takes the case of the complaint's clock to a penalty of 80,000 yuan. */
  async function decide(rewardLevel: 1 | 2 | 3): Promise<void> {
    await trial.becomes(november("21T09:00"));
    const { body } = await trial.ask("banner", "/v1/cases");
    const { items }: { items: { case: string; code: string }[] } = JSON.parse(JSON.stringify(body));
    const one = items.find(({ code }) => code === "C01")?.case ?? "";
    const command = (who: string, role: string, name: string, more: object = {}) =>
      trial.post(who, `/v1/cases/${one}/commands`, {
        command: name,
        role,
        reason: "verified on site",
        evidence: ["e-1"],
        ...more,
      });
    await command("office", "S", "review-confirm");
    expect(await command("banner", "Q", "file")).toMatchObject({ status: 200 });
    const decision = { kind: "penalty", fine: 80_000, rewardLevel };
    expect(await command("banner", "Q", "decide", { decision })).toMatchObject({ status: 200 });
  }

  it("is 3 % of 80,000 but at least 3,000 once the penalty is decided, and paid when it is said so; asked for by a code", async () => {
    await filed("t-1", "tip-off");
    const code = await codeOf();
    expect(await trial.ask(null, `/v1/public/rewards/${code}`)).toEqual({
      status: 200,
      body: { code, state: "undecided", yuan: 0 },
    });
    await decide(2);
    expect(await trial.ask(null, `/v1/public/rewards/${code}`)).toMatchObject({
      body: { state: "due", yuan: 3_000 },
    });
    await handled("t-1", "reward-paid", "21T12:00");
    expect(await trial.ask("banner", "/v1/complaints")).toMatchObject({
      body: { items: [{ reward: { state: "paid", yuan: 3_000, paidAt: "2026-11-21T12:00:00.000+08:00" } }] },
    });
    expect(await trial.ask(null, "/v1/public/rewards/0123456789abcdef")).toMatchObject({ status: 404 });
  });

  it("is none for a command that the case has refused", async () => {
    await filed("t-1", "tip-off");
    await trial.becomes(november("21T09:00"));
    const { body } = await trial.ask("banner", "/v1/cases");
    const { items }: { items: { case: string }[] } = JSON.parse(JSON.stringify(body));
    await trial.says("warmcity.case.command", november("21T09:30"), {
      case: items[0]?.case ?? "",
      command: "decide",
      role: "Q",
      decision: { kind: "penalty", fine: 80_000, rewardLevel: 1 },
    });
    expect(await trial.ask("banner", "/v1/complaints")).toMatchObject({
      body: { items: [{ reward: { state: "undecided", yuan: 0 } }] },
    });
  });
});
