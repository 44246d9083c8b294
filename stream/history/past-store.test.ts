import { describe, expect, it } from "vitest";
import type { Principal } from "../../twin/authority/principal.ts";
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import { Random } from "../../twin/kernel/random.ts";
import { DAY_MS, MINUTE_MS, minutes, parseTime } from "../../twin/kernel/time.ts";
import { CrashScript } from "../crash-script.ts";
import { takeStep } from "../crash-trial.ts";
import { ColumnsCodec } from "../door/columns-binary.ts";
import { EventLog } from "../log/event-log.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import { SnapshotFiles } from "../log/snapshot-files.ts";
import { type Opened, openProcessor, writeSnapshot } from "../open-processor.ts";
import { type CityStanding, cityView, standingNow } from "../projections/city-totals.ts";
import { kitchenView, kitchenViewOf } from "../projections/kitchen-view.ts";
import { HistoryStore } from "./history-store.ts";
import { PastStore } from "./past-store.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const LIVE_AFTER = minutes(35);

interface Living extends Opened {
  readonly past: PastStore;
  readonly snapshots: SnapshotFiles;
  close(): Promise<void>;
}

async function open(city: City, files: FaultyFiles, reports: string[], keepDays = 8): Promise<Living> {
  const { log } = await EventLog.open({ directory: "log", files, segmentBytes: 256 * 1024 });
  const { registryHash } = new ColumnsCodec(city);
  const history = await HistoryStore.open({
    directory: "history",
    files,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: String(registryHash),
  });
  const past = await PastStore.open({
    ...{ city, files, keepDays },
    directory: "past",
    registry: registryHash,
    commit: () => log.commit(),
    report: (line) => reports.push(line),
  });
  const snapshots = new SnapshotFiles("snapshots", files);
  const opened = await openProcessor({ city, log, history, snapshots, past });
  const close = async () => {
    await history.close();
    await log.close();
  };
  return { ...opened, past, snapshots, close };
}

function principalsOf(city: City): Principal[] {
  const { banner, office, id } = city.kitchens[3]!;
  return [
    { id: "c", role: "C", area: { kind: "city" } },
    { id: "q", role: "Q", area: { kind: "banner", banner } },
    { id: "s", role: "S", area: { kind: "office", office } },
    { id: "o", role: "O", area: { kind: "kitchens", kitchens: [id, city.kitchens[9]!.id] } },
  ];
}

/** All that the city shows; positions apart, which count what is durable. */
function shown(city: City, standing: CityStanding, kitchens: readonly object[]): string {
  const views = principalsOf(city).map((principal) => ({
    ...cityView(city, standing, principal),
    position: 0,
  }));
  return JSON.stringify({ views, kitchens: kitchens.map((view) => ({ ...view, logPosition: 0 })) });
}

function shownNow(city: City, { processor }: Living): string {
  const { fold } = processor;
  const kitchens = city.kitchens.map((_, index) => kitchenView(city, fold, index, 0));
  return shown(city, standingNow(city, fold, 0), kitchens);
}

async function shownThen(city: City, { past }: Living, at: number): Promise<string> {
  const kitchens: object[] = [];
  for (let index = 0; index < city.kitchens.length; index++)
    kitchens.push(kitchenViewOf(city, index, await past.kitchenAt(index, at)));
  return shown(city, await past.cityAt(at), kitchens);
}

/** A city that was looked at while it lived, on a disk that stops and fails on the way. */
class Looked {
  readonly script = new CrashScript({
    seed: 4,
    from: FROM,
    until: FROM + minutes(110),
    network: {},
    aheadAfterMs: LIVE_AFTER,
  });
  readonly city = this.script.city;
  readonly files = new FaultyFiles();
  readonly reports: string[] = [];
  /** What it showed, by its clock. */
  readonly seen = new Map<number, string>();
  living: Living | null = null;

  async begin(keepDays?: number): Promise<Living> {
    this.living = await open(this.city, this.files, this.reports, keepDays);
    return this.living;
  }

  /** Lives until `until`, and looks now and then once it is live. */
  async live(until: number): Promise<void> {
    const living = this.living!;
    const random = new Random(until, "look");
    while (living.processor.fold.now < until) {
      for (const step of this.script.next(living.processor.fold) ?? []) {
        takeStep(living, step);
        if (step.kind !== "tick") continue;
        living.past.note(living.processor.fold, living.processor.log.next, step.ahead);
        if (step.ahead && random.chance(0.05))
          this.seen.set(living.processor.fold.now, shownNow(this.city, living));
      }
      await living.processor.commit();
    }
  }

  snapshot(): Promise<void> {
    const { processor, codec, snapshots, past } = this.living!;
    return writeSnapshot(processor, codec, snapshots, past);
  }

  async expectAllSeen(): Promise<void> {
    expect(this.seen.size).toBeGreaterThan(5);
    for (const [at, text] of this.seen) expect(await shownThen(this.city, this.living!, at)).toBe(text);
  }
}

describe("PastStore", () => {
  it("shows every moment again exactly as it was, from memory and from disk", async () => {
    const looked = new Looked();
    await looked.begin();
    await looked.live(FROM + minutes(75));
    await looked.expectAllSeen();
    await looked.living!.past.flush();
    await looked.expectAllSeen();
    await looked.live(FROM + minutes(100));
    await looked.expectAllSeen();
    expect(looked.reports).toEqual([]);
    await looked.living!.close();
  });

  it("still does after a restart, and after a loss of power that took moments with it", async () => {
    const looked = new Looked();
    await looked.begin();
    await looked.live(FROM + minutes(60));
    await looked.snapshot();
    await looked.living!.close();
    await looked.begin();
    await looked.expectAllSeen();
    await looked.live(FROM + minutes(85));
    looked.files.restart(new Random(1, "power"));
    await looked.begin();
    await looked.live(FROM + minutes(95));
    await looked.expectAllSeen();
    await looked.living!.close();
  });

  it("is made again from the log when its files and the snapshots are lost", async () => {
    const looked = new Looked();
    await looked.begin();
    await looked.live(FROM + minutes(70));
    await looked.snapshot();
    await looked.living!.close();
    for (const folder of ["past", "snapshots"])
      for (const name of await looked.files.list(folder)) await looked.files.remove(`${folder}/${name}`);
    await looked.begin();
    await looked.expectAllSeen();
    await looked.living!.close();
  });

  it("answers between two moments with the one before, and says which", async () => {
    const looked = new Looked();
    await looked.begin();
    await looked.live(FROM + minutes(50));
    const [at] = [...looked.seen.keys()];
    expect((await looked.living!.past.kitchenAt(0, at! + 400)).time).toBe(at);
    await looked.living!.close();
  });

  it("says from when on it knows, before that", async () => {
    const looked = new Looked();
    const living = await looked.begin();
    expect(living.past.since).toBeNull();
    await expect(living.past.cityAt(FROM)).rejects.toThrow("nothing of the past is known yet");
    await looked.live(FROM + minutes(40));
    const { since } = living.past;
    expect(since).toBeLessThanOrEqual(FROM + 2 * MINUTE_MS);
    await expect(living.past.kitchenAt(0, FROM - DAY_MS)).rejects.toThrow(/known from 2026-06-02T09:4/);
    await living.close();
  });

  it("throws away what is older than it keeps, and refuses to look there", async () => {
    const looked = new Looked();
    const keepDays = minutes(20) / DAY_MS;
    const living = await looked.begin(keepDays);
    await looked.live(FROM + minutes(70));
    await living.past.flush();
    await expect(living.past.cityAt(FROM + minutes(40))).rejects.toThrow(/known from 2026-06-02T10:3/);
    await expect(living.past.cityAt(FROM + minutes(60))).resolves.toMatchObject({});
    await living.close();
  });

  it("gives up a damaged file, says so, and knows the rest", async () => {
    const looked = new Looked();
    await looked.begin();
    await looked.live(FROM + minutes(60));
    await looked.snapshot();
    await looked.living!.close();
    const names = await looked.files.list("past");
    const file = await looked.files.open(`past/${names.at(-1)}`);
    await file.truncate(file.size() - 5);
    await file.datasync();
    await file.close();
    const living = await looked.begin();
    expect(looked.reports).toEqual([expect.stringMatching(/^moments of the past given up: .*\.past: /)]);
    await expect(living.past.cityAt(FROM + minutes(20))).resolves.toMatchObject({});
    await living.close();
  });
});
