/** Every duty: one line each. */
import { ballots } from "./ballots.ts";
import { complaints } from "./complaints.ts";
import { dutyStamp } from "./duty.ts";
import { DutyBook } from "./duty-book.ts";
import { DutyQueue } from "./duty-queue.ts";
import { equipment } from "./equipment.ts";
import { feedback } from "./feedback.ts";
import { feeds } from "./feeds.ts";
import { listings } from "./listings.ts";
import { mobileUnits } from "./mobile-units.ts";
import { plans } from "./plans.ts";
import { ratings } from "./ratings.ts";
import { receipts } from "./receipts.ts";
import { restarts } from "./restarts.ts";
import { samples } from "./samples.ts";
import { sealStock } from "./seal-stock.ts";
import { selfControl } from "./self-control.ts";
import { staff } from "./staff.ts";
import { streets } from "./streets.ts";
import { testResults } from "./test-results.ts";
import { turnover } from "./turnover.ts";
import { warnings } from "./warnings.ts";
import { weather } from "./weather.ts";

/** `queue`: what waits for the watermark. */
export function openBooks(queue: DutyQueue) {
  return {
    ballots: new DutyBook(ballots, queue),
    complaints: new DutyBook(complaints, queue),
    equipment: new DutyBook(equipment, queue),
    feedback: new DutyBook(feedback, queue),
    feeds: new DutyBook(feeds, queue),
    listings: new DutyBook(listings, queue),
    mobileUnits: new DutyBook(mobileUnits, queue),
    plans: new DutyBook(plans, queue),
    ratings: new DutyBook(ratings, queue),
    receipts: new DutyBook(receipts, queue),
    restarts: new DutyBook(restarts, queue),
    samples: new DutyBook(samples, queue),
    sealStock: new DutyBook(sealStock, queue),
    selfControl: new DutyBook(selfControl, queue),
    staff: new DutyBook(staff, queue),
    streets: new DutyBook(streets, queue),
    testResults: new DutyBook(testResults, queue),
    turnover: new DutyBook(turnover, queue),
    warnings: new DutyBook(warnings, queue),
    weather: new DutyBook(weather, queue),
  };
}

export type DutyBooks = ReturnType<typeof openBooks>;

/** The duties as snapshots name them: a state folded under another version of one is not gone on with. */
export const DUTY_STAMPS: readonly string[] = Object.values(openBooks(new DutyQueue())).map(({ duty }) =>
  dutyStamp(duty),
);
