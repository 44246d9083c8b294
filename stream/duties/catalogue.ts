/** Every duty: one line each. */
import { ballots } from "./ballots.ts";
import { dutyStamp } from "./duty.ts";
import { DutyBook } from "./duty-book.ts";

export function openBooks() {
  return {
    ballots: new DutyBook(ballots),
  };
}

export type DutyBooks = ReturnType<typeof openBooks>;

/** The duties as snapshots name them: a state folded under another version of one is not gone on with. */
export const DUTY_STAMPS: readonly string[] = Object.values(openBooks()).map(({ duty }) => dutyStamp(duty));
