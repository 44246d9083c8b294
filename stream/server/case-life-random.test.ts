/** Random people command random things over HTTP: no forbidden step is ever taken, and no step that was answered is lost. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { caseStates } from "../../twin/case.machine.ts";
import { CASE_COMMANDS } from "../../twin/events/public-events.ts";
import type { CaseView } from "./answers.ts";
import { CaseTrial, type Obeyed, PEOPLE, type Person, PHOTO } from "./case-trial.ts";

const RUNS = 8;
const COMMANDS_A_RUN = 30;

let trial: CaseTrial;
beforeAll(async () => {
  trial = await CaseTrial.open("2026-03-02 09:00");
});
afterAll(() => trial.close());

const arrows = new Set(
  Object.entries(caseStates).flatMap(([from, { on }]) =>
    Object.values(on).flatMap((edges) => [edges].flat().map(({ target }) => `${from} ${target ?? from}`)),
  ),
);
const NOTES: ReadonlySet<string> = new Set(["comment", "assign"]);
const people: readonly Person[] = Object.keys(PEOPLE).filter((id): id is Person => id in PEOPLE);
/** Who has it in his area; H sees it because the code is its business. */
const near: readonly Person[] = ["o-1", "s-1", "q-1", "s-2", "q-2", "c-1", "b-1", "h-1"];
const NEAR: ReadonlySet<Person> = new Set(near);

const act = fc.record({
  who: fc.constantFrom(...people),
  command: fc.constantFrom(...CASE_COMMANDS),
  reason: fc.constantFrom(null, "so"),
  evidence: fc.constantFrom<(typeof PHOTO | string)[]>([], [PHOTO], ["record-1"]),
  decision: fc.constantFrom(null, { kind: "penalty" as const, fine: 400_000 }, { kind: "none" as const }),
  inspectors: fc.constantFrom<string[] | null>(null, ["s-1"], ["s-1", "s-2"]),
  /** What the case takes now is drawn more often than chance would, and tried by one after the other. */
  apt: fc.boolean(),
  minutes: fc.constantFrom(0, 0, 0, 3, 200, 3_000),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Of the commands that move the case now, one that the act names by its place in the list. */
function triesOf({ command, who, apt }: Act, { allowed }: CaseView): (readonly [Person, Act["command"]])[] {
  const moves = allowed.filter((name) => !NOTES.has(name));
  const move = moves[CASE_COMMANDS.indexOf(command) % Math.max(1, moves.length)];
  return apt && move !== undefined ? near.map((person) => [person, move] as const) : [[who, command]];
}

function forbiddenIn({ steps }: CaseView): string[] {
  return steps.flatMap(({ from, to, what }, i) => {
    const before = steps[i - 1];
    if (from === null) return i === 0 && to === "new" ? [] : [`${what} opens`];
    const fits = from === before?.to && (from === to || arrows.has(`${from} ${to}`));
    return fits ? [] : [`${what}: ${from} to ${to} after ${before?.to}`];
  });
}

function holds(
  { who, command, reason, evidence }: Pick<Act, "who" | "command" | "reason" | "evidence">,
  before: CaseView,
  obeyed: Obeyed,
  after: CaseView,
): void {
  if (!NEAR.has(who)) expect(obeyed.status).toBe(404);
  if (obeyed.status !== 200) {
    expect(after).toEqual(before);
    if (obeyed.status === 409) expect(before.allowed).toEqual(expect.arrayContaining([...obeyed.allowed]));
    expect(obeyed.refused?.length).toBeGreaterThan(5);
    return;
  }
  expect(before.allowed).toContain(command);
  expect(after.steps.slice(0, before.steps.length)).toEqual(before.steps);
  const taken = after.steps.slice(before.steps.length).filter(({ role }) => role !== null);
  expect(taken.length).toBeGreaterThan(0);
  for (const step of taken) {
    expect(step).toMatchObject({ actor: who, role: PEOPLE[who][0], reason, evidence });
    expect(step.evidenceHash === null).toBe(evidence.length === 0);
  }
}

it("never takes a forbidden step, never loses one, over the watermark and a restart", async () => {
  let report = 0;
  const seen = new Set<string>();
  const lived: CaseView[] = [];
  const life = async (hazard: "pathogen" | undefined, acts: readonly Act[]) => {
    const id = await trial.failedTest(`R-${++report}`, hazard);
    for (const given of acts) {
      await trial.later(given.minutes);
      const { reason, evidence, decision, inspectors } = given;
      const before = await trial.view(id);
      for (const [who, command] of triesOf(given, before)) {
        const obeyed = await trial.act(who, id, command, { reason, evidence, decision, inspectors });
        const after = await trial.view(id);
        holds({ ...given, who, command }, before, obeyed, after);
        expect(forbiddenIn(after)).toEqual([]);
        seen.add(after.state);
        if (obeyed.status === 200) break;
      }
    }
    const last = await trial.view(id);
    await trial.later(11);
    const settled = await trial.view(id);
    expect(settled.steps.slice(0, last.steps.length)).toEqual(last.steps);
    lived.push(settled);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(undefined, "pathogen" as const),
      fc.array(act, { minLength: COMMANDS_A_RUN, maxLength: COMMANDS_A_RUN, size: "max" }),
      life,
    ),
    { numRuns: RUNS, endOnFailure: true, seed: 7 },
  );
  // The draw goes far enough to say something.
  expect(seen.size).toBeGreaterThan(9);
  await trial.city.restart();
  for (const known of lived) {
    const { steps } = await trial.view(known.case);
    expect(steps.slice(0, known.steps.length)).toEqual(known.steps);
    expect(forbiddenIn({ ...known, steps })).toEqual([]);
  }
});
