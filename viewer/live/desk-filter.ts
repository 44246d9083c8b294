/** What the desk shows and in which order, as it stands in the address: every view of the docket is a link. */
import type { CaseState, Level } from "./wire-types.ts";

export const SORT_KEYS = ["level", "code", "kitchen", "place", "since", "due", "state", "owner"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const LEVELS: readonly Level[] = ["L1", "L2", "L3", "L4"];

/** `null`, empty = any. */
export interface DeskFilter {
  readonly levels: readonly Level[];
  readonly code: string | null;
  readonly banner: string | null;
  readonly office: string | null;
  readonly state: CaseState | null;
  /** Only what waits for the role that is signed in. */
  readonly mine: boolean;
  readonly overdue: boolean;
  readonly text: string;
  readonly sort: SortKey;
  /** The other way round. */
  readonly reversed: boolean;
}

export const ALL: DeskFilter = {
  levels: [],
  code: null,
  banner: null,
  office: null,
  state: null,
  mine: false,
  overdue: false,
  text: "",
  sort: "level",
  reversed: false,
};

/** States of cases that are not over, in the order of their life. */
export const OPEN_STATES: readonly CaseState[] = [
  "new",
  "verifying",
  "confirmed",
  "dispatched",
  "escalated",
  "acked",
  "rectifying",
  "submitted",
  "recheck",
  "filed",
  "decided",
  "no-penalty",
  "transferred",
  "appealed",
  "reopened",
];

/** Reads what it knows, and takes the rest for not said. */
export function filterOf(query: URLSearchParams): DeskFilter {
  const said = (name: string) => query.get(name) || null;
  const levels = (said("level") ?? "").split(",");
  return {
    levels: LEVELS.filter((level) => levels.includes(level)),
    code: said("code"),
    banner: said("banner"),
    office: said("office"),
    state: OPEN_STATES.find((state) => state === said("state")) ?? null,
    mine: query.has("mine"),
    overdue: query.has("overdue"),
    text: said("q") ?? "",
    sort: SORT_KEYS.find((key) => key === said("sort")) ?? ALL.sort,
    reversed: query.has("reversed"),
  };
}

/** Only what differs from "all": the shortest address that gives the same filter again. */
export function queryOf(filter: DeskFilter): URLSearchParams {
  const query = new URLSearchParams();
  const say = (name: string, value: string | null) =>
    value !== null && value !== "" && query.set(name, value);
  say("level", filter.levels.join(","));
  say("code", filter.code);
  say("banner", filter.banner);
  say("office", filter.office);
  say("state", filter.state);
  say("q", filter.text);
  if (filter.sort !== ALL.sort) query.set("sort", filter.sort);
  for (const flag of ["mine", "overdue", "reversed"] as const) if (filter[flag]) query.set(flag, "1");
  return query;
}
