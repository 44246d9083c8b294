import { describe, expect, test } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import { EventLog } from "./event-log.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { verifyLog } from "./verify.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function opened(): Promise<{ files: FaultyFiles; log: EventLog }> {
  const files = new FaultyFiles();
  const { log } = await EventLog.open({ directory: "log", files, segmentBytes: 2000 });
  return { files, log };
}

function texts(log: EventLog): string[] {
  return [...log.readSync(0)].map(({ bytes }) => decoder.decode(bytes));
}

const TROUBLES: readonly {
  readonly name: string;
  readonly code: string;
  readonly begin: (files: FaultyFiles) => void;
  readonly end: (files: FaultyFiles) => void;
}[] = [
  {
    name: "full",
    code: "full",
    begin: (files) => {
      files.capacity = 300;
    },
    end: (files) => {
      files.capacity = Number.POSITIVE_INFINITY;
    },
  },
  {
    name: "read-only",
    code: "read-only",
    begin: (files) => {
      files.readOnly = true;
    },
    end: (files) => {
      files.readOnly = false;
    },
  },
  {
    name: "failing to sync",
    code: "io",
    begin: (files) => {
      files.failingSyncs = 100;
    },
    end: (files) => {
      files.failingSyncs = 0;
    },
  },
];

describe("a log whose disk makes trouble", () => {
  for (const trouble of TROUBLES) {
    test(`acknowledges nothing while the disk is ${trouble.name}, and goes on when it is well`, async () => {
      const { files, log } = await opened();
      log.append(1, encoder.encode("kept"));
      await log.commit();
      trouble.begin(files);
      log.append(1, encoder.encode("lost".repeat(100)));
      const commits = await Promise.allSettled([log.commit(), log.commit()]);
      for (const commit of commits)
        expect(commit).toMatchObject({ status: "rejected", reason: { code: trouble.code, retryable: true } });
      expect([log.durable, log.next]).toEqual([1, 1]);
      expect(log.failure).toMatchObject({ code: trouble.code });
      expect(() => log.append(1, encoder.encode("refused"))).toThrow(
        expect.objectContaining({ code: trouble.code }),
      );
      await expect(log.commit()).rejects.toMatchObject({ code: trouble.code });
      await expect(log.recover()).rejects.toMatchObject({ code: trouble.code });
      expect(texts(log)).toEqual(["kept"]);
      trouble.end(files);
      await log.recover();
      expect(log.failure).toBeNull();
      expect(log.append(1, encoder.encode("later"))).toBe(1);
      await log.commit();
      expect(texts(log)).toEqual(["kept", "later"]);
      await log.close();
      expect(await verifyLog("log", files)).toMatchObject({ ok: true, records: 2 });
    });
  }

  test("does not build on a block whose sync failed before the process died", async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { files, log } = await opened();
      log.append(1, encoder.encode("first"));
      await log.commit();
      log.append(1, encoder.encode("a".repeat(600)));
      files.failingSyncs = 1;
      await expect(log.commit()).rejects.toMatchObject({ code: "io" });
      files.kill();
      const again = (await EventLog.open({ directory: "log", files })).log;
      again.append(1, encoder.encode("b"));
      await again.commit();
      files.restart(new Random(seed));
      const { log: last } = await EventLog.open({ directory: "log", files });
      expect(texts(last).at(-1)).toBe("b");
      await last.close();
      expect(await verifyLog("log", files)).toMatchObject({ ok: true });
    }
  });

  test("names the segment, the byte and the system's reason", async () => {
    const { files, log } = await opened();
    log.append(1, encoder.encode("kept"));
    await log.commit();
    const size = files.contents("log/0000000000000000.segment").length;
    files.capacity = size + 10;
    log.append(1, encoder.encode("lost"));
    await expect(log.commit()).rejects.toMatchObject({
      fault: {
        pointer: `/0000000000000000.segment/${size}`,
        reason: expect.stringMatching(/1 records.*ENOSPC/),
      },
    });
  });

  test("also fails and recovers where a new segment should begin", async () => {
    const { files, log } = await opened();
    log.append(1, encoder.encode("a".repeat(2100)));
    await log.commit();
    files.readOnly = true;
    log.append(1, encoder.encode("b"));
    await expect(log.commit()).rejects.toMatchObject({ code: "read-only" });
    files.readOnly = false;
    await log.recover();
    log.append(1, encoder.encode("c"));
    await log.commit();
    expect(texts(log).map((text) => text[0])).toEqual(["a", "c"]);
    await log.close();
    expect(await verifyLog("log", files)).toMatchObject({ ok: true, segments: 2 });
  });

  test("shares a slow sync among all that came meanwhile", async () => {
    const { files, log } = await opened();
    files.syncTurns = 20;
    log.append(1, encoder.encode("first"));
    const waits = [log.commit()];
    for (let i = 0; i < 30; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      log.append(1, encoder.encode(String(i)));
      waits.push(log.commit());
    }
    await Promise.all(waits);
    expect(texts(log).length).toBe(31);
    await log.close();
    expect((await verifyLog("log", files)).blocks).toBeLessThan(8);
  });

  test("sends a large batch to the disk though nobody waits, and remembers when that fails", async () => {
    const { files, log } = await opened();
    files.capacity = 1000;
    for (let i = 0; i < 6; i++) log.append(1, new Uint8Array(1024 * 1024));
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(log.failure).toMatchObject({ code: "full" });
    expect([log.durable, log.next]).toEqual([0, 0]);
    await log.close();
  });
});
