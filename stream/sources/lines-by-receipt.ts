/** `replay --sort`: all lines in order of `receivedtime`, else `time`; a line without either stays where it stands. */
import { parseTime } from "../../twin/kernel/time.ts";
import type { Line } from "./file.ts";

const RECEIPT = /"receivedtime"\s*:\s*"([^"]{1,40})"/;
const TIME = /"time"\s*:\s*"([^"]{1,40})"/;

/** Holds the whole file in memory; equal times keep the order of the file. */
export async function linesByReceipt(lines: AsyncIterable<Line>): Promise<Line[]> {
  const decoder = new TextDecoder();
  const keyed: { key: number; line: Line }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for await (const line of lines) {
    const text = decoder.decode(line.text);
    const at = parseTime((RECEIPT.exec(text) ?? TIME.exec(text))?.[1] ?? "");
    if (!Number.isNaN(at)) last = at;
    keyed.push({ key: last, line: { number: line.number, text: Uint8Array.from(line.text) } });
  }
  return keyed.sort((a, b) => a.key - b.key || a.line.number - b.line.number).map(({ line }) => line);
}
