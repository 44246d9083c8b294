/** What the packs of a city make of its rules: the numbers of each rule and the codes that are off, by event time. */
import type { PolicyBook } from "../twin/policy/policy-book.ts";
import { NO_PARAMETERS, type RuleParameters } from "../twin/policy/rule-parameters.ts";
import type { Borders } from "./detectors/border.ts";
import type { Limit } from "./detectors/limit.ts";
import { SERIES_NUMBERS, type SeriesNumbers } from "./detectors/series-numbers.ts";
import { EraNumbers } from "./era-numbers.ts";
import { SKEW_NUMBERS, type SkewNumbers } from "./order/gateway-clocks.ts";

interface Numbered {
  readonly code: string;
  readonly parameters: RuleParameters;
  readonly limit?: ((parameters: RuleParameters) => readonly Limit[]) | null;
  readonly borders?: (parameters: RuleParameters) => readonly Borders[];
}

interface Era {
  readonly from: number;
  readonly parameters: ReadonlyMap<string, RuleParameters>;
  readonly off: ReadonlySet<string>;
}

export class PolicyInForce {
  readonly book: PolicyBook;
  readonly #eras: readonly Era[];
  readonly #rules: readonly Numbered[];

  /** `rules`: of kitchens and of the second stage; those of one code share their parameters. */
  constructor(book: PolicyBook, rules: readonly Numbered[]) {
    this.book = book;
    this.#rules = rules;
    this.#eras = book.eras.map(({ from, pack }) => {
      const parameters = new Map<string, RuleParameters>();
      for (const rule of rules) {
        const all = { ...parameters.get(rule.code), ...rule.parameters, ...pack.rules[rule.code] };
        parameters.set(rule.code, Object.freeze(all));
      }
      return { from, parameters, off: new Set(pack.disabled) };
    });
  }

  /** The numbers of the rule of this code at a moment of event time. */
  parametersOf(code: string, time: number): RuleParameters {
    return this.#eraAt(time).parameters.get(code) ?? NO_PARAMETERS;
  }

  /** What series of readings are watched by (O04), and clocks of gateways (O05): judged before any rule. */
  get series(): SeriesNumbers {
    return this.#numbersOf("O04", SERIES_NUMBERS);
  }

  get skew(): SkewNumbers {
    return this.#numbersOf("O05", SKEW_NUMBERS);
  }

  #numbersOf<P extends RuleParameters>(code: string, defaults: P): EraNumbers<P> {
    const numbersIn = ({ parameters }: Era): P => ({ ...defaults, ...parameters.get(code) });
    const [first, ...later] = this.#eras;
    return new EraNumbers(
      first === undefined ? defaults : numbersIn(first),
      later.map((era) => ({ from: era.from, numbers: numbersIn(era) })),
    );
  }

  /** Whether conditions of this code raise nothing then. */
  isOff(code: string, time: number): boolean {
    return this.#eraAt(time).off.has(code);
  }

  /** What `LimitBank` watches, each limit with the time from which it is valid. */
  get limits(): Limit[] {
    return this.#eras.flatMap(({ from, parameters }) =>
      this.#rules.flatMap(
        ({ code, limit }) =>
          limit?.(parameters.get(code) ?? NO_PARAMETERS).map((one) => ({ ...one, from })) ?? [],
      ),
    );
  }

  /** What `Crossings` follows for them, each with what takes its place under later packs. */
  get borders(): Borders[] {
    return this.#rules.flatMap(({ code, borders }) => {
      if (borders === undefined) return [];
      const [first, ...later] = this.#eras.map(({ from, parameters }) => ({
        from,
        all: borders(parameters.get(code) ?? NO_PARAMETERS),
      }));
      if (later.length === 0) return first!.all;
      return first!.all.map((one, i) => ({
        ...one,
        later: later.map(({ from, all }) => ({ from, borders: all[i]!.borders })),
      }));
    });
  }

  #eraAt(time: number): Era {
    return this.#eras.length === 1 ? this.#eras[0]! : this.#eras[this.book.indexAt(time)]!;
  }
}
