/**
 * Deep copy of plain JSON; several times faster than `structuredClone` on small states. Keys are asked for as a list: of
 * all ways that is the quickest where ordinals are keys, as in most states of rules.
 */
export function copyJson<T>(value: T): T;
export function copyJson(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const list: unknown[] = value.slice();
    for (let i = 0; i < list.length; i++) if (typeof list[i] === "object") list[i] = copyJson(list[i]);
    return list;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item: unknown = Reflect.get(value, key);
    copy[key] = typeof item === "object" && item !== null ? copyJson(item) : item;
  }
  return copy;
}
