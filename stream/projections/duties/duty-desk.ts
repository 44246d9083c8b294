/** Everything that may be asked of duties, within the area of who asks. */
import { isInArea, type Principal } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";
import { formatTime, shanghaiDay } from "../../../twin/kernel/time.ts";
import { CITY_KEY } from "../../duties/duty.ts";
import { receiptsIn } from "../../duties/receipts.ts";
import type { CityFold } from "../../fold.ts";
import type {
  BallotView,
  FeedbackView,
  FeedView,
  ProjectFigures,
  Provision,
  RewardStatus,
  Score,
  Statistics,
  StreetView,
  WarningView,
} from "../../server/city-duty-answers.ts";
import type {
  ComplaintView,
  DutySummary,
  DutyView,
  KitchenDuties,
  ListingView,
  MobileView,
  PublicDuties,
  ReceiptView,
  TestResultView,
  WorkOrder,
} from "../../server/duty-answers.ts";
import { ballotView } from "./ballot-view.ts";
import { complaintViews, rewardCode } from "./complaint-view.ts";
import { disclosure, entryChecklist } from "./entry-checklist.ts";
import { equipmentView } from "./equipment-view.ts";
import { feedViews } from "./feed-view.ts";
import { feedbackView } from "./feedback-view.ts";
import { kitchenTasks } from "./kitchen-tasks.ts";
import { lawLibrary, readingFor } from "./law-library.ts";
import { listingViews } from "./listing-view.ts";
import { mobileView } from "./mobile-view.ts";
import { type PatrolPlan, patrolPlan } from "./patrol-plan.ts";
import { dutySummaries, planViews } from "./plan-view.ts";
import { projectFigures } from "./project-figures.ts";
import { ratingsView } from "./ratings-view.ts";
import { publishedResults } from "./results-view.ts";
import { type ScoredBy, scorecard } from "./scorecard.ts";
import { sealView } from "./seal-view.ts";
import { selfControlView } from "./self-control-view.ts";
import { staffCounts, staffView } from "./staff-view.ts";
import { statistics } from "./statistics-view.ts";
import { streetView } from "./street-view.ts";
import { warningViews } from "./warning-view.ts";
import { workOrders } from "./work-orders.ts";

const NO_KITCHEN = -1;
/** Reads what a code leads to, for whoever has the code. */
const OFFICIAL: Principal = { id: "twin", role: "admin", area: { kind: "city" } };

export class DutyDesk {
  readonly #city: City;
  readonly #fold: CityFold;

  constructor(city: City, fold: CityFold) {
    this.#city = city;
    this.#fold = fold;
  }

  #kitchensOf({ area }: Principal): number[] {
    return [...this.#city.kitchens.keys()].filter((index) => isInArea(area, this.#city.kitchens[index]!));
  }

  kitchen(index: number, principal: Principal): KitchenDuties {
    const [city, fold] = [this.#city, this.#fold];
    const quick = fold.duties.books.testResults.stateOf(index)?.quick;
    return {
      kitchen: city.kitchens[index]!.id,
      time: formatTime(fold.now),
      selfControl: selfControlView(city, fold, index),
      staff: staffView(city, fold, index, principal),
      // When officials mean to come is not the unit's to know.
      plans: planViews(city, fold, index).filter(({ state }) => principal.role !== "O" || state === "done"),
      ratings: ratingsView(fold, index, false),
      seals: sealView(fold, index),
      listings: listingViews(city, fold, index),
      equipment: equipmentView(city, fold, index),
      receipts: this.#receipts(index),
      disclosure: disclosure(city, fold, index),
      entry: entryChecklist(city, fold, index),
      tasks: kitchenTasks(city, fold, index),
      reading: readingFor(fold, index),
      // A kitchen's own quick tests are its own business (实施条例 Art. 80).
      quickTests: principal.role === "O" && quick !== undefined ? { ...quick } : null,
    };
  }

  publicKitchen(index: number): PublicDuties {
    const [city, fold] = [this.#city, this.#fold];
    const { daily } = selfControlView(city, fold, index);
    const lastMonth: Record<string, number> = {};
    for (const { state } of daily.slice(1)) lastMonth[state] = (lastMonth[state] ?? 0) + 1;
    return {
      code: city.kitchens[index]!.code,
      selfControl: { today: daily[0]?.state ?? "not-covered", lastMonth },
      staff: staffCounts(city, fold, index),
      ratings: ratingsView(fold, index, true),
      results: publishedResults(city, fold, [index]),
      ingredients: this.#receipts(index),
      missing: disclosure(city, fold, index)
        .filter(({ ok }) => !ok)
        .map(({ item }) => item),
    };
  }

  #receipts(index: number): ReceiptView[] {
    const known = receiptsIn(this.#fold.duties.books.receipts.stateOf(index));
    return known.map((one) => ({ ...one, at: formatTime(one.at) }));
  }

  /** What is due first comes first. */
  plans(principal: Principal): DutyView[] {
    return this.#kitchensOf(principal)
      .flatMap((index) => planViews(this.#city, this.#fold, index))
      .sort((a, b) => compare(a.due, b.due) || compare(a.duty, b.duty));
  }

  planSummaries(principal: Principal, by: "assignee" | "office" | "banner"): DutySummary[] {
    return dutySummaries(this.#city, this.#fold, this.#kitchensOf(principal), by);
  }

  /** The lot of an office for the week of a day; `day` = `null`: this week. */
  patrols(office: string, day: number | null): PatrolPlan {
    return patrolPlan(this.#city, this.#fold, office, day ?? shanghaiDay(this.#fold.now));
  }

  workOrders(principal: Principal): WorkOrder[] {
    return workOrders(this.#city, this.#fold, principal);
  }

  /** Newest first. */
  complaints(principal: Principal): ComplaintView[] {
    const isCity = principal.area.kind === "city";
    return [...this.#kitchensOf(principal), ...(isCity ? [NO_KITCHEN] : [])]
      .flatMap((index) => complaintViews(this.#city, this.#fold, index, principal))
      .sort((a, b) => compare(b.filedAt, a.filedAt) || compare(a.complaint, b.complaint));
  }

  /** By the anonymous code; `null` = there is none such. */
  reward(code: string): RewardStatus | null {
    const book = this.#fold.duties.books.complaints;
    for (const key of book.keys) {
      const filed = Object.entries(book.stateOf(key)?.filed ?? {});
      const index = key === CITY_KEY ? NO_KITCHEN : Number(key);
      if (!filed.some(([complaint, { person }]) => rewardCode(complaint, person) === code)) continue;
      const found = complaintViews(this.#city, this.#fold, index, OFFICIAL).find(
        (one) => one.reward?.code === code,
      );
      if (found?.reward != null) return { code, state: found.reward.state, yuan: found.reward.yuan };
    }
    return null;
  }

  ballot(ballot: string): BallotView | null {
    return ballotView(this.#fold, ballot);
  }

  /** Newest vote first. */
  ballots(): BallotView[] {
    return [...this.#fold.duties.books.ballots.keys]
      .map((key) => ballotView(this.#fold, key))
      .filter((view) => view !== null)
      .sort((a, b) => compare(b.lastAt, a.lastAt) || compare(a.ballot, b.ballot));
  }

  /** Published test results of a banner (`null` = of the city), newest first. */
  results(banner: string | null): TestResultView[] {
    const wanted = [...this.#city.kitchens.keys()].filter(
      (index) => banner === null || this.#city.kitchens[index]!.banner === banner,
    );
    return publishedResults(this.#city, this.#fold, wanted);
  }

  feedback(principal: Principal): FeedbackView {
    const isCity = principal.area.kind === "city";
    return feedbackView(this.#city, this.#fold, this.#kitchensOf(principal), isCity);
  }

  scores(principal: Principal, by: ScoredBy): Score[] {
    return scorecard(this.#city, this.#fold, this.#kitchensOf(principal), by);
  }

  projects(principal: Principal): ProjectFigures[] {
    return projectFigures(this.#city, this.#fold, this.#kitchensOf(principal), principal);
  }

  law(): Provision[] {
    return lawLibrary();
  }

  /** Of a month (`YYYY-MM`); `null` = the present one. */
  statistics(principal: Principal, month: string | null): Statistics {
    const wanted = month ?? formatTime(this.#fold.now).slice(0, 7);
    return statistics(this.#city, this.#fold, this.#kitchensOf(principal), wanted);
  }

  /** `null` = there is no such street. */
  street(id: string): StreetView | null {
    const street = this.#city.streets.find((one) => one.id === id);
    return street === undefined ? null : streetView(this.#city, this.#fold, street);
  }

  /** Of the whole city: a feed belongs to no area. */
  feeds(): FeedView[] {
    return feedViews(this.#fold);
  }

  warnings(onlyShown: boolean): WarningView[] {
    return warningViews(this.#fold, onlyShown);
  }

  listings(principal: Principal): ListingView[] {
    return this.#kitchensOf(principal).flatMap((index) => listingViews(this.#city, this.#fold, index));
  }

  mobileUnits(principal: Principal): MobileView[] {
    return this.#kitchensOf(principal)
      .map((index) => mobileView(this.#city, this.#fold, index))
      .filter((view) => view !== null);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
