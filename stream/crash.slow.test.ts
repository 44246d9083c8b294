/** Nothing is lost and nothing is repeated, wherever the power goes: against a run of the same steps that was never cut. */
import { afterAll, describe, expect, test } from "vitest";
import type { City } from "../twin/city/city.ts";
import { HOUR_MS, hours, minutes, parseTime } from "../twin/kernel/time.ts";
import { accountOf, type LogAccount, withoutPositions } from "./crash-account.ts";
import { CrashScript, type Step } from "./crash-script.ts";
import { CrashTrial, openTwin, type TrialCounts, type Twin, takeStep } from "./crash-trial.ts";
import { FaultyFiles } from "./log/faulty-files.ts";
import { verifyLog } from "./log/verify.ts";
import { hashOf } from "./outlets/replay-files.ts";
import { casesOf } from "./projections/case-view.ts";
import { kitchenView } from "./projections/kitchen-view.ts";

const USUAL = { duplicates: 0.01, loss: 0.003, reorder: 0.02 };
const BAD = { duplicates: 0.03, loss: 0.03, reorder: 0.15 };
/** Each script begins at another hour: a morning, an evening, over midnight, a night. */
const SCRIPTS = [
  { beginning: "06-02T09:40", network: USUAL },
  { beginning: "06-05T16:50", network: BAD },
  { beginning: "06-08T22:45", network: USUAL },
  { beginning: "06-10T04:30", network: BAD },
];
const LASTS_MS = minutes(110);
const RUNS_PER_SCRIPT = 3;
const KILLS_PER_RUN = 26;
const KILLS_MIN = 200;

/** What a run leaves behind. */
interface Left {
  readonly account: LogAccount;
  /** Of cases and kitchens, as `summary.json` of a replay has it. */
  readonly stateHash: string;
  /** Everything that the fold knows. */
  readonly state: unknown;
  readonly alerts: readonly string[];
  readonly history: string;
  readonly balance: Twin["processor"]["balance"];
}

async function leftBy(city: City, twin: Twin, from: number): Promise<Left> {
  const { fold, alerts, history, balance } = twin.processor;
  const texts = [
    ...casesOf(city, fold).map(withoutPositions),
    ...city.kitchens.map((_, index) => withoutPositions(kitchenView(city, fold, index, -1))),
  ];
  const series = await Promise.all(
    city.devices.map((_, device) => history.query(device, from - HOUR_MS, from + hours(4), minutes(5))),
  );
  return {
    account: accountOf(city, twin.log),
    stateHash: hashOf(texts),
    state: JSON.parse(withoutPositions({ ...fold.save(), counts: { ...fold.counts, duplicates: null } })),
    alerts: alerts.save().map(withoutPositions).sort(),
    history: hashOf(series.map((points) => JSON.stringify(points))),
    balance,
  };
}

interface Uninterrupted {
  readonly city: City;
  readonly from: number;
  readonly steps: readonly Step[];
  readonly left: Left;
  readonly bytes: number;
}

async function uninterrupted(index: number): Promise<Uninterrupted> {
  const { beginning, network } = SCRIPTS[index]!;
  const from = parseTime(`2026-${beginning}:00+08:00`);
  const script = new CrashScript({ seed: index + 1, from, until: from + LASTS_MS, network });
  const files = new FaultyFiles();
  const twin = await openTwin(script.city, files);
  const steps: Step[] = [];
  for (let some = script.next(twin.processor.fold); some !== null; some = script.next(twin.processor.fold)) {
    for (const step of some) takeStep(twin, step);
    steps.push(...some);
    await twin.processor.commit();
  }
  const left = await leftBy(script.city, twin, from);
  await twin.close();
  return { city: script.city, from, steps, left, bytes: files.bytesWritten };
}

/** What a log says must be what its processor counted. */
function expectBalanced({ account, balance }: Left): void {
  const { accepted, duplicates, rejected } = account;
  const received = accepted + duplicates + rejected;
  expect(balance).toMatchObject({ received, accepted, duplicates, rejected });
  expect(balance.processed + balance.late + balance.quarantined).toBe(accepted);
}

/** The same but for what a source that sends again adds to the counts. */
function expectSame(after: Left, left: Left): void {
  expect(after.account.twice).toEqual([]);
  expect([...after.account.identities].sort()).toEqual([...left.account.identities].sort());
  expect([...after.account.outputs].sort()).toEqual([...left.account.outputs].sort());
  expect(after.stateHash).toBe(left.stateHash);
  expect(after.state).toEqual(left.state);
  expect(after.alerts).toEqual(left.alerts);
  expect(after.history).toBe(left.history);
  expect(after.balance.duplicates).toBeGreaterThanOrEqual(left.balance.duplicates);
  expect(after.balance.rejected).toBeGreaterThanOrEqual(left.balance.rejected);
  expectBalanced(after);
}

const total: TrialCounts & { acknowledged: number; outputs: number } = {
  kills: 0,
  duringRecovery: 0,
  fromSnapshot: 0,
  torn: 0,
  remade: 0,
  snapshots: 0,
  acknowledged: 0,
  outputs: 0,
};

function addToTotal(counts: typeof total): void {
  for (const name of Object.keys(total)) {
    const key = name as keyof typeof total;
    total[key] += counts[key];
  }
}

afterAll(() => {
  const numbers = Object.entries(total).map(([name, count]) => `${name} ${count}`);
  console.log(`crashes of the processor: ${numbers.join(", ")}`);
});

describe("a processor whose machine loses power", () => {
  SCRIPTS.forEach(({ beginning }, index) => {
    test(`loses nothing and repeats nothing (from ${beginning})`, async () => {
      const { city, from, steps, left, bytes } = await uninterrupted(index);
      expect(left.account.twice).toEqual([]);
      expectBalanced(left);
      for (let run = 0; run < RUNS_PER_SCRIPT; run++) {
        const seed = 100 * index + run;
        const trial = new CrashTrial({ city, steps, seed, kills: KILLS_PER_RUN, bytes });
        const twin = await trial.run();
        const after = await leftBy(city, twin, from);
        await twin.close();
        expect(trial.faults).toEqual([]);
        expect([...trial.acknowledged].filter((id) => !after.account.identities.has(id))).toEqual([]);
        expect(trial.acknowledged.size).toBe(left.account.identities.size);
        expectSame(after, left);
        expect(await verifyLog("log", trial.files)).toMatchObject({ ok: true });
        addToTotal({
          ...trial.counts,
          acknowledged: trial.acknowledged.size,
          outputs: after.account.outputs.size,
        });
      }
    });
  });

  test("folds the whole log again to the same state without any snapshot", async () => {
    const { city, from, steps, left, bytes } = await uninterrupted(0);
    const trial = new CrashTrial({ city, steps, seed: 7, kills: 3, bytes });
    await (await trial.run()).close();
    for (const name of await trial.files.list("snapshots")) await trial.files.remove(`snapshots/${name}`);
    const twin = await openTwin(city, trial.files);
    expect(twin.recovery).toMatchObject({ from: 0, remade: 0, unexplained: 0 });
    expectSame(await leftBy(city, twin, from), left);
    await twin.close();
  });

  test(`was killed ${KILLS_MIN} times or more, in every way`, () => {
    expect(total.kills).toBeGreaterThanOrEqual(KILLS_MIN);
    expect(total.duringRecovery).toBeGreaterThan(0);
    expect(total.fromSnapshot).toBeGreaterThan(0);
    expect(total.fromSnapshot).toBeLessThan(total.kills);
    expect(total.torn).toBeGreaterThan(0);
    expect(total.remade).toBeGreaterThan(0);
    expect(total.snapshots).toBeGreaterThan(0);
  });
});
