/** The self-checks that kitchens of a story file as they should, so that nobody there misses one (DOMAIN R29, R30). */
import { civilFromDays, formatDate } from "../twin/kernel/time.ts";
import type { Story } from "./story.ts";

/** A daily form at 20:00 of every day from `first` to `last` (Shanghai day numbers), the week's on Sundays. */
export function filesSelfChecks(story: Story, kitchen: string, first: number, last: number): void {
  for (let day = first; day <= last; day++) {
    filesDaily(story, kitchen, day, "20:00");
    if (civilFromDays(day).weekday !== 0) continue;
    const date = formatDate(day);
    const form = { cadence: "weekly" as const, claimed: date };
    story.says("warmcity.selfcheck.submitted", `${date.slice(5)} 20:10`, form, { kitchen });
  }
}

/** The form of a day, claimed for the time at which it is filed. */
export function filesDaily(story: Story, kitchen: string, day: number, clock: string): void {
  const date = formatDate(day);
  const form = { cadence: "daily" as const, claimed: `${date}T${clock}:00+08:00` };
  story.says("warmcity.selfcheck.submitted", `${date.slice(5)} ${clock}`, form, { kitchen });
}
