/** What the public takes part in, platforms and the road, through the door. */
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
  await trial.account("city", "C", { kind: "city" });
  await trial.account("unit", "O", { kind: "kitchens", kitchens: ["K-01"] });
  await trial.account("integrator", "OPS", { kind: "city" });
});
afterEach(() => trial.close());

const at = (time: string) => `2026-11-${time}:00+08:00`;

describe("a ballot on what to sample", () => {
  const votes = (time: string, person: string, choice: string, ballot = "2026-12") =>
    trial.says(
      "warmcity.vote.cast",
      at(time),
      { ballot, choice, person },
      { source: `/persons/${person}`, subject: null },
    );

  it("counts one vote of a person, voids and counts the others, shows nobody; the first by event time stands", async () => {
    await votes("23T09:02", "p-1", "hotpot base");
    await votes("23T09:00", "p-1", "noodles");
    await votes("23T09:03", "p-1", "noodles");
    await votes("23T09:04", "p-2", "hotpot base");
    await votes("23T09:05", "p-3", "noodles");
    await votes("23T09:06", "p-1", "noodles", "2027-01");
    const count = {
      ballot: "2026-12",
      voters: 3,
      void: 2,
      leading: ["noodles"],
      choices: [
        { choice: "noodles", votes: 2 },
        { choice: "hotpot base", votes: 1 },
      ],
    };
    const answer = await trial.ask(null, "/v1/public/ballots/2026-12");
    expect(answer).toMatchObject({ status: 200, body: count });
    expect(JSON.stringify(answer)).not.toMatch(/p-1|p-2/);
    expect(await trial.ask(null, "/v1/public/ballots")).toMatchObject({
      body: { items: [{ ballot: "2027-01" }, count] },
    });
    await trial.becomes(at("23T11:00"));
    await trial.restart();
    expect(await trial.ask(null, "/v1/public/ballots/2026-12")).toMatchObject({ body: count });
    expect(await trial.ask(null, "/v1/public/ballots/never")).toMatchObject({ status: 404 });
  });
});

describe("published results", () => {
  const result = (time: string, report: string, passed: boolean, accredited = true, source = "/labs/l-1") =>
    trial.says(
      "warmcity.test.result",
      at(time),
      { report, product: "mutton", accredited, passed, hazard: "other" },
      { source },
    );

  it("are those of accredited laboratories alone; a failed one waits for the seven working days of a second test", async () => {
    await result("23T09:00", "R-1", true);
    await result("23T10:00", "R-2", false);
    await result("23T11:00", "Q-1", false, false, "/kitchens/K-01");
    await result("23T11:30", "Q-2", true, true, "/kitchens/K-01");
    expect(await trial.ask(null, "/v1/public/results")).toMatchObject({
      body: { items: [{ report: "R-1", passed: true, kitchen: { code: "code-K-01" } }] },
    });
    await trial.becomes("2026-12-02T23:59:00+08:00");
    expect(await trial.ask(null, "/v1/public/results?passed=false")).toMatchObject({ body: { items: [] } });
    await trial.becomes("2026-12-03T00:00:00+08:00");
    expect(await trial.ask(null, "/v1/public/results")).toMatchObject({
      body: { items: [{ report: "R-2", passed: false }, { report: "R-1" }], next: null },
    });
    expect(await trial.ask(null, "/v1/public/results?banner=150603")).toMatchObject({ body: { items: [] } });
    expect(await trial.ask(null, "/v1/public/kitchens/code-K-01/duties")).toMatchObject({
      body: { results: [{ report: "R-2" }, { report: "R-1" }] },
    });
    expect(await trial.ask("unit", "/v1/kitchens/K-01/duties")).toMatchObject({
      body: { quickTests: { tests: 2, failed: 1 } },
    });
    expect(await trial.ask("banner", "/v1/kitchens/K-01/duties")).toMatchObject({
      body: { quickTests: null },
    });
  });
});

describe("ratings", () => {
  const rated = (
    time: string,
    id: string,
    stars: number,
    change: { accountAgeDays?: number; orderVerified?: boolean; text?: string } = {},
  ) =>
    trial.says(
      "warmcity.rating.posted",
      time,
      { stars, text: "凉了", accountAgeDays: 400, orderVerified: true, ...change },
      { source: "/platforms/m", id },
    );

  it("are shown with the kitchen's reply; the unit sees which bad ones wait for one", async () => {
    await rated(at("23T09:00"), "r-1", 1);
    await rated(at("23T10:00"), "r-2", 5);
    await rated(at("23T11:00"), "r-3", 2);
    await trial.says(
      "warmcity.rating.replied",
      at("23T12:00"),
      { rating: "r-1", text: "已整改" },
      { as: "unit", source: "/kitchens/K-01" },
    );
    const ratings = {
      state: "shown",
      count: 3,
      mean: 2.7,
      items: [
        { rating: "r-3", reply: null },
        { rating: "r-2" },
        { rating: "r-1", reply: { text: "已整改" } },
      ],
    };
    expect(await trial.ask(null, "/v1/public/kitchens/code-K-01/duties")).toMatchObject({
      body: { ratings },
    });
    expect(await trial.ask("unit", "/v1/kitchens/K-01/duties")).toMatchObject({
      body: { ratings: { ...ratings, toReply: 1 } },
    });
  });

  it("are under review for guests while C03 has the bomb flag (核查中), and open to the unit and the office", async () => {
    for (let i = 0; i < 12; i++)
      await rated(`2026-11-23T12:00:${String(i * 4).padStart(2, "0")}+08:00`, `b-${i}`, 1, {
        accountAgeDays: 2,
        orderVerified: false,
        text: "难吃极了再也不来",
      });
    await trial.becomes(at("23T12:05"));
    const guest = await trial.ask(null, "/v1/public/kitchens/code-K-01/duties");
    expect(guest).toMatchObject({
      body: { ratings: { state: "under-review", count: 0, mean: null, items: [] } },
    });
    expect(await trial.ask("unit", "/v1/kitchens/K-01/duties")).toMatchObject({
      body: { ratings: { state: "under-review", count: 12, toReply: 0 } },
    });
    await trial.becomes(at("24T15:00"));
    expect(await trial.ask(null, "/v1/public/kitchens/code-K-01/duties")).toMatchObject({
      body: { ratings: { state: "shown", count: 12 } },
    });
  });
});

describe("call-backs and questions", () => {
  it("send answers below 80 to the banner bureau, and questions have three working days", async () => {
    await trial.says("warmcity.survey.answered", at("23T09:00"), { score: 79 }, { id: "s-1" });
    await trial.says("warmcity.survey.answered", at("23T09:10"), { score: 80 }, { id: "s-2" });
    await trial.says("warmcity.survey.answered", at("23T09:20"), { score: 30 }, { id: "s-3", subject: null });
    await trial.says("warmcity.question.asked", at("23T10:00"), { question: "q-1" });
    await trial.says("warmcity.question.asked", at("23T10:05"), { question: "q-2" });
    await trial.says("warmcity.question.answered", at("24T10:00"), { question: "q-2" });
    await trial.becomes(at("26T23:59"));
    const running = { question: "q-1", due: "2026-11-27T00:00:00.000+08:00", state: "running" };
    expect(await trial.ask("banner", "/v1/feedback")).toMatchObject({
      body: {
        answers: 2,
        mean: 79.5,
        reviews: [{ answer: "s-1", kitchen: "K-01", score: 79 }],
        questions: expect.arrayContaining([
          expect.objectContaining(running),
          expect.objectContaining({ question: "q-2", state: "done" }),
        ]),
      },
    });
    await trial.becomes(at("27T00:00"));
    expect(await trial.ask("city", "/v1/feedback")).toMatchObject({
      body: {
        answers: 3,
        mean: 63,
        reviews: [{ answer: "s-3", kitchen: null }, { answer: "s-1" }],
        questions: expect.arrayContaining([expect.objectContaining({ ...running, state: "overdue" })]),
      },
    });
    expect(await trial.ask("unit", "/v1/feedback")).toMatchObject({ status: 403 });
  });
});

describe("seals", () => {
  it("are reckoned from the count and the orders sealed since, and run low before they are gone", async () => {
    await trial.says("warmcity.seals.counted", at("23T08:00"), { left: 12 });
    const sealed = (time: string, order: string) =>
      trial.says("warmcity.order.sealed", at(time), { order, at: "pickup" }, { source: "/platforms/m" });
    for (let i = 0; i < 7; i++) await sealed(`23T1${i}:00`, `o-${i}`);
    await trial.becomes(at("24T08:00"));
    const seals = async () => (await trial.ask("unit", "/v1/kitchens/K-01/duties")).body;
    expect(await seals()).toMatchObject({ seals: { left: 5, perDay: 1, daysLeft: 5, low: false } });
    for (let i = 0; i < 3; i++) await sealed(`24T1${i}:00`, `p-${i}`);
    expect(await seals()).toMatchObject({ seals: { left: 2, daysLeft: 2, low: true } });
    await trial.says("warmcity.record.filed", at("24T18:00"), { kind: "seal-stock" });
    await trial.says("warmcity.seals.counted", at("24T18:00"), { left: 502 });
    expect(await seals()).toMatchObject({
      seals: { left: 502, low: false, stockedAt: "2026-11-24T18:00:00.000+08:00" },
    });
  });
});

describe("listings on platforms", () => {
  const listed = (
    time: string,
    shop: string,
    licenceValidTo: string,
    state: "listed" | "delisted" = "listed",
  ) =>
    trial.says(
      "warmcity.platform.listing",
      at(time),
      {
        shop,
        licence: "JY-K-01",
        licenceValidTo,
        address: "somewhere",
        dineIn: true,
        noDineInLabel: false,
        state,
      },
      { source: "/platforms/m" },
    );

  it("are kept as last said, and marked where W02 is open on the shop", async () => {
    await listed("23T09:00", "sh-1", "2030-12-31");
    await listed("23T09:10", "sh-2", "2026-01-01");
    await trial.becomes(at("23T09:30"));
    expect(await trial.ask("banner", "/v1/platform-listings")).toMatchObject({
      body: {
        items: [
          { shop: "sh-2", platform: "m", mismatch: true },
          { shop: "sh-1", mismatch: false },
        ],
      },
    });
    await listed("23T10:00", "sh-2", "2026-01-01", "delisted");
    await trial.becomes(at("23T10:30"));
    expect(await trial.ask("banner", "/v1/platform-listings?platform=m&mismatch=true")).toMatchObject({
      body: { items: [] },
    });
    expect(await trial.ask("integrator", "/v1/platform-listings")).toMatchObject({ status: 403 });
  });
});

describe("mobile units", () => {
  const seen = (time: string, lat: number, sequence: number) =>
    trial.says(
      "warmcity.position",
      at(time),
      { lon: 109.98, lat },
      { source: "/devices/M-01/gps-1", subject: "M-01", id: `g-${sequence}` },
    );

  it("stand where they were seen, with the metres beyond the permit's zone or the banquet under way", async () => {
    await seen("23T08:00", 39.81, 1);
    const unit = async () => (await trial.ask("banner", "/v1/mobile-units")).body;
    expect(await unit()).toMatchObject({
      items: [{ kitchen: "M-01", outsideM: 0, position: { place: { lat: 39.81 } }, banquets: [] }],
    });
    await seen("23T08:05", 39.82, 2);
    expect(await unit()).toMatchObject({ items: [{ outsideM: 612 }] });
    const place = { lon: 109.98, lat: 39.83 };
    await trial.says(
      "warmcity.banquet.filed",
      at("23T08:10"),
      {
        banquet: "b-1",
        heads: 300,
        filed: true,
        place,
        radiusM: 1_500,
        from: at("23T08:00"),
        to: at("23T16:00"),
      },
      { subject: "M-01" },
    );
    expect(await unit()).toMatchObject({
      items: [{ outsideM: 0, banquets: [{ banquet: "b-1", heads: 300, state: "under-way" }] }],
    });
    await trial.becomes(at("23T16:00"));
    expect(await unit()).toMatchObject({ items: [{ outsideM: 612, banquets: [{ state: "over" }] }] });
    expect(await trial.ask("unit", "/v1/mobile-units")).toMatchObject({ body: { items: [] } });
  });
});

describe("work orders of the integrator", () => {
  it("are the open cases of devices with their due times, and go with the case", async () => {
    const health = (time: string, state: "covered" | "clear") =>
      trial.says("warmcity.camera.health", at(time), { state }, { source: "/devices/K-01/cam-1" });
    await health("23T09:00", "covered");
    await trial.becomes(at("23T09:05"));
    const orders = async (who: string) => trial.ask(who, "/v1/work-orders");
    expect(await orders("integrator")).toMatchObject({
      body: {
        items: [
          {
            code: "O03",
            asset: "K-01/cam-1",
            device: "camera",
            office: "150602-01",
            due: expect.any(String),
            overdue: false,
          },
        ],
      },
    });
    expect(await orders("office")).toMatchObject({ body: { items: [{ code: "O03" }] } });
    expect(await orders("unit")).toMatchObject({ status: 403 });
    await health("23T09:06", "clear");
    await trial.becomes(at("23T09:20"));
    expect(await orders("integrator")).toMatchObject({ body: { items: [] } });
  });
});

describe("a warning to consumers", () => {
  const command = (who: string, name: "draft" | "sign" | "withdraw", banners = ["150602"]) =>
    trial.post(who, "/v1/warnings/w-1/commands", {
      command: name,
      ...(name === "draft"
        ? { draft: { title: "豆角", text: "煮熟再吃", banners, until: "2026-11-30" } }
        : {}),
    });
  const shown = async (query = "") => (await trial.ask(null, `/v1/public/warnings${query}`)).body;

  it("is shown once another person has signed it, to its banners, until its end", async () => {
    await trial.account("city-2", "C", { kind: "city" });
    expect(await command("city", "sign")).toMatchObject({ status: 409 });
    expect(await command("city", "draft")).toMatchObject({
      status: 200,
      body: { state: "drafted", signedAt: null },
    });
    expect(await command("city", "draft")).toMatchObject({ status: 409 });
    expect(await command("city", "sign")).toMatchObject({ status: 409 });
    expect(await shown()).toEqual({ items: [] });
    expect(await command("city-2", "sign")).toMatchObject({ status: 200, body: { state: "in-force" } });
    expect(await shown("?banner=150602")).toMatchObject({
      items: [{ warning: "w-1", title: "豆角", state: "in-force" }],
    });
    expect(await shown("?banner=150603")).toEqual({ items: [] });
    await trial.becomes("2026-12-01T00:00:00+08:00");
    expect(await shown()).toEqual({ items: [] });
    expect(await trial.ask("banner", "/v1/warnings")).toMatchObject({ body: { items: [{ state: "over" }] } });
  });

  it("is drafted by a banner for itself alone, signed and withdrawn by the city, and by nobody else", async () => {
    expect(await command("banner", "draft", ["150603"])).toMatchObject({ status: 403 });
    expect(await command("banner", "draft", [])).toMatchObject({ status: 403 });
    expect(await command("unit", "draft")).toMatchObject({ status: 403 });
    expect(await command("banner", "draft")).toMatchObject({ status: 200 });
    expect(await command("banner", "sign")).toMatchObject({ status: 403 });
    expect(await command("city", "sign")).toMatchObject({ status: 200 });
    expect(await command("city", "withdraw")).toMatchObject({ status: 200, body: { state: "withdrawn" } });
    expect(await shown()).toEqual({ items: [] });
    expect(await command("city", "sign")).toMatchObject({ status: 409 });
  });

  it("is no event that a machine may hand in", async () => {
    await trial.account("machine", "source", { kind: "city" });
    const data = {
      warning: "w-1",
      command: "draft" as const,
      actor: "x",
      draft: { title: "a", text: "b", banners: [], until: "2026-12-31" },
    };
    const answer = await trial.says("warmcity.warning.command", at("23T09:00"), data, {
      as: "machine",
      subject: null,
    });
    expect(answer).toMatchObject({ status: 400, body: { rejected: [{ pointer: "/type" }] } });
  });
});
