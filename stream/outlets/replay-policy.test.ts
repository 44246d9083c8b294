import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formatTime, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { ORDOS_2026 } from "../../twin/policy/policy-pack.ts";
import qingwan from "../../twin/policy/qingwan-2026.json" with { type: "json" };
import { runReplay } from "./replay-command.ts";

const KITCHEN = {
  id: "K-1",
  type: "medium",
  banner: "150602",
  office: "150602-01",
  position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
  opens: [["09:00", "22:00"]],
  licence: { validTo: "2030-12-31" },
  devices: [{ id: "K-1/fridge", kind: "fridge-temperature", reportEveryMs: 60_000 }],
};

let folder = "";
const inFolder = (name: string) => join(folder, name);

/** About 6 °C for an hour, then 9 °C for an hour; then cold. */
function lines(): string {
  const from = parseTime("2026-03-02T10:00:00+08:00");
  return Array.from({ length: 180 }, (_, minute) =>
    JSON.stringify({
      specversion: "1.0",
      id: `r${minute}`,
      source: "/devices/K-1/fridge",
      type: "warmcity.reading",
      subject: "K-1",
      time: formatTime(from + minute * MINUTE_MS),
      bootid: "b",
      sequence: minute,
      data: { value: (minute < 60 ? 6 : minute < 120 ? 9 : 3) + (minute % 5) / 10 },
    }),
  ).join("\n");
}

async function replay(out: string, policy: object | null): Promise<0 | 2> {
  const options = [
    "--events",
    inFolder("events.jsonl"),
    "--registry",
    inFolder("city.json"),
    "--out",
    inFolder(out),
  ];
  if (policy === null) return runReplay(options);
  await writeFile(inFolder(`${out}.json`), JSON.stringify(policy));
  return runReplay([...options, "--policy", inFolder(`${out}.json`)]);
}

const textOf = (out: string, name: string) => readFile(join(inFolder(out), name), "utf8");

async function alertsOf(out: string): Promise<string[]> {
  const events = (await textOf(out, "alerts.jsonl")).trim().split("\n");
  return events
    .map((line) => JSON.parse(line))
    .filter(({ type, data }) => type.startsWith("warmcity.alert.") && data.code === "T01")
    .map(({ type, time, data }) => `${time.slice(11, 16)} ${type.slice(15)} ${data.level} ${data.policy}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-policy-"));
  await writeFile(inFolder("events.jsonl"), lines());
  await writeFile(inFolder("city.json"), JSON.stringify({ version: 1, kitchens: [KITCHEN] }));
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe("replay --policy", () => {
  it("judges the same file by the pack of another city, and says so everywhere", async () => {
    expect(await replay("ordos", null)).toBe(0);
    expect(await replay("qingwan", qingwan)).toBe(0);
    expect(await alertsOf("ordos")).toEqual([
      "11:30 raised L3 ordos-2026@1",
      "12:30 resolved L3 ordos-2026@1",
    ]);
    expect(await alertsOf("qingwan")).toEqual([
      "10:20 raised L3 qingwan-2026@1",
      "11:00 level-changed L2 qingwan-2026@1",
      "12:30 resolved L2 qingwan-2026@1",
    ]);
    const summary = JSON.parse(await textOf("qingwan", "summary.json"));
    expect(summary.policies).toMatchObject([{ policy: "qingwan-2026@1", from: null }]);
    expect(summary.stateHash).not.toBe(JSON.parse(await textOf("ordos", "summary.json")).stateHash);
    const cases: { code: string; policy: string }[] = JSON.parse(await textOf("qingwan", "cases.json"));
    expect(cases.find(({ code }) => code === "T01")?.policy).toBe("qingwan-2026@1");
  });

  it("gives the same bytes for the same file and packs, named or by default", async () => {
    await replay("ordos", null);
    await replay("ordos-again", ORDOS_2026);
    for (const name of ["alerts.jsonl", "cases.json", "kitchens.json", "summary.json"]) {
      expect(await textOf("ordos-again", name)).toBe(await textOf("ordos", name));
    }
  });

  it("does not run under a pack with faults, and lists them by pointer", async () => {
    const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await replay("bad", { ...qingwan, version: 0, disabled: ["P50"] })).toBe(2);
    expect(complaint.mock.calls.flat().join("\n")).toContain('/disabled/0: is "P50"');
    expect(complaint.mock.calls.flat().join("\n")).toContain("/version: is 0");
  });
});
