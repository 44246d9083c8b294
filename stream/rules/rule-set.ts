/** The rules in force, indexed by what they read. */
import type { EventType } from "../../twin/events/event.ts";
import type { FindingKind } from "../detectors/finding.ts";
import type { Rule } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

export class RuleSet {
  readonly rules: readonly Rule[];
  readonly byCode: ReadonlyMap<string, Rule>;
  readonly #byEvent = new Map<EventType, Rule[]>();
  readonly #byFinding = new Map<FindingKind, Rule[]>();

  /** Throws a RangeError when two rules have one code. */
  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    this.byCode = new Map(rules.map((rule) => [rule.code, rule]));
    if (this.byCode.size !== rules.length) throw new RangeError("Cannot index rules: a code occurs twice");
    for (const rule of rules) {
      for (const type of rule.events) append(this.#byEvent, type, rule);
      for (const kind of rule.findings) append(this.#byFinding, kind, rule);
    }
  }

  /** The rules that read this input, in catalogue order. */
  readersOf(input: RuleInput): readonly Rule[] {
    const readers =
      input.kind === "event" ? this.#byEvent.get(input.event.type) : this.#byFinding.get(input.kind);
    return readers ?? [];
  }

  /** Whether any rule reads findings of this kind. */
  readsFinding(kind: FindingKind): boolean {
    return this.#byFinding.has(kind);
  }

  /** Whether any rule reads events of this type. */
  reads(type: EventType): boolean {
    return this.#byEvent.has(type);
  }
}

function append<K>(map: Map<K, Rule[]>, key: K, rule: Rule): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [rule]);
  else list.push(rule);
}
