/**
 * Results of accredited laboratories as they are published. A failed one goes out when the unit's time to ask for a second
 * test is over (7 working days, FSL Art. 88); officials see it at once by D10.
 */
import type { City } from "../../../twin/city/city.ts";
import { workdayDeadline } from "../../../twin/kernel/calendar.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { TestResult } from "../../duties/test-results.ts";
import type { CityFold } from "../../fold.ts";
import type { TestResultView } from "../../server/duty-answers.ts";

const RECHECK_WORKDAYS = 7;

/** Of these kitchens, newest first. */
export function publishedResults(city: City, fold: CityFold, indices: Iterable<number>): TestResultView[] {
  const found: { view: TestResultView; at: number }[] = [];
  for (const index of indices) {
    for (const result of fold.duties.books.testResults.stateOf(index)?.accredited ?? []) {
      const from = publishedFrom(result);
      if (from <= fold.now) found.push({ view: resultView(city, index, result, from), at: result.at });
    }
  }
  return found
    .sort((a, b) => b.at - a.at || (a.view.report < b.view.report ? -1 : 1))
    .map(({ view }) => view);
}

function publishedFrom({ passed, at }: TestResult): number {
  return passed ? at : workdayDeadline(at, RECHECK_WORKDAYS);
}

function resultView(city: City, index: number, result: TestResult, from: number): TestResultView {
  const { code, name, banner } = city.kitchens[index]!;
  const { report, laboratory, product, lot, passed, hazard, at } = result;
  return {
    report,
    laboratory,
    kitchen: { code, name, banner },
    product,
    lot,
    passed,
    hazard,
    at: formatTime(at),
    publishedFrom: formatTime(from),
  };
}
