/** The table of the plan's obligations: every number once, every file there, and "not yet" said where nothing is. */
import type { Violation } from "./source-tree.ts";

export const OBLIGATIONS = "twin/OBLIGATIONS.md";
export const OBLIGATIONS_COUNT = 65;
const NOT_YET = "not yet";

interface Row {
  readonly line: number;
  readonly number: number;
  readonly doneBy: string;
  readonly drivenBy: string;
}

export function obligationFaults(text: string, exists: (path: string) => boolean): Violation[] {
  const rows = rowsIn(text);
  const faults: Violation[] = [];
  const fault = (line: number, message: string) => faults.push({ path: OBLIGATIONS, line, message });
  for (let number = 1; number <= OBLIGATIONS_COUNT; number++) {
    const count = rows.filter((row) => row.number === number).length;
    if (count !== 1) fault(1, `has ${count} rows of obligation ${number}, wanted one`);
  }
  for (const row of rows) {
    if (row.number > OBLIGATIONS_COUNT) fault(row.line, `has an obligation ${row.number}: the plan has none`);
    const [code, tests] = [filesIn(row.doneBy), filesIn(row.drivenBy)];
    for (const path of [...code, ...tests])
      if (!exists(path)) fault(row.line, `names ${path}, which is not there`);
    if (row.doneBy === NOT_YET && row.drivenBy === NOT_YET) continue;
    if (code.length === 0) fault(row.line, `names no file that does it, nor says "${NOT_YET}"`);
    if (!tests.some(isDriven)) fault(row.line, `names no test that drives it, nor says "${NOT_YET}"`);
  }
  return faults;
}

function rowsIn(text: string): Row[] {
  return text.split("\n").flatMap((content, index) => {
    const cells = content.split("|").map((cell) => cell.trim());
    const number = Number(cells[1]);
    if (cells.length < 7 || !Number.isInteger(number) || number < 1) return [];
    const [doneBy = "", drivenBy = ""] = cells.slice(3);
    return [{ line: index + 1, number, doneBy, drivenBy }];
  });
}

function filesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

function isDriven(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
