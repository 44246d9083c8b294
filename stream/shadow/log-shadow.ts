/**
 * A shadow on the log of the live city: folds the same records under the shadow rules, and holds what comes of them against
 * the outputs that stand on the log. It only reads; what people did in the live city's cases it takes as they did it.
 */
import type { City } from "../../twin/city/city.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import type { CityFold } from "../fold.ts";
import type { LogRecord } from "../log/log-reader.ts";
import { readOutput } from "../output.ts";
import { RecordInput } from "../record-input.ts";
import { RECORD_KINDS } from "../record-kind.ts";
import { ShadowComparison } from "./shadow-comparison.ts";
import type { ShadowReport } from "./shadow-report.ts";
import { shadowReportOf } from "./shadow-report-of.ts";
import { type ShadowRules, shadowFoldOf } from "./shadow-rules.ts";

const decoder = new TextDecoder();

export class LogShadow {
  readonly #fold: CityFold;
  readonly #rules: ShadowRules;
  readonly #comparison: ShadowComparison;
  readonly #input: RecordInput;

  constructor(city: City, policies: PolicyBook, rules: ShadowRules) {
    this.#fold = shadowFoldOf(city, { early: true, policies, rules });
    this.#rules = rules;
    this.#comparison = new ShadowComparison(city);
    this.#input = new RecordInput(city);
  }

  /** Event time that it has come to, ms since epoch; -Infinity before the first record. */
  get now(): number {
    return this.#fold.now;
  }

  report(banner: string | null): ShadowReport {
    const { policies, now: to } = this.#fold;
    return shadowReportOf({ policies, rules: this.#rules, comparison: this.#comparison, to }, banner);
  }

  /** Takes the next record of the log, from the first one on. */
  read(record: LogRecord): void {
    if (record.kind === RECORD_KINDS.output) {
      this.#comparison.hear("live", readOutput(decoder.decode(record.bytes)));
      return;
    }
    // The live outputs of a record stand behind it: only by now has all come that can be paired up to here.
    this.#comparison.advance(this.#fold.watermark);
    this.#input.take(this.#fold, record);
    for (const output of this.#fold.take()) this.#comparison.hear("shadow", output);
  }
}
