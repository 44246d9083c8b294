/** The real program with `--shadow`, killed in the middle, against a twin that nobody shadows. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registryOf } from "../../twin/city/registry.ts";
import { minutes, parseTime } from "../../twin/kernel/time.ts";
import { PolicyBook } from "../../twin/policy/policy-book.ts";
import { ORDOS_2026 } from "../../twin/policy/policy-pack.ts";
import { accountOf } from "../crash-account.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import { nodeFiles } from "../log/node-files.ts";
import { LogShadow } from "../shadow/log-shadow.ts";
import { shadowRules } from "../shadow/shadow-rules.ts";
import { CityProcess, runVerb } from "./city-process.ts";
import type { ShadowAnswer } from "./shadow-port.ts";
import { type Message, overHttp, SureGateway } from "./sure-gateway.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const UNTIL = FROM + minutes(60);
const PACK = { ...ORDOS_2026, version: 2, rules: { T01: { holdMs: minutes(10) } }, disabled: ["T09"] };

async function unshadowed(script: CrashScript): Promise<{ messages: Message[]; twin: Twin }> {
  const twin = await openTwin(script.city, new FaultyFiles());
  takeStep(twin, { kind: "tick", time: FROM, ahead: true });
  const messages: Message[] = [];
  for (let some = script.next(twin.processor.fold); some !== null; some = script.next(twin.processor.fold)) {
    const said = some.flatMap(overHttp);
    for (const message of said) takeStep(twin, message);
    messages.push(...said);
    await twin.processor.commit();
  }
  return { messages, twin };
}

async function caughtUp(city: CityProcess): Promise<ShadowAnswer> {
  for (;;) {
    const { status, body } = await city.request("GET", "/v1/shadow");
    expect(status).toBe(200);
    const answer: ShadowAnswer = JSON.parse(body);
    // Ticks go on: it is never nearer than the last second.
    if (answer.state === "stopped" || (answer.state === "following" && answer.behind < 5)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("the program with a shadow", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-shadow-"));
  });
  afterAll(async () => {
    await CityProcess.killAll();
    await rm(directory, { recursive: true, force: true });
  });

  test("says what another pack would change, after a kill too, and says itself what it says without", async () => {
    const script = new CrashScript({ seed: 12, from: FROM, until: UNTIL, network: {}, aheadAfterMs: 0 });
    const { city } = script;
    const { messages, twin: expected } = await unshadowed(script);
    const [registry, pack, data] = ["city.json", "pack.json", "data"].map((name) => join(directory, name));
    await writeFile(registry!, JSON.stringify(registryOf(city)));
    await writeFile(pack!, JSON.stringify(PACK));
    const options = { data: data!, registry: registry!, more: ["--shadow", pack!] };
    const gateway = new SureGateway(city);
    let now = FROM;
    let running = new CityProcess({ ...options, now });
    await running.ready();
    for (const [index, message] of messages.entries()) {
      if (message.receivedAt !== now) await running.setClock(message.receivedAt);
      now = message.receivedAt;
      expect(await gateway.send(running, message)).toBe(true);
      if (index !== Math.floor(messages.length / 2)) continue;
      expect((await caughtUp(running)).state).toBe("following");
      await running.kill();
      running = new CityProcess({ ...options, now });
      await running.ready();
    }
    const answer = await caughtUp(running);
    expect(await running.stop()).toBe(0);

    const twin = await openTwin(city, nodeFiles, { directory: `${data}/` });
    expect([...accountOf(city, twin.log).outputs].sort()).toEqual(
      [...accountOf(city, expected.log).outputs].sort(),
    );
    const shadow = new LogShadow(city, new PolicyBook([PACK]), shadowRules());
    for (const record of twin.log.readSync(0, answer.position)) shadow.read(record);
    expect(answer.report).toEqual(shadow.report(null));
    expect(answer.report.codes.T09?.fewer.count).toBeGreaterThan(0);
    expect(answer.report.codes.T01?.earlier.count).toBeGreaterThan(0);
    await twin.close();
    expect(await runVerb("verify", "--data", data!)).toMatchObject({ code: 0 });
  }, 300_000);
});
