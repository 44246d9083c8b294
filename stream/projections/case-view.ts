/** Cases as the docket shows them (CONTRACT §5, `/v1/cases`). */
import type { Case } from "../../twin/case.ts";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";

export interface CaseView {
  readonly case: string;
  readonly alert: string;
  readonly kitchen: string | null;
  readonly code: string;
  readonly asset: string | null;
  readonly level: Case["level"];
  readonly state: Case["state"];
  readonly openedAt: string;
  readonly due: string | null;
  readonly dueKind: Case["dueKind"];
  readonly owner: Case["owner"];
  readonly escalations: number;
  readonly lead: boolean;
}

export function caseView(city: City, one: Case): CaseView {
  return {
    case: one.id,
    alert: one.alert,
    kitchen: city.kitchens[one.kitchen]?.id ?? null,
    code: one.code,
    asset: one.asset,
    level: one.level,
    state: one.state,
    openedAt: formatTime(one.openedAt),
    due: one.due === null ? null : formatTime(one.due),
    dueKind: one.dueKind,
    owner: one.owner,
    escalations: one.escalations,
    lead: one.lead,
  };
}

/** All cases, by id. */
export function casesOf(city: City, fold: CityFold): CaseView[] {
  const cases = Object.values(fold.stage.desk.cases);
  for (let index = 0; index < city.kitchens.length; index++)
    cases.push(...Object.values(fold.kitchen(index).cases));
  return cases.map((one) => caseView(city, one)).sort((a, b) => (a.case < b.case ? -1 : 1));
}
