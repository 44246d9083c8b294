/** A failed run in words: the one command that shows it again, its faults, and the first invariant that was broken. */
import { type Plan, wordsOf } from "./fault-plan.ts";
import type { Verdict } from "./swarm-run.ts";

/** Lines of what happened that are shown from the end. */
const STORY_LINES = 40;

/** `whole`: the plan of the seed, of which `verdict` may have kept a part. */
export function failureWords(whole: Plan, { plan, broken, story }: Verdict): string {
  const skipped = story.length > STORY_LINES ? [`  … ${story.length - STORY_LINES} lines before`] : [];
  return [
    `BROKEN: ${broken[0]}`,
    ...broken.slice(1, 4).map((words) => `        ${words}`),
    "",
    `again with: ${commandOf(whole, plan)}`,
    "",
    `faults (city ${plan.variant}, time ×${plan.speed}):`,
    ...plan.faults.map((fault) => `  ${wordsOf(fault)}`),
    "what happened:",
    ...skipped,
    ...story.slice(-STORY_LINES),
  ].join("\n");
}

export function commandOf(whole: Plan, plan: Plan): string {
  const kept = plan.faults.map((fault) => whole.faults.indexOf(fault));
  const keep = kept.length === whole.faults.length ? "" : ` --keep ${kept.join(",")}`;
  const messages = Number.isFinite(plan.messages) ? ` --messages ${plan.messages}` : "";
  return `npm run swarm -- --seed ${whole.seed}${keep}${messages}`;
}
