/**
 * Every state that a model can reach, by walking it: breadth first, so that the way to a state is a shortest one. A model
 * with endless states (times, histories) says by `key` which of them are the same; the first that was met stands for all.
 */

/** What a step does to the named states that people know: `new>verifying by system`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The role of a person, or `system`. */
  readonly by: string;
}

export interface Move<S> {
  /** `review-confirm by S`, `timer`. */
  readonly label: string;
  readonly to: S;
  /** The transitions on the way, in order; none where the named state stays. */
  readonly arrows: readonly Arrow[];
}

export interface Model<S> {
  readonly starts: readonly Move<S>[];
  key(state: S): string;
  moves(state: S): readonly Move<S>[];
}

export interface Reached<S> {
  readonly key: string;
  readonly state: S;
  /** How it was reached first; without a state before it, at the start. */
  readonly via: { readonly from: Reached<S> | null; readonly label: string };
  readonly moves: readonly Move<S>[];
}

/** All that is reached, by key. Throws a RangeError beyond `most` states: then the key tells apart what it should not. */
export function explore<S>(model: Model<S>, most: number): ReadonlyMap<string, Reached<S>> {
  const reached = new Map<string, Reached<S>>();
  const queue: { state: S; via: Reached<S>["via"] }[] = model.starts.map(({ label, to }) => ({
    state: to,
    via: { from: null, label },
  }));
  for (let at = 0; at < queue.length; at++) {
    const next = queue[at]!;
    const key = model.key(next.state);
    if (reached.has(key)) continue;
    if (reached.size >= most) throw new RangeError(`Cannot walk the model: more than ${most} states`);
    const node: Reached<S> = { key, ...next, moves: model.moves(next.state) };
    reached.set(key, node);
    for (const { label, to } of node.moves) {
      if (!reached.has(model.key(to))) queue.push({ state: to, via: { from: node, label } });
    }
  }
  return reached;
}

/** The steps that lead to a state, for whoever has to believe it. */
export function wayTo<S>(node: Reached<S>): string {
  const steps: string[] = [];
  for (let at: Reached<S> | null = node; at !== null; at = at.via.from) steps.unshift(at.via.label);
  return steps.join(", ");
}

/** The states from which no end can be reached any more. */
export function deadEnds<S>(
  reached: ReadonlyMap<string, Reached<S>>,
  model: Pick<Model<S>, "key">,
  isEnd: (state: S) => boolean,
): Reached<S>[] {
  const before = new Map<string, string[]>();
  for (const { key, moves } of reached.values()) {
    for (const { to } of moves) {
      const target = model.key(to);
      const known = before.get(target);
      if (known === undefined) before.set(target, [key]);
      else known.push(key);
    }
  }
  const leading = [...reached.values()].filter(({ state }) => isEnd(state)).map(({ key }) => key);
  const leads = new Set(leading);
  for (let key = leading.pop(); key !== undefined; key = leading.pop()) {
    for (const earlier of before.get(key) ?? []) {
      if (leads.has(earlier)) continue;
      leads.add(earlier);
      leading.push(earlier);
    }
  }
  return [...reached.values()].filter(({ key }) => !leads.has(key));
}

/** `from>to by` of all transitions that were met, each with the way to its first. */
export function arrowsMet<S>(
  reached: ReadonlyMap<string, Reached<S>>,
  starts: Model<S>["starts"],
): ReadonlyMap<string, string> {
  const met = new Map<string, string>();
  const meet = ({ label, arrows }: Move<S>, before: string) => {
    for (const arrow of arrows) {
      const name = arrowName(arrow);
      if (!met.has(name)) met.set(name, `${before}${label}`);
    }
  };
  for (const start of starts) meet(start, "");
  for (const node of reached.values()) for (const move of node.moves) meet(move, `${wayTo(node)}, `);
  return met;
}

export function arrowName({ from, to, by }: Arrow): string {
  return `${from}>${to} by ${by}`;
}
