/**
 * Remote patrols (线上监督巡查; DOMAIN #23) by lot: which kitchens an office looks at by camera in a week. The seed is made of
 * the week and the office, so that anybody can draw again and see that nobody was picked by hand. The size is a proposal
 * (P): the law sets none for looking by camera.
 */
import { hash32 } from "./kernel/hash.ts";
import { Random } from "./kernel/random.ts";
import { DUTY_NUMBERS, type DutyNumbers } from "./policy/duty-numbers.ts";

type Quota = Pick<DutyNumbers, "patrolShare" | "patrolCount">;

export interface DrawnPatrols {
  readonly seed: number;
  /** Kitchen ids in the order drawn. */
  readonly drawn: readonly string[];
}

export function quotaOf(pool: number, { patrolShare, patrolCount }: Quota = DUTY_NUMBERS): number {
  return Math.min(pool, Math.max(patrolCount, Math.ceil(pool * patrolShare)));
}

/** `pool`: ids of the kitchens, in any order; `week`: the date of its Monday. */
export function drawPatrols(
  pool: readonly string[],
  week: string,
  office: string,
  quota: Quota = DUTY_NUMBERS,
): DrawnPatrols {
  const seed = hash32(`patrol ${week} ${office}`);
  const random = new Random(seed, "patrols");
  const left = [...pool].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const drawn: string[] = [];
  for (let n = quotaOf(pool.length, quota); n > 0; n--) {
    const at = random.int(0, left.length - 1);
    drawn.push(left[at]!);
    left.splice(at, 1);
  }
  return { seed, drawn };
}
