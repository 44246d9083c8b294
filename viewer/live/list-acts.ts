/** What somebody may do with a monthly list, as the list's life has it (`twin/lists/monthly-list.ts`); the server has the last word. */
import type { ListedKitchen, ListOrder, MonthlyList, Session } from "./wire-types.ts";

export type ListAct = ListOrder["command"];
export type ListRole = ListOrder["role"];

/** The roles in which somebody can act: one's own; who runs the machine may act for the bureaus. */
export function listRolesOf(who: Session | null): ListRole[] {
  if (who === null) return [];
  if (who.role === "admin") return ["Q", "C"];
  return who.role === "O" || who.role === "Q" || who.role === "C" ? [who.role] : [];
}

/** With the whole list; `now`: event time, ms since epoch. */
export function listActsOf(list: MonthlyList, role: ListRole, now: number): ListAct[] {
  if (role === "C") return list.state === "signed" ? ["publish"] : [];
  if (role !== "Q") return [];
  if (list.colour === "red") return list.state === "draft" ? ["sign"] : [];
  if (list.state === "draft") return ["notify"];
  const isAppealed = list.entries.some(({ standing }) => standing === "appealed");
  const isTime = list.appealUntil !== null && now >= Date.parse(list.appealUntil);
  return list.state === "notified" && isTime && !isAppealed ? ["sign"] : [];
}

/** With one of its entries. */
export function entryActsOf(list: MonthlyList, entry: ListedKitchen, role: ListRole, now: number): ListAct[] {
  const isListed = entry.standing === "listed";
  if (role === "O") {
    const isTime = list.appealUntil !== null && now < Date.parse(list.appealUntil);
    return list.state === "notified" && isListed && isTime ? ["appeal"] : [];
  }
  if (list.state === "published") return isListed ? ["correct"] : [];
  return role === "Q" && list.state === "notified" && entry.standing === "appealed"
    ? ["uphold", "strike"]
    : [];
}
