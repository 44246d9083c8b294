/** What is wrong with an input, where, and what would be right: the one shape of every refusal (RFC 6901 pointers). */
export interface Fault {
  /** JSON pointer into the refused document; "" is the whole of it. */
  readonly pointer: string;
  /** A sentence: what is wrong and what would be right. */
  readonly reason: string;
}

/** Escapes one reference token of a JSON pointer (RFC 6901 §3). */
export function pointerToken(token: string | number): string {
  return String(token).replaceAll("~", "~0").replaceAll("/", "~1");
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };
