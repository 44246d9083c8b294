/** `npm run model-check`: the machines walked through, held against their tables, and drawn. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { caseDiagram, kitchenDiagram } from "./model-check/diagrams.ts";
import { checkModels, reportText } from "./model-check/report.ts";

const USAGE = `Usage: npm run model-check [-- --out DIR]

Walks every state that cases and kitchens can reach, with all commands, roles, inputs and limits, and holds them against
the tables of DOMAIN §5: no dead end, no forbidden transition, a lawful limit wherever somebody has to act.

  --out DIR    write report.md and the diagrams case.mmd, kitchen.mmd (Mermaid) there; default: the report is printed
  --help       this text

Exit codes: 0 no fault, 1 faults found, 2 bad usage, or a file that cannot be written.`;

function main(argv: readonly string[]): number {
  let values: { readonly out?: string | undefined; readonly help?: boolean | undefined };
  try {
    const options = { out: { type: "string" }, help: { type: "boolean" } } as const;
    values = parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return complain(error);
  }
  if (values.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const report = checkModels((line) => process.stderr.write(`model-check: ${line}\n`));
  const text = reportText(report);
  if (values.out === undefined) process.stdout.write(text);
  else {
    try {
      mkdirSync(values.out, { recursive: true });
      writeFileSync(join(values.out, "report.md"), text);
      writeFileSync(join(values.out, "case.mmd"), caseDiagram());
      writeFileSync(join(values.out, "kitchen.mmd"), kitchenDiagram(report.regions));
    } catch (error) {
      return complain(error);
    }
  }
  for (const fault of report.faults) process.stderr.write(`model-check: ${fault}\n`);
  process.stderr.write(
    `model-check: ${report.faults.length === 0 ? "no fault" : `${report.faults.length} faults`}\n`,
  );
  return report.faults.length === 0 ? 0 : 1;
}

function complain(error: unknown): number {
  process.stderr.write(
    `model-check: ${error instanceof Error ? error.message : error}\nTry: npm run model-check -- --help\n`,
  );
  return 2;
}

process.exitCode = main(process.argv.slice(2));
