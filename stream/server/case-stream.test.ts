/** The live stream of alerts with the steps of cases: who asks for them hears of those that he sees, and of no others. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { CaseTrial } from "./case-trial.ts";

let trial: CaseTrial;
beforeEach(async () => {
  trial = await CaseTrial.open("2026-11-02 09:00");
});
afterEach(() => trial.close());

/** What `who` hears, `type about`, from the beginning to the first that ends with `last`. */
async function heard(who: string, path: string, last: string): Promise<string[]> {
  const aborter = new AbortController();
  const lines: string[] = [];
  const stream = await trial.city.listen(who, path, aborter.signal);
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    const frames = text.split("\n\n");
    text = frames.pop() ?? "";
    for (const frame of frames) {
      const [, json] = /^data: (.*)$/m.exec(frame) ?? [];
      if (json === undefined) continue;
      const { type, data } = JSON.parse(json);
      lines.push(`${type} ${data.code ?? data.case} ${data.asset ?? data.to}`);
      if (lines.at(-1)?.endsWith(last)) break;
    }
    if (lines.at(-1)?.endsWith(last)) break;
  }
  aborter.abort();
  return lines;
}

it("tells every step of a case to who asks for them", async () => {
  const id = await trial.failedTest("R-1");
  await trial.walk(id, ["s-1", "review-confirm"], ["s-1", "dispatch"]);
  const told = await heard("q-1", "/v1/alerts/stream?cases=true", `${id} dispatched`);
  expect(told.filter((line) => line.includes(id))).toEqual(
    ["new", "verifying", "confirmed", "dispatched"].map((to) => `warmcity.case.changed ${id} ${to}`),
  );
});

it("tells no steps to who did not ask", async () => {
  await trial.failedTest("R-1");
  await trial.failedTest("R-2");
  const told = await heard("q-1", "/v1/alerts/stream", "report:R-2");
  expect(told).toContain("warmcity.alert.raised D10 report:R-1");
  expect(told.filter((line) => line.startsWith("warmcity.case"))).toEqual([]);
});

it("tells nobody of a case that is not his business, whatever its area", async () => {
  const smoke = await trial.smoke();
  const test = await trial.failedTest("R-1");
  const told = await heard("h-1", "/v1/alerts/stream?cases=true", "verifying");
  expect(told).toEqual([
    expect.stringMatching(/alert.raised D10/),
    `warmcity.case.changed ${test} new`,
    `warmcity.case.changed ${test} verifying`,
  ]);
  expect(told.join()).not.toContain(smoke);
});
