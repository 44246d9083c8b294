/** Parts of a list that is held in memory: the key of the last item is where the next part begins. */
import type { Page, PageQuery } from "./city-port.ts";

export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, query: PageQuery): Page<T> {
  const after = query.after === null ? -1 : items.findIndex((item) => keyOf(item) === query.after);
  const part = items.slice(after + 1, after + 1 + query.limit);
  const last = part.at(-1);
  const isLast = after + 1 + part.length >= items.length;
  return { items: part, next: isLast || last === undefined ? null : keyOf(last) };
}
