import { describe, expect, it } from "vitest";
import { generateCity } from "../twin/city/generated-city.ts";
import { formatTime, minutes, parseTime } from "../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../twin/policy/policy-book.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { Door } from "./door/door.ts";
import { STRUCTURED } from "./door/media-type.ts";
import { CityFold } from "./fold.ts";
import { HistoryStore } from "./history/history-store.ts";
import { EventLog } from "./log/event-log.ts";
import { FaultyFiles } from "./log/faulty-files.ts";
import type { Output } from "./output.ts";
import { Processor } from "./processor.ts";
import { AlertIndex } from "./projections/alert-index.ts";
import { faultReporter } from "./rule-fault.ts";
import { defineRule, type Rule } from "./rules/rule.ts";
import { RuleTrial } from "./rules/rule-trial.ts";

interface Seen {
  scans: number;
  last: string[];
}

/** Raises for each activity, and breaks at an order after having changed all that a rule can. */
const brittle = defineRule<Seen>({
  code: "X01",
  version: 3,
  level: "L3",
  validFrom: "2026-01-01",
  legalBasis: [],
  title: { zh: "试", en: "Trial" },
  autoClose: "condition",
  mutedBy: [],
  events: ["warmcity.kitchen.activity"],
  findings: [],
  initial: () => ({ scans: 0, last: [] }),
  fold: (state, input, context) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.kitchen.activity") return;
    const { kind } = input.event.data;
    state.scans++;
    state.last.push(kind);
    if (kind === "pay") context.raise({ asset: `n:${state.scans}`, level: "L3", because: [] });
    if (kind === "cooking") context.setTimer("boom", context.now + minutes(5));
    if (kind !== "order") return;
    context.raise({ asset: "half", level: "L1", because: [] });
    context.clear("n:1");
    context.setTimer("half", context.now + minutes(1));
    throw new RangeError("no order can be read");
  },
  due: (_state, key, context) => {
    if (key === "boom") throw new TypeError("a timer breaks");
    context.raise({ asset: `due:${key}`, level: "L3", because: [] });
  },
});

function trial(kinds: readonly ("pay" | "order" | "cooking")[], by = "/persons/p"): RuleTrial {
  const one = new RuleTrial(brittle);
  kinds.forEach((kind, i) => {
    one.says("warmcity.kitchen.activity", `10:0${i}`, { kind }, { by });
  });
  return one;
}

const faults = (outputs: readonly Output[]) =>
  outputs.flatMap((output) => (output.type === "warmcity.deadletter" ? [output] : []));

describe("a rule that throws", () => {
  it("has done nothing: neither its state nor the desk keeps half a change, and the stream goes on", () => {
    expect(trial(["pay", "order", "pay"]).run("10:30")).toEqual([
      "10:00:00 raised L3 n:1",
      "10:02:00 raised L3 n:2",
    ]);
    const outputs = trial(["pay", "order", "pay"]).outputs("10:30");
    expect(outputs.filter(({ data }) => "level" in data && data.level === "L1")).toEqual([]);
  });

  it("is told of as a dead letter, with the rule, the event and the reason", () => {
    const [fault, ...more] = faults(trial(["order"]).outputs("10:30"));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({
      subject: "K",
      time: parseTime("2026-03-02T10:00:00+08:00"),
      data: { reasons: [{ reason: "rule X01@3 failed: RangeError: no order can be read" }] },
    });
    expect(JSON.parse(fault!.data.payload)).toMatchObject({
      rule: "X01@3",
      kitchen: "K",
      kind: "warmcity.kitchen.activity",
      source: "/persons/p",
      id: "e0",
    });
  });

  it("is contained in a timer as well", () => {
    const outputs = trial(["cooking", "pay"]).outputs("10:30");
    expect(faults(outputs).map(({ data }) => data.reasons[0]!.reason)).toEqual([
      "rule X01@3 failed: TypeError: a timer breaks",
    ]);
  });

  it("leaves the event counted as processed", () => {
    expect(trial(["pay", "order"]).replayed("10:30").summary()).toMatchObject({ accepted: 2, processed: 2 });
  });
});

const city = generateCity({ seed: 1, preset: "full", kitchens: 2 });
const START = parseTime("2026-06-02T10:00:00+08:00");

const foldWith = (rule: Rule) =>
  new CityFold({ city, rules: [rule], limits: [], cityRules: [], policies: DEFAULT_POLICIES, early: true });

function activity(kind: string, minute: number): string {
  return JSON.stringify({
    specversion: "1.0",
    id: `${kind}-${minute}`,
    source: "/persons/p",
    subject: city.kitchens[0]!.id,
    type: "warmcity.kitchen.activity",
    time: formatTime(START + minutes(minute)),
    data: { kind },
  });
}

describe("a processor whose rule throws", () => {
  async function lived() {
    const files = new FaultyFiles();
    const { log } = await EventLog.open({ directory: "log", files, segmentBytes: 65_536, batchBytes: 2_048 });
    const codec = new ColumnsCodec(city);
    const resolutions = city.devices.map(() => 0.1);
    const history = await HistoryStore.open({ directory: "history", files, resolutions, registry: "r" });
    const fold = foldWith(brittle);
    const processor = new Processor({ city, fold, log, history, codec, alerts: new AlertIndex() });
    const lines: string[] = [];
    const outputs: Output[] = [];
    processor.subscribe(faultReporter((line) => lines.push(line)));
    processor.subscribe((published) => outputs.push(...published.map(({ output }) => output)));
    const door = new Door(city);
    const send = async (kind: string, minute: number) => {
      const receivedAt = START + minutes(minute);
      const intake = door.cloudEvents(activity(kind, minute), STRUCTURED, {}, receivedAt);
      return processor.ingest(intake, receivedAt);
    };
    processor.tick(START, true);
    const results = [
      await send("pay", 0),
      await send("order", 1),
      await send("order", 1),
      await send("pay", 2),
    ];
    for (let minute = 3; minute <= 20; minute++) processor.tick(START + minutes(minute), true);
    await processor.commit();
    return { processor, lines, outputs, results };
  }

  it("accepts the event, knows it again when it is resent, and says the fault once", async () => {
    const { processor, lines, outputs, results } = await lived();
    expect(results.map(({ accepted }) => accepted)).toEqual([1, 1, 0, 1]);
    expect(processor.balance).toMatchObject({ accepted: 3, duplicates: 1, processed: 3 });
    expect(faults(outputs)).toHaveLength(1);
    expect(processor.ruleFaults).toBe(1);
    expect(lines).toEqual([expect.stringContaining("rule X01@3 failed: RangeError: no order can be read")]);
  });

  it("gives the same bytes again from its log", async () => {
    const { processor } = await lived();
    const onLog: string[] = [];
    for await (const { bytes } of processor.log.read(0)) onLog.push(new TextDecoder().decode(bytes));
    const { processor: other } = await lived();
    const again: string[] = [];
    for await (const { bytes } of other.log.read(0)) again.push(new TextDecoder().decode(bytes));
    expect(again).toEqual(onLog);
    const fold = foldWith(brittle);
    const half = JSON.parse(JSON.stringify(processor.fold.save()));
    fold.restore(half);
    expect(JSON.stringify(fold.save())).toBe(JSON.stringify(processor.fold.save()));
  });
});
