/**
 * The packs of one city in order of time: which one is valid at a moment of event time, and which one a case was opened
 * under. What lies before the first or after the last is judged by the nearest: a log may be older than any pack.
 */
import { hashHex } from "../kernel/hash.ts";
import { parseDate, startOfShanghaiDay } from "../kernel/time.ts";
import { ORDOS_2026, type PolicyPack, policyName } from "./policy-pack.ts";

/** A pack in force: from `from` (ms since epoch) until the next one's. */
export interface PolicyEra {
  readonly from: number;
  readonly name: string;
  readonly pack: PolicyPack;
}

/** A pack in force as a snapshot names it: `hash` changes with anything it decides. */
export interface PolicyStamp {
  readonly policy: string;
  readonly hash: string;
  /** First moment, ms since epoch; `null` = the first of all. */
  readonly from: number | null;
}

export class PolicyBook {
  /** In order of time; the first begins at -Infinity. */
  readonly eras: readonly PolicyEra[];
  readonly #byName: ReadonlyMap<string, PolicyPack>;

  /**
   * `packs`: as `parsePolicies` found them good; `then`: what is in force from one moment on instead of theirs, for a try-out.
   * Throws a RangeError if there are none.
   */
  constructor(
    packs: readonly PolicyPack[],
    then: { readonly from: number; readonly pack: PolicyPack } | null = null,
  ) {
    if (packs.length === 0) throw new RangeError("Cannot keep a policy book: it needs a pack");
    const sorted = [...packs].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    const eras = sorted.map((pack, i) => ({
      from: i === 0 ? Number.NEGATIVE_INFINITY : startOfShanghaiDay(parseDate(pack.validFrom)),
      name: policyName(pack),
      pack,
    }));
    this.eras =
      then === null
        ? eras
        : [...eras.filter(({ from }) => from < then.from), { ...then, name: policyName(then.pack) }];
    this.#byName = new Map(this.eras.map(({ name, pack }) => [name, pack]));
  }

  /** Index of the era of a moment. */
  indexAt(time: number): number {
    let index = this.eras.length - 1;
    while (index > 0 && time < this.eras[index]!.from) index--;
    return index;
  }

  at(time: number): PolicyEra {
    return this.eras[this.indexAt(time)]!;
  }

  /** The pack of this `name@version`. Throws a RangeError if the book has none. */
  named(name: string): PolicyPack {
    const pack = this.#byName.get(name);
    if (pack === undefined)
      throw new RangeError(`Cannot find policy ${name}: there are ${[...this.#byName.keys()].join(", ")}`);
    return pack;
  }

  /**
   * Why a state folded up to `time` under packs of these stamps cannot go on under this book; `null` = it can. Packs that
   * begin later make no difference.
   */
  refusal(stamps: readonly PolicyStamp[], time: number): string | null {
    const own = this.stampsUpTo(time);
    if (JSON.stringify(own) === JSON.stringify(stamps)) return null;
    return (
      `These data were folded under ${shown(stamps)}, not ${shown(own)}: a pack that was in force may neither change nor go; ` +
      `add one that is valid from a later day, or use other data`
    );
  }

  /** The packs in force up to a moment: two books whose stamps agree judge everything up to it alike. */
  stampsUpTo(time: number): PolicyStamp[] {
    return this.eras
      .filter(({ from }, i) => i === 0 || from <= time)
      .map(({ from, name, pack }) => ({
        policy: name,
        hash: hashOf(pack),
        from: from === Number.NEGATIVE_INFINITY ? null : from,
      }));
  }
}

function shown(stamps: readonly PolicyStamp[]): string {
  return stamps.map(({ policy, hash }) => `${policy} (${hash})`).join(", ");
}

/** Of what the pack decides, not of the dates: a successor may still set the end of its validity. */
function hashOf({ cases, rules, duties, disabled }: PolicyPack): string {
  return hashHex(JSON.stringify(sorted({ cases, rules, duties, disabled })));
}

/** Fields in order of their names, so that a file written otherwise is the same pack. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The default: Ordos, from 2026 on. */
export const DEFAULT_POLICIES = new PolicyBook([ORDOS_2026]);
