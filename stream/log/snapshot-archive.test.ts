import { describe, expect, it } from "vitest";
import { HOUR_MS, parseTime } from "../../twin/kernel/time.ts";
import { SNAPSHOT_VERSION } from "../snapshot.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { SnapshotArchive } from "./snapshot-archive.ts";

const T0 = parseTime("2026-06-02T00:00:00+08:00");
const RULES = ["T01@1"];

function text(position: number, state: unknown = position): string {
  return JSON.stringify({ version: SNAPSHOT_VERSION, registry: 7, rules: RULES, position, state });
}

describe("SnapshotArchive", () => {
  it("keeps one every six hours and gives the newest of before a moment", async () => {
    const archive = new SnapshotArchive("archive", new FaultyFiles());
    for (let hour = 0; hour <= 24; hour += 2)
      await archive.keep({ time: T0 + hour * HOUR_MS, position: hour }, text(hour), T0);
    const at = async (hour: number) =>
      (await archive.newest(T0 + hour * HOUR_MS, 99, 7, RULES))?.position ?? null;
    expect([await at(-1), await at(5), await at(6), await at(11.9), await at(23)]).toEqual([
      null,
      0,
      6,
      6,
      18,
    ]);
  });

  it("gives back text of any size, letter by letter", async () => {
    const archive = new SnapshotArchive("archive", new FaultyFiles());
    const state = `${"a".repeat(128 * 1024 - 2)}${"暖城🍜".repeat(100_000)}`;
    await archive.keep({ time: T0, position: 3 }, text(3, state), T0);
    expect((await archive.newest(T0, 3, 7, RULES))?.state).toBe(state);
  });

  it("throws away what is older than is wanted, and passes over what does not fit or is damaged", async () => {
    const files = new FaultyFiles();
    const archive = new SnapshotArchive("archive", files);
    for (const day of [0, 1, 2, 3])
      await archive.keep({ time: T0 + 24 * day * HOUR_MS, position: day }, text(day), T0 + 24 * HOUR_MS);
    expect((await files.list("archive")).length).toBe(3);
    expect(await archive.newest(T0 + 99 * HOUR_MS, 99, 8, RULES)).toBeNull();
    expect(await archive.newest(T0 + 99 * HOUR_MS, 99, 7, ["T01@2"])).toBeNull();
    const newest = (await files.list("archive")).at(-1);
    const file = await files.open(`archive/${newest}`);
    await file.truncate(20);
    await file.close();
    expect((await archive.newest(T0 + 99 * HOUR_MS, 99, 7, RULES))?.position).toBe(2);
  });
});
