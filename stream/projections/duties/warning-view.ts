/** Warnings to the public: what is in force, and for bureaus what is drafted, over or withdrawn. */
import { formatTime } from "../../../twin/kernel/time.ts";
import type { Warning } from "../../duties/warnings.ts";
import type { CityFold } from "../../fold.ts";
import type { WarningView } from "../../server/city-duty-answers.ts";

/** Newest signature first; `onlyShown` = what is in force. */
export function warningViews(fold: CityFold, onlyShown: boolean): WarningView[] {
  const book = fold.duties.books.warnings;
  return [...book.keys]
    .map((name) => warningView(name, book.stateOf(name)?.warning ?? null, fold.now))
    .filter((view) => view !== null)
    .filter(({ state }) => !onlyShown || state === "in-force")
    .sort((a, b) => compare(b.signedAt ?? "", a.signedAt ?? "") || compare(a.warning, b.warning));
}

export function warningView(name: string, warning: Warning | null, now: number): WarningView | null {
  if (warning === null) return null;
  const { title, text, banners, until, signedAt } = warning;
  return {
    warning: name,
    title,
    text,
    banners: [...banners],
    until: formatTime(until),
    state: stateOf(warning, now),
    signedAt: signedAt === null ? null : formatTime(signedAt),
  };
}

function stateOf({ withdrawnAt, signedAt, until }: Warning, now: number): WarningView["state"] {
  if (withdrawnAt !== null) return "withdrawn";
  if (signedAt === null) return "drafted";
  return until <= now ? "over" : "in-force";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
