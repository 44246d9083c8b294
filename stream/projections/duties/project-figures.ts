/**
 * 实施四大工程: key figures of the four projects of the programme. The plan names the projects; which of the figures that the
 * twin has stands under which is our reading of their names (P): guard = prevention and supervision, warm-heart = what
 * people get of it, grow = learning and help for units, pioneer = the best and the demonstration streets.
 */
import type { Principal } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";
import type { CityFold } from "../../fold.ts";
import type { ProjectFigures } from "../../server/city-duty-answers.ts";
import { complaintViews } from "./complaint-view.ts";
import { disclosure } from "./entry-checklist.ts";
import { feedbackView } from "./feedback-view.ts";
import { scorecard } from "./scorecard.ts";
import { staffCounts } from "./staff-view.ts";

type Figure = ProjectFigures["figures"][number];

/** From here on an index is one of the best: as on the red list (DOMAIN §6.3). */
const BEST_INDEX = 95;

export function projectFigures(
  city: City,
  fold: CityFold,
  indices: readonly number[],
  principal: Principal,
): ProjectFigures[] {
  return [
    { project: "guard", figures: guard(city, fold, indices) },
    { project: "warm-heart", figures: warmHeart(city, fold, indices, principal) },
    { project: "grow", figures: grow(city, fold, indices) },
    { project: "pioneer", figures: pioneer(city, fold, indices) },
  ];
}

function figure(name: string, count: number, of: number | null = null): Figure {
  return { figure: name, count, of };
}

function guard(city: City, fold: CityFold, indices: readonly number[]): Figure[] {
  const [all] = scorecard(city, fold, indices, "city");
  if (all === undefined) return [];
  const { connected, kitchens, devicesOnline, devicesHeard, cases, dutiesDone, dutiesOverdue } = all;
  return [
    figure("kitchens-connected", connected, kitchens),
    figure("devices-online", devicesOnline, devicesHeard),
    figure("cases-closed", cases.closed, cases.closed + cases.open),
    figure("cases-overdue", cases.overdue, cases.open),
    figure("duties-done", dutiesDone, dutiesDone + dutiesOverdue),
    figure("self-checks-in-time", all.selfChecksInTime, all.selfChecksDue),
  ];
}

function warmHeart(city: City, fold: CityFold, indices: readonly number[], principal: Principal): Figure[] {
  const complaints = indices.flatMap((index) => complaintViews(city, fold, index, principal));
  const inTime = complaints.filter(({ clocks }) =>
    clocks.every(({ state }) => state === "done" || state === "running"),
  );
  const open = indices.filter((index) => disclosure(city, fold, index).every(({ ok }) => ok));
  const { answers, mean } = feedbackView(city, fold, indices, false);
  return [
    figure("complaints-in-time", inTime.length, complaints.length),
    figure("kitchens-fully-disclosed", open.length, indices.length),
    figure("call-backs-answered", answers),
    ...(mean === null ? [] : [figure("satisfaction", mean, 100)]),
  ];
}

function grow(city: City, fold: CityFold, indices: readonly number[]): Figure[] {
  let [people, passed] = [0, 0];
  for (const index of indices) {
    const counts = staffCounts(city, fold, index);
    people += counts.people;
    passed += counts.training.passed ?? 0;
  }
  const { questions } = feedbackView(city, fold, indices, false);
  const answered = questions.filter(({ answeredAt }) => answeredAt !== null);
  return [
    figure("exams-passed", passed, people),
    figure("questions-answered", answered.length, questions.length),
  ];
}

function pioneer(city: City, fold: CityFold, indices: readonly number[]): Figure[] {
  const rated = indices.filter((index) => fold.rating.indexOf(index)?.index != null);
  const best = rated.filter((index) => (fold.rating.indexOf(index)?.index ?? 0) >= BEST_INDEX);
  const onStreets = indices.filter((index) => city.kitchens[index]!.street !== null);
  const green = onStreets.filter((index) => fold.kitchen(index).regions.colour === "green");
  return [
    figure("kitchens-of-index-95", best.length, rated.length),
    figure("demonstration-street-kitchens-green", green.length, onStreets.length),
  ];
}
