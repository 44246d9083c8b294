/** Every duty: one line each. */
import { ballots } from "./ballots.ts";
import { complaints } from "./complaints.ts";
import { dutyStamp } from "./duty.ts";
import { DutyBook } from "./duty-book.ts";
import { equipment } from "./equipment.ts";
import { feedback } from "./feedback.ts";
import { feeds } from "./feeds.ts";
import { listings } from "./listings.ts";
import { mobileUnits } from "./mobile-units.ts";
import { plans } from "./plans.ts";
import { ratings } from "./ratings.ts";
import { receipts } from "./receipts.ts";
import { sealStock } from "./seal-stock.ts";
import { selfControl } from "./self-control.ts";
import { staff } from "./staff.ts";
import { streets } from "./streets.ts";
import { testResults } from "./test-results.ts";
import { turnover } from "./turnover.ts";

export function openBooks() {
  return {
    ballots: new DutyBook(ballots),
    complaints: new DutyBook(complaints),
    equipment: new DutyBook(equipment),
    feedback: new DutyBook(feedback),
    feeds: new DutyBook(feeds),
    listings: new DutyBook(listings),
    mobileUnits: new DutyBook(mobileUnits),
    plans: new DutyBook(plans),
    ratings: new DutyBook(ratings),
    receipts: new DutyBook(receipts),
    sealStock: new DutyBook(sealStock),
    selfControl: new DutyBook(selfControl),
    staff: new DutyBook(staff),
    streets: new DutyBook(streets),
    testResults: new DutyBook(testResults),
    turnover: new DutyBook(turnover),
  };
}

export type DutyBooks = ReturnType<typeof openBooks>;

/** The duties as snapshots name them: a state folded under another version of one is not gone on with. */
export const DUTY_STAMPS: readonly string[] = Object.values(openBooks()).map(({ duty }) => dutyStamp(duty));
