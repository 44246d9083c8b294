/** `?at=` through the door: a failed test rings at 10:05; the city is asked about before and after. Each restart ticks. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CityView, KitchenView } from "./answers.ts";
import { dutyTown } from "./duty-town.ts";
import { LiveTrial } from "./live-trial.ts";

const day = (clock: string) => `2026-03-02T${clock}+08:00`;
const query = (clock: string) => `at=${encodeURIComponent(day(clock))}`;
const Problem = Type.Object({ status: Type.Number(), detail: Type.String() });

let trial: LiveTrial;
let atSix: unknown;

beforeEach(async () => {
  trial = await LiveTrial.open(dutyTown(), day("10:00:00"));
  await trial.account("q-1", "Q", { kind: "banner", banner: "150603" });
  await trial.account("o-1", "O", { kind: "kitchens", kitchens: ["K-01"] });
  const failed = { report: "R", product: "tofu", accredited: true, passed: false };
  await trial.says("warmcity.test.result", day("10:05:00"), failed, { source: "/labs/l", subject: "K-01" });
  await trial.says("warmcity.kitchen.activity", day("10:06:00"), { kind: "scan" }, { subject: "K-02" });
  await trial.restart();
  atSix = (await trial.ask("admin", "/v1/kitchens/K-01")).body;
  const closed = { state: "closed" as const, from: day("10:20:00"), to: null };
  await trial.says("warmcity.kitchen.declared", day("10:20:00"), closed, { subject: "K-01" });
  await trial.restart();
});
afterEach(() => trial.close());

async function kitchenThen(clock: string): Promise<KitchenView> {
  return Value.Decode(KitchenView, (await trial.ask("admin", `/v1/kitchens/K-01?${query(clock)}`)).body);
}

async function openThen(who: string, clock: string): Promise<number> {
  const { body } = await trial.ask(who, `/v1/city?${query(clock)}`);
  const { openAlerts } = Value.Decode(CityView, body);
  return Object.values(openAlerts).reduce((sum, count) => sum + count, 0);
}

it("A kitchen is shown as it was, field by field but for the log position and what one may do about cases", async () => {
  const then = await kitchenThen("10:06:00");
  const now = Value.Decode(KitchenView, atSix);
  const cases = now.cases.map((one) => ({ ...one, allowed: [] }));
  expect(then).toEqual({ ...now, cases, logPosition: expect.any(Number) });
  expect(then.alerts.map(({ code }) => code)).toContain("D10");
});

it("Between two moments it is as it was at the one before, which it names", async () => {
  expect(await kitchenThen("10:19:30")).toMatchObject({ time: day("10:06:00.000"), state: "L2" });
  const before = await kitchenThen("10:04:59");
  expect(before).toMatchObject({ time: day("10:00:00.000") });
  expect(before.alerts.filter(({ code }) => code === "D10")).toEqual([]);
});

it("The city's figures go back too, for each what is its own to see", async () => {
  expect(await openThen("admin", "10:00:00")).toBeLessThan(await openThen("admin", "10:06:00"));
  expect(await openThen("o-1", "10:00:00")).toBeLessThan(await openThen("o-1", "10:06:00"));
  expect(await openThen("q-1", "10:06:00")).toBe(await openThen("q-1", "10:00:00"));
});

it("A time that lies ahead, or before all that is known, is refused with what is known", async () => {
  const ahead = await trial.ask("admin", `/v1/city?${query("23:00:00")}`);
  expect(ahead.status).toBe(404);
  expect(Value.Decode(Problem, ahead.body).detail).toMatch(/lies ahead: in the city it is 2026-03-02T10:20/);
  const before = await trial.ask("admin", `/v1/kitchens/K-01?${query("09:00:00")}`);
  expect(before.status).toBe(404);
  expect(Value.Decode(Problem, before.body).detail).toMatch(/the past is known from 2026-03-02T10:00/);
});
