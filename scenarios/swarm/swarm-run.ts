/** A plan from its beginning to its verdict. */
import type { FilePort } from "../../stream/log/file-port.ts";
import { verifyLog } from "../../stream/log/verify.ts";
import { brokenIn } from "./aftermath.ts";
import type { Plan } from "./fault-plan.ts";
import { LOG, OUTPUTS } from "./host.ts";
import { OBSERVER } from "./life.ts";
import { type Plants, SwarmTrial, type TrialCounts } from "./swarm-trial.ts";

export interface Verdict {
  readonly plan: Plan;
  /** Broken invariants in words, the first one first; empty = all hold. */
  readonly broken: readonly string[];
  /** What happened, line by line. */
  readonly story: readonly string[];
  readonly counts: TrialCounts;
  /** Happenings, and the SHA-256 of the log's last block: two runs of one plan have the same. */
  readonly happened: number;
  readonly log: string;
  readonly events: number;
  readonly alerts: number;
  readonly notices: number;
  readonly repeatedNotices: number;
}

export async function runPlan(plan: Plan, plants: Plants = {}): Promise<Verdict> {
  const trial = new SwarmTrial(plan, plants);
  const host = await trial.run();
  const broken = [...trial.broken];
  let log = "";
  if (host !== null && broken.length === 0) {
    const { city } = trial.world;
    const port = trial.disk.portOf(OBSERVER);
    const lock = { isHeld: () => true, takenOver: false, token: "observer", release: async () => undefined };
    const files: FilePort = { ...port, lock: async () => lock };
    const outputLines = trial.disk
      .list(OUTPUTS)
      .flatMap((name) => (trial.disk.textOf(`${OUTPUTS}/${name}`) ?? "").split("\n").slice(0, -1));
    try {
      log = (await verifyLog(LOG, files)).sha256;
      broken.push(
        ...(await brokenIn({
          ...{ city, files, outputLines },
          noticeOf: (notification) => host.journal.get(notification),
          restPosition: trial.restPosition,
          acknowledged: trial.producers.acknowledged,
          commands: trial.person.done,
          readers: trial.readers,
          provider: trial.provider,
          balance: host.live.processor.balance,
        })),
      );
    } catch (error) {
      broken.push(`what is left cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    ...{ plan, broken },
    story: trial.story,
    ...{ counts: trial.counts, happened: trial.scheduler.happened, log },
    events: trial.producers.acknowledged.size,
    alerts: trial.readers[0]?.heard.length ?? 0,
    notices: trial.provider.told.size,
    repeatedNotices: trial.provider.repeats,
  };
}
