/**
 * Cold units: a first-order heat balance with a compressor between two limits, defrosting (freezers), warm air by the
 * door, and no cooling without power.
 *
 *     level += leak x (ambient - level) - cool (running) + heat of defrosting + heat by the door
 */
import type { Poll, SensorView } from "../poll.ts";
import { noiseAt } from "../sensor-states.ts";

const DEFROST_EVERY_MIN = 480;
const DEFROST_PER_MIN = 0.18;
const SENSOR_NOISE = 0.2;

/** Moves the units on and reads them, °C in steps of 0.1. */
export function sampleCold({ groups, sensors, kitchens, noise }: SensorView, poll: Poll): void {
  const { from, to, second, stepMin, base, out } = poll;
  const { level, low, high, leak, cool, defrostMin, heat, running, seed } = sensors;
  const { ambient, dark } = kitchens;
  const kitchenOf = groups.kitchen;
  const spread = SENSOR_NOISE * noise.sensors;
  const minute = Math.floor(second / 60);
  for (let slot = from; slot < to; slot++) {
    const kitchen = kitchenOf[slot]!;
    const t = level[slot]!;
    let flow = leak[slot]! * (ambient[kitchen]! - t);
    let on = running[slot]!;
    if (t > high[slot]!) on = 1;
    else if (t < low[slot]!) on = 0;
    if (dark[kitchen] !== 0) on = 0;
    else if (
      defrostMin[slot] !== 0 &&
      (minute + (seed[slot]! & 511)) % DEFROST_EVERY_MIN < defrostMin[slot]!
    ) {
      on = 0;
      flow += DEFROST_PER_MIN;
    }
    if (on !== 0) flow -= cool[slot]!;
    running[slot] = on;
    const next = t + flow * stepMin + heat[slot]!;
    heat[slot] = 0;
    level[slot] = next;
    out[slot - base] = Math.round((next + spread * noiseAt(seed[slot]!, second)) * 10) / 10;
  }
}
