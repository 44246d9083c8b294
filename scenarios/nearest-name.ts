/** What somebody may have meant: the name that the fewest changes of letters turn into. */

/** `null` = none is near. A name without its number, or its number alone, is near enough. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const part = names.find(
    (name) => name.split("-").includes(wanted) || name.slice(name.indexOf("-") + 1) === wanted,
  );
  if (part !== undefined) return part;
  const scored = names.map((name) => ({ name, changes: changesBetween(wanted, name) }));
  scored.sort((a, b) => a.changes - b.changes);
  const [best] = scored;
  return best !== undefined && best.changes <= Math.max(3, best.name.length / 2) ? best.name : null;
}

/** Letters to add, drop or replace (Levenshtein). */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
