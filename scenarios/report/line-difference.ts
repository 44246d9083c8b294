/** Two texts line by line: what is gone (-), what is new (+), with some lines around. */

const AROUND = 2;

/** Empty = they are the same. `-` lines stand in `before` alone, `+` lines in `after` alone, `…` for what is left out. */
export function lineDifference(before: string, after: string): string[] {
  if (before === after) return [];
  const rows = compared(before.split("\n"), after.split("\n"));
  const near = (i: number) =>
    rows.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ sign }) => sign !== " ");
  const lines: string[] = [];
  rows.forEach(({ sign, text }, i) => {
    if (near(i)) lines.push(`${sign} ${text}`);
    else if (lines.at(-1) !== "…") lines.push("…");
  });
  return lines;
}

interface Row {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** By the longest common subsequence of what is left between the same beginning and the same end. */
function compared(before: readonly string[], after: readonly string[]): Row[] {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let [endA, endB] = [before.length, after.length];
  while (endA > from && endB > from && before[endA - 1] === after[endB - 1]) {
    endA--;
    endB--;
  }
  const same = (text: string): Row => ({ sign: " ", text });
  return [
    ...before.slice(0, from).map(same),
    ...middle(before.slice(from, endA), after.slice(from, endB)),
    ...before.slice(endA).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): Row[] {
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      longest[a * width + b] =
        before[a] === after[b]
          ? longest[(a + 1) * width + b + 1]! + 1
          : Math.max(longest[(a + 1) * width + b]!, longest[a * width + b + 1]!);
    }
  }
  const rows: Row[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      rows.push({ sign: " ", text: before[a]! });
      a++;
      b++;
    } else if (
      b >= after.length ||
      (a < before.length && longest[(a + 1) * width + b]! >= longest[a * width + b + 1]!)
    ) {
      rows.push({ sign: "-", text: before[a]! });
      a++;
    } else {
      rows.push({ sign: "+", text: after[b]! });
      b++;
    }
  }
  return rows;
}
