/** 物联在线巡查: what the integrator has to mend: the open cases of devices and lines (O*), what is due first on top. */
import type { Principal } from "../../../twin/authority/principal.ts";
import { seesSubject } from "../../../twin/authority/sight.ts";
import type { Case } from "../../../twin/case.ts";
import type { City } from "../../../twin/city/city.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { WorkOrder } from "../../server/duty-answers.ts";

const OVER: ReadonlySet<Case["state"]> = new Set(["closed", "false", "merged", "suppressed", "no-penalty"]);

export function workOrders(city: City, fold: CityFold, principal: Principal): WorkOrder[] {
  const desks = [fold.stage.desk, ...city.kitchens.map((_, index) => fold.kitchen(index))];
  return desks
    .flatMap(({ cases }) => Object.values(cases))
    .filter(({ code, state, exercise }) => /^O\d\d$/.test(code) && !OVER.has(state) && !exercise)
    .map((one) => orderOf(city, one, fold.now))
    .filter((order) => seesSubject(principal, city, order))
    .sort((a, b) => compare(a.due ?? "9", b.due ?? "9") || compare(a.case, b.case));
}

function orderOf(city: City, one: Case, now: number): WorkOrder {
  const kitchen = city.kitchens[one.kitchen];
  const device = one.asset === null ? -1 : city.deviceOrdinal(one.asset);
  return {
    case: one.id,
    code: one.code,
    level: one.level,
    state: one.state,
    asset: one.asset,
    device: city.devices[device]?.kind ?? null,
    kitchen: kitchen?.id ?? null,
    office: kitchen?.office ?? null,
    openedAt: formatTime(one.openedAt),
    due: one.due === null ? null : formatTime(one.due),
    overdue: one.due !== null && one.due <= now,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
