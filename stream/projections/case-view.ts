/** Cases as the docket shows them (CONTRACT §5, `/v1/cases`). */

import { alertId, type Episode } from "../../twin/alerts/episode.ts";
import { allowedCommands, type Case, type CaseChange, type CommandName, type Role } from "../../twin/case.ts";
import { statutoryClocks } from "../../twin/case-clocks.ts";
import { holdOf } from "../../twin/case-hold.ts";
import { isDueProvisional } from "../../twin/case-provisional.ts";
import type { City } from "../../twin/city/city.ts";
import { CASE_COMMANDS, ROLES } from "../../twin/events/public-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import type { DeskState } from "../alert-desk.ts";
import type { CityFold } from "../fold.ts";
import type { CaseView } from "../server/answers.ts";

/** The case with its steps, its alerts and what may be commanded now: by these roles, by default by anybody. */
export function caseView(
  city: City,
  one: Case,
  desk: Pick<DeskState, "episodes">,
  policies: PolicyBook,
  roles: readonly Role[] = ROLES,
): CaseView {
  const { cases } = policies.named(one.policy);
  const { until, reason } = holdOf(one);
  return {
    case: one.id,
    kitchen: city.kitchens[one.kitchen]?.id ?? null,
    code: one.code,
    policy: one.policy,
    asset: one.asset,
    level: one.level,
    state: one.state,
    openedAt: formatTime(one.openedAt),
    changedAt: formatTime(one.since),
    due: one.due === null ? null : formatTime(one.due),
    dueProvisional: isDueProvisional(one, cases),
    owner: one.owner,
    lead: one.lead,
    exercise: one.exercise,
    alerts: alertsOf(one, desk),
    allowed: allowedTo(roles, one, policies),
    clocks: statutoryClocks(one, cases, graveSince(one, desk)).map(({ clock, due, basis }) => ({
      clock,
      due: formatTime(due),
      basis,
    })),
    hold: { until: until === null ? null : formatTime(until), reason },
    steps: one.history.map(stepView),
  };
}

/** What the case could accept now from any of these roles, given what each command must bring. */
export function allowedTo(roles: readonly Role[], one: Case, policies: PolicyBook): CommandName[] {
  const { cases } = policies.named(one.policy);
  const allowed = new Set(roles.flatMap((role) => allowedCommands(one, role, cases)));
  return CASE_COMMANDS.filter((command) => allowed.has(command));
}

function stepView(step: CaseChange): CaseView["steps"][number] {
  const { time, from, to, actor, role, reason, what } = step;
  return {
    time: formatTime(time),
    from,
    to,
    actor,
    role,
    reason,
    what,
    evidence: [...step.evidence],
    evidenceHash: step.evidenceHash ?? null,
    decision: step.decision ?? null,
    inspectors: step.inspectors === undefined ? null : [...step.inspectors],
  };
}

/** Since when its alert has been L1; `null` = it is not. */
function graveSince(one: Case, { episodes }: Pick<DeskState, "episodes">): number | null {
  const episode = Object.values(episodes).find((each) => each.case === one.id);
  return episode?.level === "L1" ? episode.levelAt : null;
}

/** Every episode since the case was opened, by its deterministic id. */
function alertsOf(one: Case, desk: Pick<DeskState, "episodes">): string[] {
  const newest = Object.values(desk.episodes).find((episode: Episode) => episode.case === one.id);
  if (newest === undefined) return [one.alert];
  const alerts: string[] = [];
  for (let number = newest.caseSince; number <= newest.number; number++)
    alerts.push(alertId(newest.key, number));
  return alerts;
}

/** All cases, by id. */
export function casesOf(city: City, fold: CityFold): CaseView[] {
  const desks: DeskState[] = [fold.stage.desk, ...city.kitchens.map((_, index) => fold.kitchen(index))];
  return desks
    .flatMap((desk) => Object.values(desk.cases).map((one) => caseView(city, one, desk, fold.policies)))
    .sort((a, b) => (a.case < b.case ? -1 : 1));
}
