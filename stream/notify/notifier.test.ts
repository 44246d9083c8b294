import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Level } from "../../twin/events/fields.ts";
import { formatTime, hours, minutes, parseTime } from "../../twin/kernel/time.ts";
import { smallCity } from "../door/small-city.ts";
import { nodeFiles } from "../log/node-files.ts";
import { InMemoryCity } from "../server/in-memory-city.ts";
import type { Notice } from "./notice.ts";
import { DeliveryError } from "./notice-channel.ts";
import { NoticeJournal } from "./notice-journal.ts";
import { Notifier } from "./notifier.ts";
import { JOURNAL_ONLY, type NotifyPlan, parseNotifyPlan } from "./notify-plan.ts";

const NOW = parseTime("2026-11-23T10:00:00+08:00");
const PLAN = {
  version: 1,
  channels: {
    sms: { kind: "http", url: "http://127.0.0.1:9/" },
    call: { kind: "http", url: "http://127.0.0.1:9/" },
  },
  addresses: [
    { to: "O", area: "kitchens:K-00001", sms: "138-kitchen" },
    { to: "Q", area: "banner:150602", sms: "138-banner", call: "0477-banner" },
    { to: "C", area: "city", sms: "138-city" },
  ],
};

function planOf(value: unknown): NotifyPlan {
  const parsed = parseNotifyPlan(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

let directory: string;
let city: InMemoryCity;
let clock: number;
let sent: string[];
let receipts: Notice[];
let failing: (notice: Notice) => Error | null;
const running: Notifier[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "notices-"));
  city = new InMemoryCity(smallCity());
  clock = NOW;
  sent = [];
  receipts = [];
  failing = () => null;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
  await rm(directory, { recursive: true });
});

async function started(
  plan: NotifyPlan = planOf(PLAN),
): Promise<{ notifier: Notifier; journal: NoticeJournal }> {
  const journal = new NoticeJournal(directory, nodeFiles, () => ({
    isHeld: () => true,
    takenOver: false,
    token: "test",
  }));
  const channel = {
    async deliver(notice: Notice, address: string) {
      const failure = failing(notice);
      if (failure !== null) throw failure;
      sent.push(`${notice.notification} ${notice.channel} ${address}`);
    },
  };
  const notifier = new Notifier({
    city: city.city,
    source: city,
    journal,
    plan,
    channels: new Map([...plan.channels.keys()].map((name) => [name, channel])),
    now: () => clock,
    receipt: async (notice) => void receipts.push(notice),
    report: (error) => {
      throw error;
    },
    limits: { lookMs: 10, backOffMs: 1_000, tries: 3 },
  });
  running.push(notifier);
  await notifier.start();
  return { notifier, journal };
}

function request(
  notification: string,
  change: { to?: string; level?: Level; channel?: string; notBefore?: number | null; time?: number } = {},
): void {
  const { to = "Q", level = "L2", channel = "sms", notBefore = null, time = clock } = change;
  city.emit({
    type: "warmcity.notification.requested",
    id: notification,
    time,
    subject: "K-00001",
    data: {
      notification,
      case: "case-1",
      level,
      to,
      channel,
      ring: true,
      notBefore: notBefore === null ? null : formatTime(notBefore),
      text: { zh: "冷藏超温", en: "Fridge too warm" },
    },
  });
}

const stateOf = (journal: NoticeJournal, id: string) => journal.get(id)?.state;

describe("the notifier", () => {
  it("sends each to the address of its area, once, and says so on the log", async () => {
    const { journal } = await started();
    request("N-1");
    request("N-1");
    request("N-2", { to: "O" });
    await expect.poll(() => receipts.length).toBe(2);
    expect(sent.sort()).toEqual(["N-1 sms 138-banner", "N-2 sms 138-kitchen"]);
    expect(stateOf(journal, "N-1")).toBe("sent");
  });

  it("keeps what no channel carries, and what has no address, for the desk to show", async () => {
    const { journal } = await started();
    request("N-1", { channel: "in-app" });
    request("N-2", { to: "B" });
    request("N-3", { to: "C" });
    await expect.poll(() => journal.newestFirst().length).toBe(3);
    expect(stateOf(journal, "N-1")).toBe("shown");
    expect(journal.get("N-2")).toMatchObject({ state: "no-address", reason: "no sms address of B is known" });
    await expect.poll(() => sent).toEqual(["N-3 sms 138-city"]);
  });

  it("without a plan keeps all in the journal and sends nothing", async () => {
    const { journal } = await started(JOURNAL_ONLY);
    request("N-1", { level: "L1", channel: "recorded-call" });
    await expect.poll(() => stateOf(journal, "N-1")).toBe("shown");
    expect(sent).toEqual([]);
  });

  it("holds a call until the morning", async () => {
    const { journal } = await started();
    request("N-1", { channel: "call", notBefore: clock + hours(1) });
    await expect.poll(() => stateOf(journal, "N-1")).toBe("waiting");
    expect(sent).toEqual([]);
    clock += hours(1);
    await expect.poll(() => sent).toEqual(["N-1 call 0477-banner"]);
  });

  it("tries again what may pass, gives up what does not, and after three tries", async () => {
    const { journal } = await started();
    failing = (notice) => new DeliveryError("no", notice.notification !== "N-2");
    request("N-1");
    request("N-2");
    await expect.poll(() => stateOf(journal, "N-2")).toBe("failed");
    for (const tries of [1, 2, 3]) {
      await expect.poll(() => journal.get("N-1")?.tries).toBe(tries);
      clock += minutes(1);
    }
    expect(journal.get("N-1")).toMatchObject({ state: "failed", reason: "no" });
    expect(receipts.map(({ state }) => state)).toEqual(["failed", "failed"]);
  });

  it("sends a kitchen six messages a day, an L1 always", async () => {
    const { journal } = await started();
    for (let i = 1; i <= 7; i++) request(`N-${i}`);
    request("N-8", { level: "L1" });
    await expect.poll(() => sent.length).toBe(7);
    expect(stateOf(journal, "N-7")).toBe("capped");
    expect(stateOf(journal, "N-8")).toBe("sent");
    clock += hours(24);
    request("N-9");
    await expect.poll(() => stateOf(journal, "N-9")).toBe("sent");
  });

  it("tells nobody of what was asked for hours ago", async () => {
    const { journal } = await started();
    request("N-1", { time: clock - hours(2) });
    await expect.poll(() => stateOf(journal, "N-1")).toBe("expired");
    expect(sent).toEqual([]);
  });

  it("after a restart delivers what waited, what came meanwhile, and nothing twice", async () => {
    const { notifier, journal } = await started();
    request("N-1");
    await expect.poll(() => stateOf(journal, "N-1")).toBe("sent");
    failing = () => new DeliveryError("busy", true);
    request("N-2");
    await expect.poll(() => journal.get("N-2")?.tries).toBe(1);
    await notifier.close();
    const [file = ""] = await readdir(directory);
    await appendFile(join(directory, file), '{"notification":"N-2","sta');
    request("N-3");
    failing = () => null;
    const again = await started();
    await expect.poll(() => sent.length).toBe(3);
    expect(sent.slice(1).sort()).toEqual(["N-2 sms 138-banner", "N-3 sms 138-banner"]);
    expect(stateOf(again.journal, "N-2")).toBe("sent");
  });
});

describe("the plan", () => {
  it("is refused with a pointer to each fault", () => {
    const faults = (change: object) => {
      const parsed = parseNotifyPlan({ ...PLAN, ...change });
      return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer);
    };
    expect(faults({ version: 2 })).toContain("/version");
    expect(faults({ channels: { sms: { kind: "http", url: "ftp://x" } } })[0]).toMatch(/^\/channels\/sms/);
    expect(faults({ addresses: [{ to: "Q", area: "nowhere", sms: "1" }] })).toEqual(["/addresses/0/area"]);
    expect(faults({ addresses: [{ to: "Q", area: "city", fax: "1" }] })).toEqual(["/addresses/0/fax"]);
    expect(faults({})).toEqual([]);
  });
});
