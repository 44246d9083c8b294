/** What the twin said, alert by alert: when it rang at which level, until when it stood, and when its case was closed. */
import type { Output } from "../../stream/output.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { keyOf } from "./incident.ts";

export interface Ring {
  readonly level: Level;
  /** Event time, ms since epoch. */
  readonly time: number;
}

export interface AlertLife {
  readonly id: string;
  readonly case: string;
  readonly code: string;
  readonly kitchen: string | null;
  readonly asset: string | null;
  readonly key: string;
  /** The raise and each rise, in order; none = it never rang (suppressed). */
  readonly rings: readonly Ring[];
  /** ms since epoch; Infinity = it stands. */
  readonly resolvedAt: number;
}

type Growing = Omit<AlertLife, "rings" | "resolvedAt"> & { rings: Ring[]; resolvedAt: number };

export class AlertLives {
  readonly #alerts = new Map<string, Growing>();
  /** Case -> when it was closed last, ms since epoch; gone when it was reopened. */
  readonly #closed = new Map<string, number>();

  hear(output: Output): void {
    const { type, data, time } = output;
    if (type === "warmcity.case.changed") {
      if (data.to === "closed" || data.to === "false") this.#closed.set(data.case, time);
      else if (data.to === "reopened") this.#closed.delete(data.case);
      return;
    }
    if (!("raisedAt" in data)) return;
    const life = this.#lifeOf(data);
    switch (type) {
      case "warmcity.alert.raised":
      case "warmcity.alert.level-changed":
        life.rings.push({ level: data.level, time: parseTime(data.levelAt) });
        break;
      case "warmcity.alert.resolved":
        life.resolvedAt = time;
        break;
      default:
        break;
    }
  }

  #lifeOf({ alert, case: ofCase, code, kitchen, asset }: Alert): Growing {
    const known = this.#alerts.get(alert);
    if (known !== undefined) return known;
    const key = keyOf(code, kitchen, asset);
    const rings: Ring[] = [];
    const life = {
      id: alert,
      case: ofCase,
      code,
      kitchen,
      asset,
      key,
      rings,
      resolvedAt: Number.POSITIVE_INFINITY,
    };
    this.#alerts.set(alert, life);
    return life;
  }

  /** In the order of their first words. */
  get alerts(): readonly AlertLife[] {
    return [...this.#alerts.values()];
  }

  /** When a case was closed, ms since epoch; `null` = it is not. */
  closedAt(id: string): number | null {
    return this.#closed.get(id) ?? null;
  }
}
