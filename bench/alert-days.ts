/** Alerts of many simulated days by code and day, beside what DOMAIN §7 expects of a workday. */
import type { Output } from "../stream/output.ts";
import type { Preset } from "../twin/city/sensor-profiles.ts";
import { isWorkday } from "../twin/kernel/calendar.ts";
import { formatDate, parseTime, shanghaiDay } from "../twin/kernel/time.ts";
import { EXPECTED } from "./alert-tally.ts";
import { cost, type Figure, type Note } from "./figure.ts";
import { median } from "./measure.ts";

const [CODE, CELL] = [5, 7];

export class AlertDays {
  readonly #firstDay: number;
  readonly #days: number;
  /** Code -> raised per day. */
  readonly #raised = new Map<string, number[]>();
  readonly #withdrawn = new Map<string, number>();
  readonly #suppressed = new Map<string, number>();

  /** `from`: event time of the first day, ms since epoch. */
  constructor(from: number, days: number) {
    this.#firstDay = shanghaiDay(from);
    this.#days = days;
  }

  /** An alert counts on the day on which it was raised; reminders that hold already at the start, on the first. */
  hear({ type, data }: Output): void {
    if (!("raisedAt" in data)) return;
    const { code } = data;
    if (type === "warmcity.alert.suppressed") add(this.#suppressed, code);
    if (type === "warmcity.alert.resolved" && data.reason === "withdrawn") add(this.#withdrawn, code);
    if (type !== "warmcity.alert.raised") return;
    const day = Math.max(0, shanghaiDay(parseTime(data.raisedAt)) - this.#firstDay);
    const days = this.#raised.get(code) ?? new Array<number>(this.#days + 1).fill(0);
    if (day < days.length) days[day]!++;
    this.#raised.set(code, days);
  }

  figures(name: string): Figure[] {
    return this.#codes().map((code) =>
      cost(`${name}.alerts.${code}`, this.#median(code, true), "raised on a workday (median)", null),
    );
  }

  /** The first day is left out of medians: what holds already when a run begins is raised on it. */
  summary(preset: Preset): Note {
    const rows = this.#codes().map((code) => {
      const days = this.#whole(code);
      const expected = Object.entries(EXPECTED).find(([codes]) => codes.split(",").includes(code));
      const [codes, volumes] = expected ?? ["", null];
      const total = (this.#raised.get(code) ?? []).reduce((sum, one) => sum + one, 0);
      const cells = [
        total,
        this.#median(code, true),
        this.#median(code, false),
        Math.min(...days),
        Math.max(...days),
        this.#suppressed.get(code) ?? 0,
        this.#withdrawn.get(code) ?? 0,
      ];
      const wanted = volumes === null ? "" : `${volumes[preset]}${codes === code ? "" : ` (${codes})`}`;
      return `${row(code, cells)}  ${wanted}`.trimEnd();
    });
    const head = ["all", "workday", "restday", "least", "most", "muted", "taken"];
    return {
      title: `alerts raised, ${preset}: in all; a day (medians, least, most; first day apart); muted; taken back; expected of a workday of all 11,266`,
      lines: [`${row("code", head)}  expected`, ...rows],
    };
  }

  byDay(): Note {
    const dates = Array.from({ length: this.#days }, (_, i) => formatDate(this.#firstDay + i).slice(8));
    const rows = this.#codes().map((code) =>
      row(code, (this.#raised.get(code) ?? []).slice(0, this.#days), 5),
    );
    return { title: "alerts raised by day of the month", lines: [row("code", dates, 5), ...rows] };
  }

  #codes(): string[] {
    return [...new Set([...this.#raised.keys(), ...this.#suppressed.keys()])].sort();
  }

  #whole(code: string): number[] {
    const days = this.#raised.get(code) ?? [];
    return this.#days > 1 ? days.slice(1, this.#days) : days.slice(0, 1);
  }

  #median(code: string, onWorkdays: boolean): number {
    const first = this.#firstDay + (this.#days > 1 ? 1 : 0);
    const days = this.#whole(code).filter((_, i) => isWorkday(first + i) === onWorkdays);
    return days.length === 0 ? 0 : median(days);
  }
}

function add(tally: Map<string, number>, code: string): void {
  tally.set(code, (tally.get(code) ?? 0) + 1);
}

function row(first: string, cells: readonly (string | number)[], width = CELL): string {
  return `${first.padEnd(CODE)}${cells.map((cell) => String(cell).padStart(width)).join("")}`;
}
