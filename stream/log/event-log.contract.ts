/** What every disk under the log must give: the same suite runs on each `FilePort`. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import type { FilePort } from "./file-port.ts";
import { verifyLog } from "./verify.ts";

export interface LogPlace {
  readonly files: FilePort;
  readonly directory: string;
  readonly cleanUp: () => Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function describeEventLog(name: string, place: () => Promise<LogPlace>): void {
  describe(`the event log on ${name}`, () => {
    let at: LogPlace;
    beforeEach(async () => {
      at = await place();
    });
    afterEach(() => at.cleanUp());

    const open = (segmentBytes?: number) =>
      EventLog.open({
        ...at,
        ...(segmentBytes === undefined ? {} : { segmentBytes }),
      });
    const texts = async (log: EventLog, from = 0, to?: number): Promise<string[]> => {
      const found: string[] = [];
      for await (const record of log.read(from, to))
        found.push(`${record.position}:${record.kind}:${decoder.decode(record.bytes)}`);
      const sync = [...log.readSync(from, to)].map(({ position }) => position);
      expect(sync).toEqual(found.map((text) => Number(text.split(":")[0])));
      return found;
    };

    test("gives back what was committed, in order, with position and kind", async () => {
      const { log, recovered } = await open();
      expect(recovered).toEqual({ cutBytes: 0, reason: null });
      expect(log.append(1, encoder.encode("a"))).toBe(0);
      expect(log.append(255, encoder.encode(""))).toBe(1);
      expect(log.append(2, encoder.encode("暖城孪生"))).toBe(2);
      expect([log.next, log.durable]).toEqual([3, 0]);
      expect(await texts(log)).toEqual([]);
      await log.commit();
      expect([log.next, log.durable]).toEqual([3, 3]);
      expect(await texts(log)).toEqual(["0:1:a", "1:255:", "2:2:暖城孪生"]);
      expect(await texts(log, 1, 2)).toEqual(["1:255:"]);
      await log.close();
    });

    test("goes on after a restart where it ended", async () => {
      const first = (await open()).log;
      first.append(1, encoder.encode("a"));
      await first.close();
      const { log, recovered } = await open();
      expect(recovered).toEqual({ cutBytes: 0, reason: null });
      expect([log.next, log.durable]).toEqual([1, 1]);
      expect(log.append(1, encoder.encode("b"))).toBe(1);
      await log.commit();
      expect(await texts(log)).toEqual(["0:1:a", "1:1:b"]);
      await log.close();
    });

    test("copies what is appended, so that the caller may use the buffer again", async () => {
      const { log } = await open();
      const buffer = encoder.encode("first");
      log.append(1, buffer);
      buffer.fill(0x2e);
      await log.commit();
      expect(await texts(log)).toEqual(["0:1:first"]);
      await log.close();
    });

    test("begins new segments, finds any position in them and verifies whole", async () => {
      const { log } = await open(4096);
      const expected: string[] = [];
      for (let i = 0; i < 300; i++) {
        expected.push(`${log.append(i % 7, encoder.encode("x".repeat(i)))}:${i % 7}:${"x".repeat(i)}`);
        if (i % 3 === 0) await log.commit();
      }
      await log.close();
      expect(
        (await at.files.list(at.directory)).filter((file) => file.endsWith(".segment")).length,
      ).toBeGreaterThan(5);
      const report = await verifyLog(at.directory, at.files);
      expect(report).toMatchObject({ ok: true, records: 300, firstFault: null });
      const again = (await open(4096)).log;
      expect(await texts(again)).toEqual(expected);
      for (const from of [0, 1, 150, 298, 299, 300, 400])
        expect(await texts(again, from, from + 20)).toEqual(expected.slice(from, from + 20));
      await again.close();
    });

    test("lets one commit wait for all that was appended before it, and shares writes among waiters", async () => {
      const { log } = await open();
      const waits: Promise<void>[] = [];
      for (let i = 0; i < 50; i++) {
        const position = log.append(1, encoder.encode(String(i)));
        waits.push(
          log.commit().then(() => {
            expect(log.durable).toBeGreaterThan(position);
          }),
        );
      }
      await Promise.all(waits);
      expect((await texts(log)).length).toBe(50);
      await log.close();
      expect((await verifyLog(at.directory, at.files)).blocks).toBe(1);
    });

    test("takes records larger than a batch or a read window", async () => {
      const { log } = await open();
      const large = new Uint8Array(5 * 1024 * 1024 + 3).map((_, i) => i % 251);
      log.append(1, encoder.encode("before"));
      log.append(2, large);
      log.append(1, encoder.encode("after"));
      await log.commit();
      const [, record] = [...log.readSync(0)];
      expect(record?.bytes.length).toBe(large.length);
      for (const { position, bytes } of log.readSync(1, 2)) {
        expect(position).toBe(1);
        expect(Buffer.compare(bytes, large)).toBe(0);
        expect(bytes.byteOffset % 8).toBe(0);
      }
      await log.close();
    });

    test("is opened by one writer at a time", async () => {
      const { log } = await open();
      await expect(open()).rejects.toMatchObject({ name: "LogError", code: "locked", retryable: false });
      log.append(1, encoder.encode("a"));
      await log.close();
      const again = (await open()).log;
      expect(await texts(again)).toEqual(["0:1:a"]);
      await again.close();
    });

    test("refuses to be used when closed, and kinds that are no u8", async () => {
      const { log } = await open();
      expect(() => log.append(256, new Uint8Array(1))).toThrow(RangeError);
      expect(() => log.append(-1, new Uint8Array(1))).toThrow(RangeError);
      await log.close();
      await log.close();
      expect(() => log.append(1, new Uint8Array(1))).toThrow(expect.objectContaining({ code: "closed" }));
      await expect(log.commit()).rejects.toMatchObject({ code: "closed" });
      await expect(log.recover()).rejects.toMatchObject({ code: "closed" });
    });
  });
}
