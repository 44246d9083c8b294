/** The food-safety index, the risk and the lists as they are answered. */
import type { Principal } from "../../twin/authority/principal.ts";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { appealUntil, isShown, type MonthlyList } from "../../twin/lists/monthly-list.ts";
import { nextInspection, riskOf } from "../../twin/risk-grade.ts";
import type { CityFold } from "../fold.ts";
import { listId } from "../rating/list-office.ts";
import type { IndexView, ListView } from "../server/answers.ts";

export function indexView(city: City, fold: CityFold, kitchen: number): IndexView {
  const known = fold.rating.indexOf(kitchen);
  const own = known?.own ?? 100;
  const risk = riskOf(city.kitchens[kitchen]!, own);
  return {
    kitchen: city.kitchens[kitchen]!.id,
    index: known?.index ?? null,
    standing: known?.standing ?? "not-rated",
    own,
    version: fold.rating.version,
    reasons: (known?.reasons ?? []).map(({ component, points, fact }) => ({
      component,
      code: fact.code,
      level: fact.level,
      about: fact.about,
      points: Math.round(points * 10) / 10,
      since: formatTime(fact.at),
    })),
    risk,
    nextInspection: formatTime(nextInspection(risk.grade, fold.rating.inspectedAt(kitchen), fold.now)),
  };
}

/** The lists of a colour and month (`null` = the newest) for a principal; `null` = what the public sees. */
export function listViews(
  city: City,
  fold: CityFold,
  colour: string,
  month: string | null,
  principal: Principal | null,
): ListView[] {
  const ofColour = [...fold.rating.lists].filter((list) => list.colour === colour);
  const newest = ofColour
    .map((list) => list.month)
    .sort()
    .at(-1);
  return ofColour
    .filter(
      (list) => list.month === (month ?? newest) && (principal === null || seesList(principal, city, list)),
    )
    .map((list) => listView(city, fold, list, principal))
    .filter(({ state }) => principal !== null || state === "published");
}

export function listView(
  city: City,
  fold: CityFold,
  list: MonthlyList,
  principal: Principal | null,
): ListView {
  const until = appealUntil(list);
  return {
    list: listId(list),
    colour: list.colour,
    banner: list.banner,
    month: list.month,
    state: list.state,
    notifiedAt: list.notifiedAt === null ? null : formatTime(list.notifiedAt),
    appealUntil: until === null ? null : formatTime(until),
    publishedAt: list.publishedAt === null ? null : formatTime(list.publishedAt),
    entries: list.entries
      .filter((entry) => principal !== null || isShown(list, entry, recheckedAt(city, fold, entry), fold.now))
      .filter(
        (entry) => principal?.area.kind !== "kitchens" || principal.area.kitchens.includes(entry.kitchen),
      )
      .map(({ kitchen, type, index, ground, cases, standing, reason }) => ({
        kitchen,
        name: city.kitchens[city.kitchenIndex(kitchen)]?.name ?? kitchen,
        type,
        index,
        ground,
        cases: principal === null ? [] : [...cases],
        standing,
        reason: principal === null ? null : reason,
      })),
  };
}

function seesList({ area }: Principal, city: City, { banner, entries }: MonthlyList): boolean {
  if (area.kind === "city") return true;
  if (area.kind === "banner") return area.banner === banner;
  if (area.kind === "office")
    return city.kitchens.some((one) => one.office === area.office && one.banner === banner);
  return entries.some(({ kitchen }) => area.kitchens.includes(kitchen));
}

/** When the last of the cases that an entry stands for was closed; `null` while one is not. */
function recheckedAt(
  city: City,
  fold: CityFold,
  { kitchen, cases }: { readonly kitchen: string; readonly cases: readonly string[] },
): number | null {
  const known = fold.kitchen(city.kitchenIndex(kitchen)).cases;
  let last: number | null = null;
  for (const id of cases) {
    const one = known[id];
    if (one?.state !== "closed") return null;
    last = Math.max(last ?? one.since, one.since);
  }
  return last;
}
