/** A shadow beside a replay: the same lines a second time under other packs, and `shadow.json` of what differs. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { City } from "../../twin/city/city.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { Door } from "../door/door.ts";
import type { CityFold } from "../fold.ts";
import type { Output } from "../output.ts";
import { Replay } from "../replay.ts";
import { ShadowComparison } from "../shadow/shadow-comparison.ts";
import { shadowReportOf } from "../shadow/shadow-report-of.ts";
import { type ShadowRules, shadowFoldOf } from "../shadow/shadow-rules.ts";

export class ReplayShadow {
  readonly #policies: PolicyBook;
  readonly #rules: ShadowRules;
  readonly #fold: CityFold;
  readonly #door: Door;
  readonly #replay: Replay;
  readonly #comparison: ShadowComparison;

  /** `until`: as of the replay beside it. */
  constructor(city: City, policies: PolicyBook, rules: ShadowRules, until: number) {
    this.#policies = policies;
    this.#rules = rules;
    this.#fold = shadowFoldOf(city, { early: false, policies, rules });
    this.#door = new Door(city);
    this.#replay = new Replay(this.#fold, until);
    this.#comparison = new ShadowComparison(city);
  }

  /**
   * Takes a line, and what came of it live. It goes through a door of its own: the two folds share nothing that either could
   * change.
   */
  line(number: number, text: Parameters<Door["line"]>[0], live: readonly Output[]): void {
    this.#replay.line(number, this.#door.line(text));
    this.#compare(live);
    this.#comparison.advance(this.#fold.watermark);
  }

  /** The end of the file; `live`: what came last. */
  finish(live: readonly Output[]): void {
    this.#replay.finish();
    this.#compare(live);
  }

  #compare(live: readonly Output[]): void {
    for (const output of live) this.#comparison.hear("live", output);
    for (const output of this.#replay.take()) this.#comparison.hear("shadow", output);
  }

  /** Writes `shadow.json` into a folder that is there; `to` = the end of the replay. */
  async write(directory: string, to: number): Promise<void> {
    const compared = { policies: this.#policies, rules: this.#rules, comparison: this.#comparison, to };
    const text = JSON.stringify(shadowReportOf(compared, null), null, 2);
    await writeFile(join(directory, "shadow.json"), `${text}\n`);
  }
}
