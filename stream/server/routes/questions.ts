/** How questions are put in query strings: pages, lists of choices, times. */
import { Type } from "@sinclair/typebox";
import { ALERT_CODES } from "../../../twin/alerts/alert-codes.ts";
import type { Principal } from "../../../twin/authority/principal.ts";
import { parseInstant } from "../../door/instant.ts";
import type { AlertFilter, Page, PageQuery } from "../city-port.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { Problem } from "../problem.ts";

const LIMIT = 100;

const choices = (description: string) =>
  Type.Optional(
    Type.String({ maxLength: 500, description: `${description} Several are separated by commas.` }),
  );
export const moment = (description: string) =>
  Type.Optional(Type.String({ format: "date-time", maxLength: 40, description }));

export const PAGE = {
  cursor: Type.Optional(Type.String({ maxLength: 500, description: "`next` of the page before." })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: LIMIT })),
};

export const ALERT_FILTER = {
  state: choices("firing, resolved, suppressed."),
  level: choices("L1 (gravest) to L4."),
  code: choices("T01, P07, …"),
  kitchen: Type.Optional(Type.String({ maxLength: 256 })),
  banner: choices("Six-digit division codes."),
  since: moment("Raised, or raised in level, at or after this time."),
};

export { choices };

export function pageQuery(query: { cursor?: string; limit?: number }): PageQuery {
  return { after: decodeCursor(query.cursor), limit: query.limit ?? LIMIT };
}

/** A page as it is answered. */
export function pageAnswer<T>({ items, next }: Page<T>): { items: readonly T[]; next: string | null } {
  return { items, next: encodeCursor(next) };
}

/** The choices of a comma list; `null` = all. Throws a Problem (400) for one that is not among `known`. */
export function choicesIn(
  text: string | undefined,
  name: string,
  known: readonly string[] | null = null,
): string[] | null {
  if (text === undefined || text === "") return null;
  const chosen = text.split(",").map((choice) => choice.trim());
  const unknown = known === null ? undefined : chosen.find((choice) => !known.includes(choice));
  if (unknown !== undefined) {
    const faults = [
      { pointer: `/${name}`, reason: `is "${unknown}"; expected some of ${known?.join(", ")}` },
    ];
    throw new Problem(400, `\`${name}\` is "${unknown}"; expected some of ${known?.join(", ")}`, {
      members: { faults },
    });
  }
  return chosen;
}

/** ms since epoch; `null` if absent. The schema has proven the text. */
export function momentIn(text: string | undefined): number | null {
  return text === undefined ? null : parseInstant(text);
}

export function alertFilterIn(
  query: {
    state?: string;
    level?: string;
    code?: string;
    kitchen?: string;
    banner?: string;
    since?: string;
  },
  principal: Principal,
): AlertFilter {
  return {
    principal,
    states: choicesIn(query.state, "state", ["firing", "resolved", "suppressed"]),
    levels: choicesIn(query.level, "level", ["L1", "L2", "L3", "L4"]),
    codes: choicesIn(query.code, "code", ALERT_CODES),
    kitchen: query.kitchen ?? null,
    banners: choicesIn(query.banner, "banner"),
    since: momentIn(query.since),
  };
}
