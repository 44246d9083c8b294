import type { City } from "../../twin/city/city.ts";
import { componentOf } from "../../twin/food-safety-index/index-fact.ts";
import type { KitchenIndex } from "../live/wire-types.ts";
import type { StubAlerts } from "./stub-alerts.ts";

/** A made-up index: each alert of the kitchen takes something off; every seventh kitchen is heard too little. */
export function stubIndex(city: City, kitchen: number, alerts: StubAlerts): KitchenIndex {
  const reasons = alerts.of(city.kitchens[kitchen]!.id).map(({ code, level, case: about, raisedAt }) => ({
    component: componentOf(code, level) ?? ("process" as const),
    code,
    level,
    about,
    points: { L1: 24, L2: 12, L3: 5.5, L4: 1.2 }[level],
    since: raisedAt,
  }));
  const index = 93.4 - reasons.reduce((sum, { points }) => sum + points, 0);
  const standing = kitchen % 7 === 0 ? "insufficient" : kitchen % 11 === 0 ? "not-rated" : "rated";
  return {
    index: standing === "not-rated" ? null : Math.round(index * 10) / 10,
    standing,
    version: "1",
    reasons,
    risk: { grade: "B", static: 18, dynamic: 20 },
    nextInspection: "2027-01-12T00:00:00.000+08:00",
  };
}
