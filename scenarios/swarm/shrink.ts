/** Makes a plan that fails smaller: fewer faults, fewer messages, as long as something is still broken. */
import type { Plan } from "./fault-plan.ts";
import { swarmCity } from "./swarm-city.ts";
import { runPlan, type Verdict } from "./swarm-run.ts";
import type { Plants } from "./swarm-trial.ts";

/** Runs that are spent on it. */
const RUNS_MAX = 40;

/** The smallest failing run that was found; the given one when none is smaller. */
export async function shrunk(failing: Verdict, plants: Plants = {}): Promise<Verdict> {
  let [smallest, runs] = [failing, 0];
  const attempt = async (plan: Plan): Promise<boolean> => {
    if (runs >= RUNS_MAX) return false;
    runs++;
    const verdict = await runPlan(plan, plants);
    if (verdict.broken.length > 0) smallest = verdict;
    return verdict.broken.length > 0;
  };
  for (let at = failing.plan.faults.length - 1; at >= 0; at--) {
    const { plan } = smallest;
    await attempt({ ...plan, faults: plan.faults.filter((_, i) => i !== at) });
  }
  const all = swarmCity(failing.plan.variant).messages.length;
  for (let messages = Math.floor(Math.min(all, smallest.plan.messages) / 2); messages > 0; ) {
    if (!(await attempt({ ...smallest.plan, messages }))) break;
    messages = Math.floor(messages / 2);
  }
  return smallest;
}
