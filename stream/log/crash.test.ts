import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import { EventLog } from "./event-log.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { verifyLog } from "./verify.ts";

const SEGMENT_BYTES = 3000;
const open = (files: FaultyFiles) => EventLog.open({ directory: "log", files, segmentBytes: SEGMENT_BYTES });

/** Record bytes that name their own number, `length` long at least. */
function recordOf(number: number, length: number): Uint8Array {
  return new TextEncoder().encode(`${number};`.padEnd(length, "."));
}

async function numbersIn(log: EventLog): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { bytes, position } of log.read(0)) {
    expect(position).toBe(numbers.length);
    numbers.push(Number.parseInt(new TextDecoder().decode(bytes), 10));
  }
  return numbers;
}

/** Appends and commits until all is written or the power goes; returns how many records were acknowledged. */
async function writeUntilCrash(log: EventLog, batches: readonly number[][], from: number): Promise<number> {
  let number = from;
  let acknowledged = from;
  const waits: Promise<void>[] = [];
  try {
    for (const [i, lengths] of batches.entries()) {
      for (const length of lengths) log.append(1, recordOf(number++, length));
      const upTo = number;
      const wait = log.commit().then(() => {
        expect(log.durable).toBeGreaterThanOrEqual(upTo);
        acknowledged = Math.max(acknowledged, upTo);
      });
      waits.push(wait);
      if (i % 2 === 0) await wait;
    }
    await Promise.all(waits);
  } catch (error) {
    expect(error).toMatchObject({ name: "LogError" });
  }
  await Promise.allSettled(waits);
  return acknowledged;
}

const batches = fc.array(fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 12,
});

describe("a log whose machine loses power or whose process is killed", () => {
  test("has every acknowledged record, in order, none twice, whatever byte or sync it stopped at", async () => {
    let [cut, whole] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        batches,
        fc.array(
          fc.record({ byte: fc.nat(20_000), sync: fc.integer({ min: 1, max: 40 }), kind: fc.boolean() }),
          {
            maxLength: 3,
          },
        ),
        fc.integer(),
        async (work, crashes, seed) => {
          const random = new Random(seed);
          const files = new FaultyFiles();
          let acknowledged = 0;
          for (const crash of crashes) {
            if (crash.kind) files.crashAtByte = files.bytesWritten + crash.byte;
            else files.crashAtSync = files.syncs + crash.sync;
            try {
              const { log } = await open(files);
              const numbers = await numbersIn(log);
              expect(numbers).toEqual(numbers.map((_, i) => i));
              expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
              acknowledged = await writeUntilCrash(log, work, numbers.length);
            } catch (error) {
              if (files.powered || (error instanceof Error && error.name === "AssertionError")) throw error;
            }
            if (random.chance(0.4)) files.kill();
            else files.restart(random);
          }
          const { log, recovered } = await open(files);
          const numbers = await numbersIn(log);
          expect(numbers).toEqual(numbers.map((_, i) => i));
          expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
          expect(recovered.reason === null).toBe(recovered.cutBytes === 0);
          if (recovered.cutBytes > 0) cut++;
          else whole++;
          expect(await verifyLog("log", files)).toMatchObject({ ok: true, records: numbers.length });
          const after = await writeUntilCrash(log, work, numbers.length);
          expect(after).toBe(numbers.length + work.flat().length);
          await log.close();
          expect(await verifyLog("log", files)).toMatchObject({ ok: true, records: after });
        },
      ),
      { numRuns: 400 },
    );
    expect(cut).toBeGreaterThan(0);
    expect(whole).toBeGreaterThan(0);
  });

  test("says what it cut off a torn last block, and where", async () => {
    const files = new FaultyFiles();
    const { log } = await open(files);
    log.append(1, recordOf(0, 100));
    await log.commit();
    const size = files.contents("log/0000000000000000.segment").length;
    files.crashAtByte = files.bytesWritten + 150;
    log.append(1, recordOf(1, 100));
    await expect(log.commit()).rejects.toMatchObject({ code: "io", retryable: true });
    const torn = files.contents("log/0000000000000000.segment").length - size;
    expect(torn).toBe(150);
    files.crashAtByte = Number.POSITIVE_INFINITY;
    files.restart(keepAll());
    const { log: again, recovered } = await open(files);
    expect(recovered.cutBytes).toBe(150);
    expect(recovered.reason).toMatch(/0000000000000000\.segment at \d+: .*(bytes|CRC)/);
    expect(await numbersIn(again)).toEqual([0]);
  });
});

/** A chance that keeps every sector. */
function keepAll(): Random {
  const random = new Random(1);
  random.chance = () => true;
  return random;
}
