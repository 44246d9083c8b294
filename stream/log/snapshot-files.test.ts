import { describe, expect, test } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import { SNAPSHOT_VERSION } from "../snapshot.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { SnapshotFiles } from "./snapshot-files.ts";

const REGISTRY = 7;
const RULES = ["T01@1 aa", "T02@1 bb"];

function textAt(position: number, change: object = {}): string {
  const state = { filler: "x".repeat(3_000), position };
  return JSON.stringify({
    version: SNAPSHOT_VERSION,
    registry: REGISTRY,
    rules: RULES,
    position,
    state,
    ...change,
  });
}

async function positionOf(files: FaultyFiles, upTo = 100): Promise<number | undefined> {
  const { snapshot } = await new SnapshotFiles("snapshots", files).newest(upTo, REGISTRY, RULES);
  return snapshot?.position;
}

describe("snapshot files", () => {
  test("give the newest one, keep the one before it, and remove the rest", async () => {
    const files = new FaultyFiles();
    const snapshots = new SnapshotFiles("snapshots", files);
    expect(await positionOf(files)).toBeUndefined();
    for (const position of [10, 20, 30]) await snapshots.writeText(position, textAt(position));
    expect(await positionOf(files)).toBe(30);
    expect(await files.list("snapshots")).toEqual(["0000000000000020.json", "0000000000000030.json"]);
  });

  test("skip what does not fit, and say why", async () => {
    const files = new FaultyFiles();
    const snapshots = new SnapshotFiles("snapshots", files);
    await snapshots.writeText(20, textAt(20));
    const skippedOf = async (text: string) => {
      await snapshots.writeText(90, text);
      const { snapshot, skipped } = await snapshots.newest(80, REGISTRY, RULES);
      expect(snapshot?.position).toBe(20);
      return skipped;
    };
    expect(await skippedOf(textAt(90))).toEqual([expect.stringContaining("the log ends at 80")]);
    expect(await skippedOf(textAt(70, { registry: 8 }))).toEqual([expect.stringContaining("registry")]);
    expect(await skippedOf(textAt(70, { version: 1 }))).toEqual([expect.stringContaining("version 1")]);
    const others = await skippedOf(textAt(70, { rules: ["T01@2 aa", "T02@1 bb"] }));
    expect(others).toEqual([expect.stringContaining("other rules: then T01@2 aa, now T01@1 aa")]);
    expect(await skippedOf(textAt(70, { rules: undefined }))).toEqual([expect.stringContaining("now T02@1")]);
    expect(await skippedOf("{")).toEqual([expect.stringContaining("cut off")]);
  });

  test("have a whole one left, whatever byte or sync the power goes at", async () => {
    const written = new FaultyFiles();
    await new SnapshotFiles("snapshots", written).writeText(20, textAt(20));
    const reached = new Set<number | undefined>();
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed);
      const files = new FaultyFiles();
      const snapshots = new SnapshotFiles("snapshots", files);
      await snapshots.writeText(10, textAt(10));
      if (random.chance(0.5)) files.crashAtByte = files.bytesWritten + random.int(1, written.bytesWritten);
      else files.crashAtSync = files.syncs + random.int(1, 3);
      await snapshots.writeText(20, textAt(20)).catch((error: unknown) => {
        expect(files.powered, String(error)).toBe(false);
      });
      files.restart(random);
      reached.add(await positionOf(files));
      await snapshots.writeText(30, textAt(30));
      expect(await positionOf(files)).toBe(30);
      expect((await files.list("snapshots")).filter((name) => name.endsWith(".draft"))).toEqual([]);
    }
    expect(reached).toEqual(new Set([10, 20]));
  });
});
