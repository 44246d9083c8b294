/** What the comparison remembers of an alert that has rung. */
import type { Level } from "../../twin/events/fields.ts";
import type { Alert, Bilingual } from "../../twin/events/output-events.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import type { Span } from "./episode-pairs.ts";

/** Causes kept of each alert: what the examples show. */
const CAUSES = 3;

export interface RungAlert extends Span {
  /** Its id on its side. */
  readonly alert: string;
  readonly code: string;
  readonly kitchen: string | null;
  readonly asset: string | null;
  readonly level: Level;
  /** When it reached that level, ms since epoch. */
  readonly levelAt: number;
  readonly because: readonly Bilingual[];
}

export function rungAlertOf(alert: Alert): RungAlert {
  return {
    alert: alert.alert,
    code: alert.code,
    kitchen: alert.kitchen,
    asset: alert.asset,
    level: alert.level,
    raisedAt: parseTime(alert.raisedAt),
    levelAt: parseTime(alert.levelAt),
    endedAt: alert.resolvedAt === null ? null : parseTime(alert.resolvedAt),
    because: alert.because.slice(0, CAUSES).map(({ text, summary }) => text ?? { zh: summary, en: summary }),
  };
}
