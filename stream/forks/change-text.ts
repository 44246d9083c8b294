/**
 * A change as one types it: its JSON, or its kind and fields, `power-cut feeder=F-012 minutes=120`. Numbers, `null` and lists
 * (`lots=L7,L8`) are read as such; `by` and `id` make an area. What comes out is checked like any JSON.
 */
export function readChange(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return jsonOf(trimmed);
  const [kind = "", ...words] = trimmed.split(/\s+/);
  const change: Record<string, unknown> = { kind };
  const area: Record<string, unknown> = {};
  for (const word of words) {
    const [, field = word, value = ""] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    if (field === "by" || field === "id") area[field] = value;
    else change[field] = field === "lots" ? value.split(",") : readValue(field, value);
  }
  return Object.keys(area).length === 0 ? change : { ...change, area };
}

/** A text that is no JSON is no change: it is refused as what it is. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Names stay texts, whatever they look like. */
const NAMES: ReadonlySet<string> = new Set(["feeder", "device", "product", "banner", "pack"]);

function readValue(field: string, value: string): unknown {
  if (value === "null") return null;
  if (NAMES.has(field)) return value;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
