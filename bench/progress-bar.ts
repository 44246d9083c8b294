/** How far a long run is, on stderr: a bar that is drawn over itself on a terminal, a line now and then elsewhere. */
import process from "node:process";
import { formatTime } from "../twin/kernel/time.ts";

const WIDTH = 30;
/** Elsewhere than on a terminal, a line each so many percent. */
const LINE_PERCENT = 5;

export class ProgressBar {
  readonly #from: number;
  readonly #until: number;
  readonly #begun = performance.now();
  #told = -1;

  /** Event times, ms since epoch. */
  constructor(from: number, until: number) {
    this.#from = from;
    this.#until = until;
  }

  /** Event time `time` has been reached. */
  reached(time: number): void {
    const share = (time - this.#from) / (this.#until - this.#from);
    const percent = Math.floor(share * 100);
    const isTerminal = process.stderr.isTTY === true;
    if (percent === this.#told || (!isTerminal && percent % LINE_PERCENT !== 0)) return;
    this.#told = percent;
    const line = progressLine(share, time, (performance.now() - this.#begun) / 1_000);
    process.stderr.write(isTerminal ? `\r${line}${share >= 1 ? "\n" : ""}` : `${line}\n`);
  }
}

/** `[######........................]  20 %  2026-06-07 01:00  60 s, 240 s to go` */
export function progressLine(share: number, time: number, spentS: number): string {
  const full = Math.round(share * WIDTH);
  const bar = `${"#".repeat(full)}${".".repeat(WIDTH - full)}`;
  const left = share > 0 ? Math.round((spentS * (1 - share)) / share) : 0;
  const percent = String(Math.floor(share * 100)).padStart(3);
  const when = formatTime(time).slice(0, 16).replace("T", " ");
  return `[${bar}] ${percent} %  ${when}  ${Math.round(spentS)} s, ${left} s to go`;
}
