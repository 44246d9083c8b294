/**
 * The work of a fork: the twin at its moment from the newest snapshot that lies before it and the log behind that; then each seed
 * twice, without and with the changes. It only reads the data directory, and may do so beside a running city.
 */
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { City } from "../../twin/city/city.ts";
import { hash32 } from "../../twin/kernel/hash.ts";
import { formatTime, HOUR_MS } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { ColumnsCodec } from "../door/columns-binary.ts";
import { Door } from "../door/door.ts";
import type { CityFold } from "../fold.ts";
import { foldOf, RULE_STAMPS } from "../fold-of.ts";
import { type ForkFigure, type ForkPair, forkDifference } from "../forks/fork-difference.ts";
import type { ForkOrder } from "../forks/fork-order.ts";
import type { ForkFigures } from "../forks/fork-outcome.ts";
import { ForkRun } from "../forks/fork-run.ts";
import { LogFollower } from "../log/log-follower.ts";
import { nodeFiles } from "../log/node-files.ts";
import { ARCHIVE_FOLDER, SnapshotArchive } from "../log/snapshot-archive.ts";
import { SnapshotFiles } from "../log/snapshot-files.ts";
import { LOG_FOLDER } from "../log/verify-command.ts";
import { foldIn } from "../open-processor.ts";
import { RecordInput, receiptOf } from "../record-input.ts";
import type { SavedFold } from "../saved-fold.ts";
import type { Snapshot } from "../snapshot.ts";

export interface ForkWork {
  readonly city: City;
  readonly policies: PolicyBook;
  /** The data directory. */
  readonly directory: string;
  /** The log is durable up to here, exclusive. */
  readonly durable: number;
  readonly order: ForkOrder;
  /** Hears how much is done, 0 … 1. */
  readonly progress: (share: number) => void;
}

export interface ForkResult {
  /** The moment from which it ran: that of the newest record up to `at`, ms since epoch. */
  readonly from: number;
  readonly seeds: readonly number[];
  readonly figures: readonly ForkFigure[];
  readonly runs: readonly ForkPair[];
}

/** The share of the work that is done when the moment is reached. */
const REACHED = 0.05;
/** Records folded before others get their turn. */
const RECORDS_PER_TURN = 2_000;

/** Rejects with a RangeError, in words, when nothing is known of the moment. */
export async function workFork(work: ForkWork): Promise<ForkResult> {
  const { order, progress, city, policies } = work;
  const fold = await foldAt(work);
  const from = fold.now;
  const text = JSON.stringify(fold.save());
  progress(REACHED);
  const door = new Door(city);
  const runs: ForkPair[] = [];
  const share = (1 - REACHED) / (2 * order.seeds);
  const run = async (seed: number, changes: ForkOrder["changes"], nth: number): Promise<ForkFigures> => {
    // Each run folds on a state of its own.
    const saved: SavedFold = JSON.parse(text);
    const lastsMs = order.hours * HOUR_MS;
    const one = new ForkRun({ city, door, saved, policies, seed, lastsMs, changes });
    while (one.live()) {
      progress(REACHED + share * (nth + one.share));
      await nextTurn();
    }
    return one.figures();
  };
  for (let nth = 0; nth < order.seeds; nth++) {
    const seed = seedOf(from, nth);
    const unchanged = await run(seed, [], 2 * nth);
    const changed = await run(seed, order.changes, 2 * nth + 1);
    runs.push({ seed, unchanged, changed });
  }
  progress(1);
  const seeds = runs.map(({ seed }) => seed);
  return { from, seeds, figures: forkDifference(runs), runs };
}

/** The same for the same moment; none that a simulator of the city would have been started with. */
function seedOf(from: number, nth: number): number {
  return hash32(`fork ${from} ${nth}`);
}

/** The twin as it was at the moment of the fork. */
async function foldAt(work: ForkWork): Promise<CityFold> {
  const { city, directory, durable, order, progress } = work;
  const at = order.at ?? Number.POSITIVE_INFINITY;
  const { fold, position } = await startOf(work, at);
  const input = new RecordInput(city);
  const follower = new LogFollower(nodeFiles, join(directory, LOG_FOLDER), position);
  let read = 0;
  for await (const record of follower.read(durable)) {
    const receipt = order.at === null ? null : (receiptOf(record) ?? order.at);
    if (order.at !== null && receipt !== null && receipt > order.at) {
      if (fold.begunAt === Number.POSITIVE_INFINITY)
        throw new RangeError(
          `the log knows nothing of ${formatTime(order.at)}: it begins at ${formatTime(receipt)}`,
        );
      break;
    }
    input.take(fold, record);
    fold.take();
    if (++read % RECORDS_PER_TURN !== 0) continue;
    progress((REACHED * (record.position - position)) / Math.max(1, durable - position));
    await nextTurn();
  }
  if (fold.begunAt === Number.POSITIVE_INFINITY) throw new RangeError("the log is empty");
  return fold;
}

/** The newest snapshot that does not lie behind the moment, or the beginning of the log. */
async function startOf({ city, policies, directory, durable }: ForkWork, at: number) {
  const snapshots = new SnapshotFiles(join(directory, "snapshots"), nodeFiles);
  const archive = new SnapshotArchive(join(directory, ARCHIVE_FOLDER), nodeFiles);
  const { registryHash } = new ColumnsCodec(city);
  const fold = foldOf(city, { early: true, policies });
  const goOnFrom = (snapshot: Snapshot) => {
    fold.restore(foldIn(snapshot));
    return { fold, position: snapshot.position };
  };
  let { snapshot } = await snapshots.newest(durable, registryHash, RULE_STAMPS);
  while (snapshot !== null) {
    if ((foldIn(snapshot).clock.now ?? Number.NEGATIVE_INFINITY) <= at) return goOnFrom(snapshot);
    ({ snapshot } = await snapshots.newest(snapshot.position - 1, registryHash, RULE_STAMPS));
  }
  const old = await archive.newest(at, durable, registryHash, RULE_STAMPS);
  return old === null ? { fold, position: 0 } : goOnFrom(old);
}
