/** Moments inside sentences: the wall clock of Asia/Shanghai, to the minute, the same in both languages. */
import { formatTime } from "../kernel/time.ts";

/** `2026-03-02 10:00` */
export function momentText(time: number): string {
  return formatTime(time).slice(0, 16).replace("T", " ");
}
