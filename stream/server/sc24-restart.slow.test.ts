/**
 * SC24: the processor is killed at 01:30:00 while SC01 runs, gas passes 20 %LEL in another unit, and 220 cases wait for
 * people; it starts again at 01:33:30. The real program, its wall clock in the test's hands.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CloudEventLines } from "../../simulator/cloud-event-lines.ts";
import type { Incident } from "../../simulator/incidents.ts";
import { Simulation } from "../../simulator/simulation.ts";
import { caseId, episodeKey } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { registryOf } from "../../twin/city/registry.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { MINUTE_MS, minutes, parseTime, SECOND_MS } from "../../twin/kernel/time.ts";
import { accountOf } from "../crash-account.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { BATCH } from "../door/media-type.ts";
import type { EventLog } from "../log/event-log.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import { nodeFiles } from "../log/node-files.ts";
import { type Output, readOutput } from "../output.ts";
import { columnsRecord } from "../processor.ts";
import { RECORD_KINDS } from "../record-kind.ts";
import { CityProcess, runVerb } from "./city-process.ts";
import { type Message, SureGateway } from "./sure-gateway.ts";

const at = (time: string): number => parseTime(`2026-06-${time}+08:00`);
const BEGIN = at("02T22:37:00");
const KILL = at("03T01:30:00");
const START = at("03T01:33:30");
const END = at("03T02:12:00");
/** A gateway sends what has gathered in so long. */
const WINDOW_MS = 10 * SECOND_MS;
const LOTS = 22;
const HOLDERS = 10;

const city = generateCity({ seed: 5, preset: "full", kitchens: 11 });
const fridge = deviceOf("fridge-temperature", 0);
const gas = deviceOf("gas", 1);

function deviceOf(kind: string, nth: number): string {
  return city.devices.filter((device) => device.kind === kind)[nth]!.id;
}

/** Ten kitchens have 22 lots of milk that are recalled, and somebody confirms each of the 220 cases: they want sending out. */
function recalls(): Incident[] {
  const incidents: Incident[] = [];
  for (let number = 0; number < LOTS; number++) {
    const lot = `L${number}`;
    const goods = { product: "milk", lot, supplier: "S-001", quantity: 9, papers: true } as const;
    const recall = { recall: `R-${lot}`, class: 1, product: "milk", lots: [lot] };
    // Their 5 min to send it out end between 01:29:30 and 01:33:42.
    const confirmedAt = at("03T01:24:30") + number * 12 * SECOND_MS;
    for (const { id } of city.kitchens.slice(0, HOLDERS)) {
      const key = episodeKey("D08", id, `lot:milk/${lot}`);
      incidents.push(
        {
          kind: "goods",
          kitchen: id,
          at: BEGIN + minutes(1) + number * SECOND_MS,
          step: "received",
          data: { ...goods, category: "dairy" },
        },
        {
          kind: "message",
          at: confirmedAt,
          type: "warmcity.case.command",
          source: "/persons/s-1",
          kitchen: id,
          data: { case: caseId(key, 1), command: "review-confirm", role: "S", actor: "s-1" },
        },
      );
    }
    incidents.push({ kind: "recall", at: at("03T01:20:00"), data: recall });
  }
  return incidents;
}

function incidents(): Incident[] {
  return [
    ...recalls(),
    {
      kind: "cold-failure",
      device: fridge,
      at: at("02T22:40:00"),
      start: 4,
      slopePerMin: 0.06,
      ambient: 22,
      repairAt: at("03T06:05:00"),
    },
    {
      kind: "gas-release",
      device: gas,
      steps: [
        [at("03T01:31:05"), 21],
        [at("03T01:31:10"), 26],
      ],
      until: at("03T01:36:00"),
    },
  ];
}

/** What a gateway sends, one batch for each window in which something came up. */
function batches(): Message[] {
  const simulation = new Simulation({ city, seed: 24, from: BEGIN, incidents: incidents(), load: false });
  const writer = new CloudEventLines(city);
  const decoder = new TextDecoder();
  const messages: Message[] = [];
  for (let end = BEGIN + WINDOW_MS; end <= END; end += WINDOW_MS) {
    const lines = [...simulation.advance(end)].map((arrival) => decoder.decode(writer.line(arrival)));
    if (lines.length === 0) continue;
    const body = `[${lines.join(",")}]`;
    messages.push({ kind: "message", body, mediaType: BATCH, topic: "", receivedAt: end });
  }
  return messages;
}

async function uninterrupted(messages: readonly Message[]): Promise<Twin> {
  const twin = await openTwin(city, new FaultyFiles());
  takeStep(twin, { kind: "tick", time: BEGIN, ahead: true });
  for (const message of messages) {
    takeStep(twin, message);
    await twin.processor.commit();
  }
  return twin;
}

interface Told {
  readonly output: Output;
  /** The newest receipt or tick on the log before it, ms since epoch. */
  readonly clock: number;
}

/**
 * The outputs on a log, in order, each with the time at which it was found. Without the reports on areas: each tells what
 * was known at its minute, and in the minutes in which nobody ran nothing was.
 */
function told(log: EventLog): Told[] {
  const decoder = new TextDecoder();
  const outputs: Told[] = [];
  let clock = 0;
  for (const { kind, bytes } of log.readSync(0)) {
    if (kind === RECORD_KINDS.tick) clock = JSON.parse(decoder.decode(bytes)).time;
    else if (kind === RECORD_KINDS.event) clock = parseTime(JSON.parse(decoder.decode(bytes)).receivedtime);
    else if (kind === RECORD_KINDS.columns) clock = columnsRecord(bytes).receivedAt ?? clock;
    else if (kind === RECORD_KINDS.output) outputs.push({ output: readOutput(decoder.decode(bytes)), clock });
  }
  return outputs.filter(({ output }) => output.type !== "warmcity.area.changed");
}

interface CaseRow {
  readonly case: string;
  readonly code: string;
  readonly state: string;
}

/** Runs the story: fed until the kill, dead for three and a half minutes, fed again, what had gathered first. */
async function restarted(city: City, data: string, registry: string, messages: readonly Message[]) {
  const gateway = new SureGateway(city);
  const feed = async (process: CityProcess, some: readonly Message[], earliest: number) => {
    for (const message of some) {
      await process.setClock(Math.max(message.receivedAt, earliest));
      expect(await gateway.send(process, message)).toBe(true);
    }
  };
  const first = new CityProcess({ data, registry, now: BEGIN });
  await first.ready();
  await feed(
    first,
    messages.filter(({ receivedAt }) => receivedAt <= KILL),
    BEGIN,
  );
  const second = new CityProcess({ data, registry, now: KILL });
  await expect(second.ready()).rejects.toThrow(/has this log open/);
  expect(await second.ended()).toBe(2);
  const casesBefore = await first.list<CaseRow>("/v1/cases");
  await first.kill();
  const again = new CityProcess({ data, registry, now: START });
  await again.ready();
  const casesAfter = await again.list<CaseRow>("/v1/cases");
  await feed(
    again,
    messages.filter(({ receivedAt }) => receivedAt > KILL),
    START + SECOND_MS,
  );
  const alerts = await again.list<Alert>("/v1/alerts");
  const balance = JSON.parse((await again.request("GET", "/v1/audit/balance")).body);
  const metrics = (await again.request("GET", "/metrics")).body;
  expect(await again.stop()).toBe(0);
  return { casesBefore, casesAfter, alerts, balance, metrics };
}

describe("SC24 restart during incidents", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-sc24-"));
  });
  afterAll(async () => {
    await CityProcess.killAll();
    await rm(directory, { recursive: true, force: true });
  });

  test("what came due meanwhile is told once, in order and at once; nothing is told again", async () => {
    const registry = join(directory, "registry.json");
    await writeFile(registry, JSON.stringify(registryOf(city)));
    const data = join(directory, "data");
    const messages = batches();
    const expected = await uninterrupted(messages);
    const wanted = told(expected.log);
    const { casesBefore, casesAfter, alerts, balance } = await restarted(city, data, registry, messages);

    const twin = await openTwin(city, nodeFiles, { directory: `${data}/` });
    const account = accountOf(city, twin.log);
    const outputs = told(twin.log);
    await twin.close();
    const { accepted, duplicates, rejected } = account;
    expect(account.twice).toEqual([]);
    expect(balance).toMatchObject({ received: accepted + duplicates + rejected, accepted, rejected });
    expect(balance.processed + balance.late + balance.quarantined).toBe(accepted);
    expect(ids(outputs)).toEqual(ids(wanted));

    const due = wanted.filter(({ output }) => output.time > KILL && output.time <= START);
    const after = outputs.filter(({ clock }) => clock >= START);
    const atOnce = after.filter(({ clock }) => clock === START).map(({ output }) => output.time);
    const sent = due.filter(({ output }) => output.type === "warmcity.case.changed");
    expect(sent.length).toBeGreaterThan((HOLDERS * LOTS) / 2);
    for (const { output } of due) {
      const found = after.filter((one) => one.output.id === output.id);
      expect(found.map(({ clock }) => clock <= START + MINUTE_MS)).toEqual([true]);
    }
    expect(atOnce).toEqual([...atOnce].sort((a, b) => a - b));
    expect(casesBefore.length).toBeGreaterThanOrEqual(LOTS * HOLDERS);
    const kept = new Set(casesAfter.map((one) => one.case));
    expect(casesBefore.filter((one) => !kept.has(one.case))).toEqual([]);
    expectAlerts(alerts, outputs);
    expect(await runVerb("verify", "--data", data)).toMatchObject({ code: 0 });
    console.log(
      `SC24: ${casesBefore.length} cases open at the kill, ${due.length} outputs due meanwhile, ` +
        `${atOnce.length} of them told by the first tick, ${outputs.length} outputs in all`,
    );
  }, 240_000);
});

function expectAlerts(alerts: readonly Alert[], outputs: readonly Told[]): void {
  const leak = alerts.filter(({ code }) => code === "T09");
  expect(leak).toMatchObject([{ level: "L1", delayed: true }]);
  expect(parseTime(leak[0]!.levelAt)).toBeLessThanOrEqual(at("03T01:31:20"));
  const rung = outputs.find(
    ({ output }) => output.type === "warmcity.alert.raised" && output.data.code === "T09",
  );
  expect(rung?.clock).toBeLessThanOrEqual(at("03T01:34:40"));
  const warm = alerts.filter(({ code }) => code === "T01");
  expect(warm).toMatchObject([{ asset: fridge, level: "L2", delayed: false }]);
  expect(Math.abs(parseTime(warm[0]!.raisedAt) - at("03T00:17:00"))).toBeLessThanOrEqual(minutes(4));
  expect(Math.abs(parseTime(warm[0]!.levelAt) - at("03T01:47:00"))).toBeLessThanOrEqual(minutes(4));
  expect(alerts.filter(({ code }) => code.startsWith("O"))).toEqual([]);
}

/** What alerts, cases and notifications there were, whenever they were told. */
function ids(outputs: readonly Told[]): string[] {
  return outputs.map(({ output }) => `${output.type} ${output.id}`).sort();
}
