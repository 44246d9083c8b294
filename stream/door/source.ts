/** Who speaks: the listed forms of the CloudEvents attribute `source` (CONTRACT §2). */

export const SOURCE_FORMS = [
  "devices",
  "gateways",
  "kitchens",
  "persons",
  "systems",
  "platforms",
  "labs",
  "suppliers",
] as const;
export type SourceForm = (typeof SOURCE_FORMS)[number];

export interface Source {
  readonly form: SourceForm;
  /** What follows the form: a device id, a pseudonym, … */
  readonly id: string;
}

export const SOURCE_LENGTH_MAX = 300;

/** Whether the text has only characters that a URI reference may have unescaped, and none of `?#`. */
const PLAIN = /^[\p{L}\p{N}\-._~!$&'()*+,;=:@/%]+$/u;

/** `null` if the text is none of the forms. */
export function parseSource(text: string): Source | null {
  if (text.length > SOURCE_LENGTH_MAX || text.charCodeAt(0) !== 47) return null;
  const slash = text.indexOf("/", 1);
  if (slash < 0 || slash === text.length - 1) return null;
  const name = text.slice(1, slash);
  const form = SOURCE_FORMS.find((known) => known === name);
  if (form === undefined) return null;
  const id = text.slice(slash + 1);
  // Registered ids are looked up anyway; only free ones need the check.
  if (form !== "devices" && form !== "kitchens" && !PLAIN.test(id)) return null;
  return { form, id };
}
