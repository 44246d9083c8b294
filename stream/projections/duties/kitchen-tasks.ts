/** Everything that a kitchen is asked to do now, beside its cases and calendars: what is due first comes first. */
import type { City } from "../../../twin/city/city.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import { CITY_KEY } from "../../duties/duty.ts";
import type { CityFold } from "../../fold.ts";
import { concerns, textOf } from "../../second-stage/weather-notices.ts";
import type { KitchenTask } from "../../server/duty-answers.ts";
import { recallTasks } from "./recall-tasks.ts";
import { reopeningTask } from "./reopening-task.ts";

export function kitchenTasks(city: City, fold: CityFold, index: number): KitchenTask[] {
  const reopening = reopeningTask(city, fold, index);
  return [
    ...recallTasks(city, fold, index),
    ...(reopening === null ? [] : [reopening]),
    ...weatherTasks(city, fold, index),
  ].sort((a, b) => compare(a.due ?? "9", b.due ?? "9") || compare(a.task, b.task));
}

/** Weather warnings that still hold, for those who cook outdoors. */
function weatherTasks(city: City, fold: CityFold, index: number): KitchenTask[] {
  const kitchen = city.kitchens[index]!;
  const warnings = fold.duties.books.weather.stateOf(CITY_KEY)?.warnings ?? [];
  return warnings
    .filter((warning) => concerns(warning, kitchen) && fold.now < warning.to)
    .map((warning) => ({
      task: `${kitchen.id}-weather-${warning.from}-${warning.kind}`,
      kind: "weather",
      title: textOf(warning),
      state: "open",
      from: formatTime(warning.from),
      due: formatTime(warning.to),
      case: null,
      about: null,
      checklist: [],
      meals: [],
      samples: [],
    }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
