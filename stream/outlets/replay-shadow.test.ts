import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CloudEventLines } from "../../simulator/cloud-event-lines.ts";
import { Simulation } from "../../simulator/simulation.ts";
import { registryOf } from "../../twin/city/registry.ts";
import { formatTime, MINUTE_MS, minutes, parseTime } from "../../twin/kernel/time.ts";
import { ORDOS_2026, type PolicyPack } from "../../twin/policy/policy-pack.ts";
import { crashCity, troublesOf } from "../crash-city.ts";
import type { CodeReport, ShadowReport } from "../shadow/shadow-report.ts";
import { runReplay } from "./replay-command.ts";

const FROM = parseTime("2026-03-02T08:00:00+08:00");
const OUTPUTS = ["alerts.jsonl", "cases.json", "kitchens.json", "summary.json"];

const fridge = (name: string) => ({ id: `K-1/${name}`, kind: "fridge-temperature", reportEveryMs: 60_000 });
const KITCHEN = {
  id: "K-1",
  type: "medium",
  banner: "150602",
  office: "150602-01",
  position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
  opens: [["07:00", "22:00"]],
  licence: { validTo: "2030-12-31" },
  devices: [fridge("slow"), fridge("mild"), fridge("fast")],
};

/** Cold, and never twice alike: a sensor that repeats itself is suspect. */
const cold = (minute: number, nth: number) => 3 + ((minute * 7_919 + nth * 104_729) % 997) / 997;

/**
 * Three fridges over six hours. `slow` warms by 1 K in 20 min past 7 and 8 °C; `mild` stays about 7.7 °C for an hour; `fast` goes
 * from cold to 9 °C within a minute. Each is cold again within two hours.
 */
const CURVES: Readonly<Record<string, (minute: number) => number>> = {
  slow: (minute) => (minute < 30 || minute > 155 ? cold(minute, 1) : Math.min(9, 6 + (minute - 30) / 20)),
  mild: (minute) => (minute < 60 || minute > 120 ? cold(minute, 2) : 7 + cold(minute, 2) / 5),
  fast: (minute) => (minute < 90 || minute > 160 ? cold(minute, 3) : 8 + cold(minute, 3) / 3),
};

function lines(): string {
  const readings = Object.entries(CURVES).flatMap(([name, curve]) =>
    Array.from({ length: 360 }, (_, minute) => ({
      name,
      minute,
      value: curve(minute),
    })),
  );
  return readings
    .sort((a, b) => a.minute - b.minute)
    .map(({ name, minute, value }) =>
      JSON.stringify({
        specversion: "1.0",
        id: `${name}-${minute}`,
        source: `/devices/K-1/${name}`,
        type: "warmcity.reading",
        subject: "K-1",
        time: formatTime(FROM + minute * MINUTE_MS),
        bootid: "b",
        sequence: minute,
        data: { value },
      }),
    )
    .join("\n");
}

let folder = "";
const inFolder = (...names: string[]) => join(folder, ...names);

async function replay(out: string, shadow: Partial<PolicyPack> | null, what = "small"): Promise<0 | 2> {
  const options = ["--events", inFolder(`${what}.jsonl`), "--registry", inFolder(`${what}.json`)];
  options.push("--out", inFolder(out));
  if (shadow === null) return runReplay(options);
  await writeFile(inFolder(`${out}.shadow`), JSON.stringify({ ...ORDOS_2026, version: 2, ...shadow }));
  return runReplay([...options, "--shadow", inFolder(`${out}.shadow`)]);
}

async function reportOf(out: string): Promise<ShadowReport> {
  return JSON.parse(await readFile(inFolder(out, "shadow.json"), "utf8"));
}

function counts({ live, shadow, same, ...kinds }: CodeReport): string {
  const told = Object.entries(kinds).flatMap(([kind, { count }]) => (count > 0 ? [`${kind} ${count}`] : []));
  return [`${live}:${shadow}`, `same ${same}`, ...told].join(", ");
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-shadow-"));
  await writeFile(inFolder("small.jsonl"), lines());
  await writeFile(inFolder("small.json"), JSON.stringify({ version: 1, kitchens: [KITCHEN] }));
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe("replay --shadow", () => {
  it("finds with T01 at 7 °C instead of 8 exactly one alert more and one that comes earlier", async () => {
    expect(await replay("limit", { rules: { T01: { limitC: 7 } } })).toBe(0);
    const { codes, ...rest } = await reportOf("limit");
    // O04 finds the jumps of two fridges odd, under either pack.
    expect(Object.entries(codes).map(([code, report]) => `${code} ${counts(report)}`)).toEqual([
      "O04 2:2, same 2",
      "T01 2:3, same 1, more 1, earlier 1",
    ]);
    // 7 °C are exceeded 20 min before 8 °C, and both are held for 30 min.
    expect(codes.T01?.earlier.minutes).toEqual({ median: 20, max: 20 });
    expect(codes.T01?.earlier.examples).toMatchObject([
      {
        kitchen: "K-1",
        asset: "K-1/slow",
        live: { level: "L3", raisedAt: formatTime(FROM + minutes(71 + 30)) },
        shadow: { level: "L3", raisedAt: formatTime(FROM + minutes(51 + 30)) },
      },
    ]);
    expect(codes.T01?.more.examples).toMatchObject([
      { asset: "K-1/mild", live: null, shadow: { level: "L3" } },
    ]);
    expect(codes.T01?.more.examples[0]?.shadow?.because[0]?.zh).toMatch(/\S/);
    expect(rest).toMatchObject({
      policies: [{ policy: "ordos-2026@2" }],
      rules: [],
      to: formatTime(FROM + minutes(359)),
      faults: { count: 0, reasons: [] },
    });
  });

  it("finds under a pack in which a code is off nothing but fewer", async () => {
    await replay("off", { disabled: ["T01"] });
    expect(counts((await reportOf("off")).codes.T01!)).toBe("2:0, same 0, fewer 2");
  });

  it("finds alerts later where the hold is longer, and higher where a level begins at less", async () => {
    await replay("hold", { rules: { T01: { holdMs: minutes(45) } } });
    expect(counts((await reportOf("hold")).codes.T01!)).toBe("2:2, same 0, later 2");
    await replay("hot", { rules: { T01: { hotC: 8.9, hotHoldMs: minutes(5) } } });
    expect((await reportOf("hot")).codes.T01).toMatchObject({ more: { count: 0 }, higher: { count: 2 } });
  });

  it("finds no difference between a pack and itself", async () => {
    await replay("same", {});
    expect(counts((await reportOf("same")).codes.T01!)).toBe("2:2, same 2");
  });

  it("does not run under a pack with faults, and names the option", async () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await replay("bad", { disabled: ["P50"] })).toBe(2);
    expect(complaint.mock.calls.flat().join("\n")).toContain("--shadow");
    expect(complaint.mock.calls.flat().join("\n")).toContain('/disabled/0: is "P50"');
    complaint.mockRestore();
  });

  it("changes no byte of what the replay writes, and says the same again, in a city where much goes wrong", async () => {
    const city = crashCity();
    const from = parseTime("2026-06-02T09:40:00+08:00");
    const network = { duplicates: 0.02, loss: 0.01, reorder: 0.05 };
    const simulation = new Simulation({ city, seed: 1, from, incidents: troublesOf(city, from), network });
    const writer = new CloudEventLines(city);
    const decoder = new TextDecoder();
    const text = [...simulation.advance(from + minutes(100))].map((one) => decoder.decode(writer.line(one)));
    await writeFile(inFolder("crash.jsonl"), text.join("\n"));
    await writeFile(inFolder("crash.json"), JSON.stringify(registryOf(city)));
    const shadow: Partial<PolicyPack> = {
      rules: { T01: { limitC: 5, holdMs: minutes(5) }, O01: { alertAfterMs: minutes(10) } },
      disabled: ["P01", "T09"],
    };
    await replay("alone", null, "crash");
    await replay("beside", shadow, "crash");
    await replay("again", shadow, "crash");
    expect((await readdir(inFolder("alone"))).sort()).toEqual(OUTPUTS);
    expect((await readdir(inFolder("beside"))).sort()).toEqual([...OUTPUTS, "shadow.json"].sort());
    for (const name of OUTPUTS)
      expect(await readFile(inFolder("beside", name))).toEqual(await readFile(inFolder("alone", name)));
    expect(await readFile(inFolder("again", "shadow.json"))).toEqual(
      await readFile(inFolder("beside", "shadow.json")),
    );
    const { codes } = await reportOf("beside");
    expect(codes.T01?.earlier.count).toBeGreaterThan(0);
    expect(codes.T09?.fewer.count).toBeGreaterThan(0);
    expect(Object.values(codes).some(({ same }) => same > 0)).toBe(true);
    for (const one of Object.values(codes)) {
      expect(one.live - one.fewer.count).toBe(one.shadow - one.more.count);
      expect(one.same).toBeLessThanOrEqual(one.live - one.fewer.count);
    }
  });
});
