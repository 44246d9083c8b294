/** Conditions that hold once a stretch of hits has lasted so long: they ring when it has, once per stretch. */
import {
  type Detection,
  type HIT_PARAMETERS,
  type Stretch,
  type Stretches,
  stretchKey,
  stretchTo,
} from "./hit.ts";
import type { RuleContext } from "./rule.ts";

export interface Lasting {
  readonly stretches: Stretches;
  /** When the stretch has lasted long enough, ms since epoch. */
  readonly dueOf: (stretch: Stretch, key: string) => number;
  readonly ring: (stretch: Stretch, key: string, at: number) => void;
}

/** Folds a hit; what its `lastedMs` promises for later waits for the timer named by the stretch's key. */
export function foldLasting(
  lasting: Lasting,
  hit: Detection,
  context: RuleContext<typeof HIT_PARAMETERS>,
): Stretch {
  const stretch = stretchTo(lasting.stretches, hit, context);
  const key = stretchKey(hit);
  const due = lasting.dueOf(stretch, key);
  if (stretch.hasRung || stretch.to < due) return stretch;
  if (due <= context.now) ring(lasting, stretch, key, due);
  else context.setTimer(key, due);
  return stretch;
}

/** The timer `key` has fired. */
export function lastingDue(lasting: Lasting, key: string, context: RuleContext): void {
  const stretch = lasting.stretches[key];
  if (stretch === undefined || stretch.hasRung) return;
  const due = lasting.dueOf(stretch, key);
  if (due > context.now) {
    if (stretch.to >= due) context.setTimer(key, due);
  } else if (stretch.to >= due) ring(lasting, stretch, key, due);
}

function ring(lasting: Lasting, stretch: Stretch, key: string, at: number): void {
  stretch.hasRung = true;
  lasting.ring(stretch, key, at);
}

/** The class, device and zone of `stretchKey`. */
export function stretchOf(key: string): {
  readonly class: string;
  readonly device: number;
  readonly zone: string;
} {
  const [name = "", device, ...zone] = key.split(" ");
  return { class: name, device: Number(device), zone: zone.join(" ") };
}
