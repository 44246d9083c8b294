/** Event times as RFC 3339 texts, fast for times that come more or less in order: only a new minute is formatted whole. */
import { formatTime, MINUTE_MS, SECOND_MS } from "../twin/kernel/time.ts";

export class TimeText {
  #minute = Number.NaN;
  #before = "";

  /** The same text as `formatTime`. */
  format(time: number): string {
    const minute = Math.floor(time / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#before = formatTime(minute * MINUTE_MS).slice(0, 17);
    }
    const ms = time - minute * MINUTE_MS;
    const second = Math.floor(ms / SECOND_MS);
    return `${this.#before}${second < 10 ? "0" : ""}${second}.${milliseconds(ms - second * SECOND_MS)}+08:00`;
  }
}

function milliseconds(ms: number): string {
  return ms < 10 ? `00${ms}` : ms < 100 ? `0${ms}` : `${ms}`;
}
