/** `npm run verify -- --data DIR`: checks the hash chain of a log. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { nodeFiles } from "./node-files.ts";
import { type VerifyReport, verifyLog } from "./verify.ts";

/** Where the log lies in a data directory. */
export const LOG_FOLDER = "log";

const HELP = `npm run verify -- --data DIR

Checks every byte of the event log in DIR/log (or in DIR itself): CRC-32 of each block, positions without gap, the SHA-256
chain from the first block to the last, and head.json. Nothing is changed.

  --data DIR   data directory of a twin, as \`npm start\` prints it
  --json       one line of JSON instead of text
  --help       this text

exit codes: 0 the log is whole, 1 it is not (the first fault is printed), 2 bad usage, or nothing there to check
`;

/** Where the command writes; lines without their end. */
export interface VerifyOutput {
  out(line: string): void;
  error(line: string): void;
}

const CONSOLE: VerifyOutput = { out: (line) => console.log(line), error: (line) => console.error(line) };

/** Returns the exit code: 0 whole, 1 a fault, 2 bad usage or no log. `argv` = the arguments after the verb. */
export async function runVerify(argv: readonly string[], output: VerifyOutput = CONSOLE): Promise<0 | 1 | 2> {
  let values: { data?: string; json?: boolean; help?: boolean };
  try {
    const options = {
      data: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    } as const;
    ({ values } = parseArgs({ args: [...argv], options, strict: true }));
  } catch (error) {
    output.error(`verify: ${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (values.help === true) {
    output.out(HELP);
    return 0;
  }
  if (values.data === undefined) {
    output.error(`verify: --data DIR is missing\n\n${HELP}`);
    return 2;
  }
  return verifyDirectory(values.data, values.json === true, output);
}

async function verifyDirectory(data: string, json: boolean, output: VerifyOutput): Promise<0 | 1 | 2> {
  const inside = join(data, LOG_FOLDER);
  const directory = existsSync(inside) ? inside : data;
  try {
    const report = await verifyLog(directory, nodeFiles);
    if (report.segments === 0) {
      output.error(`verify: no log in ${directory}: no file *.segment there`);
      return 2;
    }
    output.out(json ? JSON.stringify(report) : described(directory, report));
    return report.ok ? 0 : 1;
  } catch (error) {
    output.error(
      `verify: cannot read ${directory}: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
}

function described(directory: string, report: VerifyReport): string {
  const size = `${report.records} records in ${report.blocks} blocks, ${report.segments} segments, ${report.bytes} bytes`;
  if (report.firstFault === null) return `ok: ${directory}: ${size}\nhead sha256: ${report.sha256}`;
  const { file, offset, reason } = report.firstFault;
  return `FAULT: ${directory}/${file} at byte ${offset}: ${reason}\ngood before it: ${size}\nlast good sha256: ${report.sha256}`;
}
