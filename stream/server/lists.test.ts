/** Commands on the monthly lists through the door: what is answered is what stands on the log. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { dutyTown } from "./duty-town.ts";
import { LiveTrial } from "./live-trial.ts";

let trial: LiveTrial;

beforeEach(async () => {
  trial = await LiveTrial.open(dutyTown(), "2026-11-30T20:00:00+08:00");
  await trial.account("banner", "Q", { kind: "banner", banner: "150602" });
  await trial.becomes("2026-12-01T02:20:00+08:00");
});
afterEach(() => trial.close());

it("a step of a list is kept, and seen once it is settled", async () => {
  const list = "black:150602:2026-11";
  expect(await trial.ask("banner", "/v1/lists/black")).toMatchObject({
    body: { items: [{ list, state: "draft" }] },
  });
  const notify = () => trial.post("banner", `/v1/lists/${list}/commands`, { command: "notify", role: "Q" });
  expect(await notify()).toMatchObject({ status: 200, body: { list, state: "notified" } });
  await trial.becomes("2026-12-01T02:40:00+08:00");
  expect(await trial.ask("banner", "/v1/lists/black")).toMatchObject({
    body: { items: [{ list, state: "notified" }] },
  });
  expect(await notify()).toMatchObject({ status: 409 });
});
