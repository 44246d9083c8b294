/** A score as a table that people read; the same columns in Markdown. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { brokenGates, percent } from "./gates.ts";
import type { CodeScore, Score } from "./score.ts";

const HEAD = [
  "code",
  "expected",
  "found",
  "covered",
  "missed",
  "unsure",
  "recall",
  "alerts",
  "extra",
  "twice",
  "false leads",
  "precision",
  "delay median",
  "p95",
  "closed",
  "closed after",
];

export function scoreTable(score: Score): string {
  const rows = [HEAD, ...score.codes.map(rowOf)];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
  );
  return [...lines, "", ...summary(score)].join("\n");
}

export function scoreMarkdown(score: Score): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [line(HEAD), line(HEAD.map(() => "---:")), ...score.codes.map((code) => line(rowOf(code)))];
  return [...table, "", ...summary(score).map((text) => `- ${text}`)].join("\n");
}

function rowOf(score: CodeScore): string[] {
  return [
    score.code,
    String(score.expected),
    String(score.found),
    String(score.covered),
    String(score.missed),
    String(score.unsure),
    percent(score.recall),
    String(score.alerts),
    String(score.extra),
    String(score.duplicates),
    String(score.falseLeads),
    percent(score.precision),
    span(score.delayMedianMs),
    span(score.delayP95Ms),
    String(score.closed),
    span(score.closeMedianMs),
  ];
}

/** `45 s`, `3.1 min`, `2.5 h`, `3.2 d`. */
export function span(ms: number | null): string {
  if (ms === null) return "n/a";
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`;
  if (ms < 2 * HOUR_MS) return `${(ms / MINUTE_MS).toFixed(1)} min`;
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${(ms / DAY_MS).toFixed(1)} d`;
}

function summary(score: Score): string[] {
  const broken = brokenGates(score);
  return [
    ...score.levels.map(
      ({ levels, expected, missed, recall }) =>
        `recall ${levels}: ${percent(recall)} (${expected - missed} of ${expected})`,
    ),
    `extra ${score.extra}, twice ${score.duplicates}`,
    `drift of ${score.bystanders} bystanders: ${score.bystanderDrift.toFixed(2)}`,
    broken.length === 0 ? "all gates hold" : `GATES BROKEN: ${broken.join("; ")}`,
  ];
}
