/**
 * The life of one list: of one colour, banner and month (红黑榜, DOMAIN §6.3).
 *
 *   black: draft ─notify─> notified ─(5 working days to appeal, none open)─ sign (Q) ─> signed ─publish (C)─> published
 *   red:   draft ─────────────────────────────────────────────────────── sign (Q) ─> signed ─publish (C)─> published
 *
 * Two people of two authorities stand behind what is published. Every step is decided on the list as it stands and gives
 * the next one, or a refusal that says what is allowed. Plain JSON, replaced and never changed in place.
 */
import { workdayDeadline } from "../kernel/calendar.ts";
import { days } from "../kernel/time.ts";
import type { ListEntry } from "./list-candidate.ts";

export type ListColour = "red" | "black";
export const LIST_STATES = ["draft", "notified", "signed", "published"] as const;
export type ListState = (typeof LIST_STATES)[number];
export const LIST_COMMANDS = ["notify", "appeal", "uphold", "strike", "sign", "publish", "correct"] as const;
export type ListCommandName = (typeof LIST_COMMANDS)[number];
/** O the operator of a listed kitchen, Q the banner bureau, C the city bureau. */
export type ListRole = "O" | "Q" | "C";

export interface ListedKitchen extends ListEntry {
  /** `struck`: taken off after an appeal; `corrected`: after publication, because it was wrong. */
  readonly standing: "listed" | "appealed" | "struck" | "corrected";
  /** The last word on it: of the appeal, the answer or the correction. */
  readonly reason: string | null;
}

export interface MonthlyList {
  readonly colour: ListColour;
  readonly banner: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly state: ListState;
  /** ms since epoch; `null` before. */
  readonly notifiedAt: number | null;
  /** Who signed for the banner; who publishes must be another person. */
  readonly signedBy: string | null;
  readonly publishedAt: number | null;
  readonly entries: readonly ListedKitchen[];
}

export interface ListCommand {
  readonly command: ListCommandName;
  readonly role: ListRole;
  readonly actor: string;
  /** The kitchen of `appeal`, `uphold`, `strike`, `correct`. */
  readonly kitchen: string | null;
  readonly reason: string | null;
}

export interface ListRefusal {
  readonly refused: string;
  /** What this role could do now. */
  readonly allowed: readonly ListCommandName[];
}

const APPEAL_WORKDAYS = 5;

export function draftList(
  facts: Pick<MonthlyList, "colour" | "banner" | "month">,
  entries: readonly ListEntry[],
): MonthlyList {
  return {
    ...facts,
    state: "draft",
    notifiedAt: null,
    signedBy: null,
    publishedAt: null,
    entries: entries.map((entry) => ({ ...entry, standing: "listed", reason: null })),
  };
}

/** The moment from which a listed kitchen may no longer appeal, ms since epoch; `null` before the notice. */
export function appealUntil({ notifiedAt }: MonthlyList): number | null {
  return notifiedAt === null ? null : workdayDeadline(notifiedAt, APPEAL_WORKDAYS);
}

/** What a role could do at `now`, whatever the kitchen. */
export function allowedListCommands(list: MonthlyList, role: ListRole, now: number): ListCommandName[] {
  return LIST_COMMANDS.filter((command) => objection(list, { command, role }, now) === null);
}

export function stepList(
  list: MonthlyList,
  command: ListCommand,
  now: number,
): { readonly next: MonthlyList } | ListRefusal {
  const wrong = objection(list, command, now) ?? wrongKitchen(list, command) ?? wrongPerson(list, command);
  if (wrong !== null) return { refused: wrong, allowed: allowedListCommands(list, command.role, now) };
  return { next: obey(list, command, now) };
}

function obey(list: MonthlyList, { command, actor, kitchen, reason }: ListCommand, now: number): MonthlyList {
  switch (command) {
    case "notify":
      return { ...list, state: "notified", notifiedAt: now };
    case "sign":
      return { ...list, state: "signed", signedBy: actor };
    case "publish":
      return { ...list, state: "published", publishedAt: now };
    case "appeal":
      return withStanding(list, kitchen, "appealed", reason);
    case "uphold":
      return withStanding(list, kitchen, "listed", reason);
    case "strike":
      return withStanding(list, kitchen, "struck", reason);
    case "correct":
      return withStanding(list, kitchen, "corrected", reason);
  }
}

function withStanding(
  list: MonthlyList,
  kitchen: string | null,
  standing: ListedKitchen["standing"],
  reason: string | null,
): MonthlyList {
  const entries = list.entries.map((entry) =>
    entry.kitchen === kitchen ? { ...entry, standing, reason } : entry,
  );
  return { ...list, entries };
}

const WHO: Readonly<Record<ListCommandName, readonly ListRole[]>> = {
  notify: ["Q"],
  appeal: ["O"],
  uphold: ["Q"],
  strike: ["Q"],
  sign: ["Q"],
  publish: ["C"],
  correct: ["Q", "C"],
};

/** Why the command cannot be now, as a sentence; `null` = it can. */
function objection(
  list: MonthlyList,
  { command, role }: Pick<ListCommand, "command" | "role">,
  now: number,
): string | null {
  if (!WHO[command].includes(role))
    return `${role} may not ${command}: that is for ${WHO[command].join(" or ")}`;
  switch (command) {
    case "notify":
      if (list.colour === "red") return "Nobody is notified of a red list: it is signed at once";
      return inState(list, "draft");
    case "appeal": {
      const until = appealUntil(list);
      if (list.state !== "notified" || until === null)
        return `No appeal against a list that is ${list.state}`;
      return now >= until ? `The ${APPEAL_WORKDAYS} working days to appeal are over` : null;
    }
    case "uphold":
    case "strike":
      if (!list.entries.some(({ standing }) => standing === "appealed")) return "There is no open appeal";
      return inState(list, "notified");
    case "sign":
      return cannotSign(list, now);
    case "publish":
      return inState(list, "signed");
    case "correct":
      return inState(list, "published");
  }
}

function cannotSign(list: MonthlyList, now: number): string | null {
  if (list.colour === "red") return inState(list, "draft");
  const until = appealUntil(list);
  if (until === null) return "The kitchens must be notified first";
  if (list.entries.some(({ standing }) => standing === "appealed")) return "An appeal is still open";
  if (now < until) return `The ${APPEAL_WORKDAYS} working days to appeal are not over`;
  return inState(list, "notified");
}

function inState(list: MonthlyList, wanted: ListState): string | null {
  return list.state === wanted ? null : `The list is ${list.state}, not ${wanted}`;
}

function wrongKitchen(list: MonthlyList, { command, kitchen }: ListCommand): string | null {
  if (command === "notify" || command === "sign" || command === "publish") return null;
  const entry = list.entries.find((one) => one.kitchen === kitchen);
  if (entry === undefined) return `Kitchen "${kitchen}" is not on this list`;
  const wanted = command === "uphold" || command === "strike" ? "appealed" : "listed";
  return entry.standing === wanted ? null : `Kitchen "${kitchen}" is ${entry.standing}, not ${wanted}`;
}

function wrongPerson(list: MonthlyList, { command, actor }: ListCommand): string | null {
  return command === "publish" && actor === list.signedBy ? "Who signed the list may not publish it" : null;
}

const OFF_AFTER_MS = days(30);
const OFF_AFTER_PENALTY_MS = days(90);

/**
 * Whether the public sees an entry at `now`. A black one stays until 30 d (after a penalty 90 d) have passed since
 * `recheckedAt`, when the recheck was passed; `null` = it was not passed yet.
 */
export function isShown(
  list: MonthlyList,
  entry: ListedKitchen,
  recheckedAt: number | null,
  now: number,
): boolean {
  if (list.state !== "published" || entry.standing !== "listed") return false;
  if (list.colour === "red" || recheckedAt === null) return true;
  return now < recheckedAt + (entry.ground === "penalty" ? OFF_AFTER_PENALTY_MS : OFF_AFTER_MS);
}
