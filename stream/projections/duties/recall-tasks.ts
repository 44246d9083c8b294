/**
 * What a recall asks of a kitchen that received the lot (D08): seal what is left by the time of the rule, and where it
 * was used, know for which meals, and keep the retained samples of these. A sample that was there when the recall came
 * is locked until the case is over.
 */
import { alertId, type Episode } from "../../../twin/alerts/episode.ts";
import type { Case } from "../../../twin/case.ts";
import type { City } from "../../../twin/city/city.ts";
import { DAY_MS, formatTime } from "../../../twin/kernel/time.ts";
import { type RetainedSample, samplesIn } from "../../duties/samples.ts";
import type { CityFold } from "../../fold.ts";
import { mealEnd, mealNumber, startOfMeal } from "../../rules/meal.ts";
import { recallHits } from "../../second-stage/d08-recall.ts";
import { type Holding, lotAsset } from "../../second-stage/lot-book.ts";
import { LotGraph } from "../../second-stage/lot-graph.ts";
import type { KitchenTask } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

const MEALS_MAX = 60;
const OVER: ReadonlySet<Case["state"]> = new Set(["closed", "false", "merged", "suppressed"]);
/** What is over is shown so long. */
const SHOWN_MS = 7 * DAY_MS;

export function recallTasks(city: City, fold: CityFold, index: number): KitchenTask[] {
  const { episodes, cases } = fold.kitchen(index);
  return Object.values(episodes).flatMap((episode) => {
    const work = cases[episode.case];
    if (episode.code !== recallHits.code || episode.asset === null || work === undefined) return [];
    if (isOver(work) && work.since < fold.now - SHOWN_MS) return [];
    const holding = holdingOf(city, fold, index, episode.asset);
    return holding === null ? [] : tasksOf(fold, index, episode, work, holding);
  });
}

function isOver({ state }: Case): boolean {
  return OVER.has(state);
}

function holdingOf(city: City, fold: CityFold, index: number, asset: string): Holding | null {
  const graph = fold.stage.stateOf(recallHits.code);
  if (!(graph instanceof LotGraph)) return null;
  const key = [...graph.notices.keys()].find((one) => lotAsset(one) === asset);
  if (key === undefined) return null;
  for (const holding of graph.book.holdings(key, city.kitchens))
    if (holding.kitchen === index) return holding;
  return null;
}

function tasksOf(
  fold: CityFold,
  index: number,
  episode: Episode,
  work: Case,
  { left, usedMeals }: Holding,
): KitchenTask[] {
  const common = {
    from: formatTime(episode.raisedAt),
    case: work.id,
    about: episode.asset,
    checklist: [],
    meals: [],
    samples: [],
  };
  const id = alertId(episode.key, episode.number);
  const tasks: KitchenTask[] = [];
  const sealed = isSealed(fold, index, episode.asset ?? "");
  if (left > 0 || sealed) {
    const due = episode.raisedAt + (numbersOf(fold, recallHits.code).sealWithinMs ?? 0);
    tasks.push({
      ...common,
      task: `${id}-seal`,
      kind: "seal-stock",
      title: { zh: `封存召回库存：${left}`, en: `Seal the recalled stock: ${left}` },
      state: sealed || isOver(work) ? "done" : due <= fold.now ? "overdue" : "open",
      due: formatTime(due),
    });
  }
  if (usedMeals === null) return tasks;
  const meals = mealsBetween(usedMeals);
  const kept = samplesIn(fold.duties.books.samples.stateOf(index)).filter((sample) =>
    isOfMeals(sample, usedMeals, episode.raisedAt),
  );
  tasks.push({
    ...common,
    task: `${id}-used`,
    kind: "used-lot",
    title: {
      zh: "召回批次已使用：核对餐次，封存留样",
      en: "The recalled lot was used: check the meals, keep their samples locked",
    },
    state: isOver(work) ? "done" : "open",
    due: null,
    meals: meals
      .slice(0, MEALS_MAX)
      .map((meal) => ({ from: formatTime(meal), to: formatTime(mealEnd(meal)) })),
    samples: kept.map(({ meal, dish, at, removedAt }) => ({
      meal,
      dish,
      at: formatTime(at),
      removedAt: removedAt === null ? null : formatTime(removedAt),
      locked: removedAt === null && !isOver(work),
    })),
  });
  return tasks;
}

function isSealed(fold: CityFold, index: number, asset: string): boolean {
  const proofs = fold.kitchen(index).rules[recallHits.code];
  return isProofs(proofs) && proofs.lots[asset]?.sealed != null;
}

/** The state of rule D08 in the kitchen, as far as it is asked for here. */
function isProofs(
  state: object | undefined,
): state is { readonly lots: Record<string, { sealed: unknown }> } {
  return state !== undefined && "lots" in state;
}

/** The first meal, the last, and all between: any of them may have had of it. */
function mealsBetween({ first, last }: NonNullable<Holding["usedMeals"]>): number[] {
  const meals: number[] = [];
  for (let meal = mealNumber(first); meal <= mealNumber(last); meal++) meals.push(startOfMeal(meal));
  return meals;
}

/** Of one of these meals, and still there when the recall came. */
function isOfMeals(
  { at, removedAt }: RetainedSample,
  { first, last }: NonNullable<Holding["usedMeals"]>,
  recalledAt: number,
): boolean {
  return at >= first && at < mealEnd(last) && (removedAt === null || removedAt > recalledAt);
}
