/** Sensors that follow what the kitchen does: hot holding, rooms, gas, fume, lamps, power, infrared traps. */

import type { Poll, SensorView } from "../poll.ts";
import { noiseAt } from "../sensor-states.ts";

/** Warmed from before a meal to its end, left to cool between meals; °C in steps of 0.1. */
export function sampleHot({ groups, sensors, kitchens, noise }: SensorView, poll: Poll): void {
  const { from, to, second, stepMin, base, out } = poll;
  const { level, seed } = sensors;
  const spread = 0.6 * noise.sensors;
  for (let slot = from; slot < to; slot++) {
    const kitchen = groups.kitchen[slot]!;
    const hot = kitchens.service[kitchen] !== 0 && kitchens.dark[kitchen] === 0;
    const target = hot ? 65 + (seed[slot]! & 63) / 10 : kitchens.ambient[kitchen]!;
    const rate = Math.min(1, stepMin * (hot ? 0.15 : 0.02));
    const next = level[slot]! + (target - level[slot]!) * rate;
    level[slot] = next;
    out[slot - base] = Math.round((next + spread * noiseAt(seed[slot]!, second)) * 10) / 10;
  }
}

/** The room for ready-to-eat food has its own air conditioning; °C in steps of 0.1. */
export function sampleRoom({ groups, sensors, kitchens, noise }: SensorView, poll: Poll): void {
  const { from, to, second, stepMin, base, out } = poll;
  const { level, seed } = sensors;
  const spread = 0.3 * noise.sensors;
  for (let slot = from; slot < to; slot++) {
    const kitchen = groups.kitchen[slot]!;
    const target = 19.5 + (seed[slot]! & 31) / 12 + 0.7 * kitchens.cooking[kitchen]!;
    const next = level[slot]! + (target - level[slot]!) * Math.min(1, 0.04 * stepMin);
    level[slot] = next;
    out[slot - base] = Math.round((next + spread * noiseAt(seed[slot]!, second)) * 10) / 10;
  }
}

/** Stores are dry; %RH in steps of 0.5. */
export function sampleHumidity({ sensors, noise }: SensorView, poll: Poll): void {
  const { from, to, second, base, out } = poll;
  const { seed } = sensors;
  for (let slot = from; slot < to; slot++) {
    const draw = seed[slot]!;
    const slow = 3 * noiseAt(draw, Math.floor(second / 7_200));
    out[slot - base] = Math.round((48 + (draw & 15) + slow + noise.sensors * noiseAt(draw, second)) * 2) / 2;
  }
}

/** Traces from the burners while cooking, at most 2 %LEL, in steps of 0.1. */
export function sampleGas({ groups, sensors, kitchens }: SensorView, poll: Poll): void {
  const { from, to, second, base, out } = poll;
  const { seed } = sensors;
  for (let slot = from; slot < to; slot++) {
    const cooking = kitchens.cooking[groups.kitchen[slot]!]!;
    out[slot - base] = cooking === 0 ? 0 : Math.round(cooking * (1 + noiseAt(seed[slot]!, second)) * 5) / 10;
  }
}

/** Behind the purifier, mg/m³ in steps of 0.01. */
export function sampleFume({ groups, sensors, kitchens }: SensorView, poll: Poll): void {
  const { from, to, second, stepMin, base, out } = poll;
  const { level, seed } = sensors;
  for (let slot = from; slot < to; slot++) {
    const cooking = kitchens.cooking[groups.kitchen[slot]!]!;
    const draw = seed[slot]!;
    const target = cooking * (0.4 + (draw & 63) / 100 + 0.3 * noiseAt(draw, second));
    const next = level[slot]! + (target - level[slot]!) * Math.min(1, 0.2 * stepMin);
    level[slot] = next;
    out[slot - base] = Math.round(next * 100) / 100;
  }
}

/** W; 30 and more while the lamps burn. */
export function sampleUv({ groups, sensors, kitchens }: SensorView, poll: Poll): void {
  const { from, to, base, out } = poll;
  for (let slot = from; slot < to; slot++) {
    const kitchen = groups.kitchen[slot]!;
    const on = kitchens.uv[kitchen] !== 0 && kitchens.dark[kitchen] === 0;
    out[slot - base] = on ? 30 + (sensors.seed[slot]! & 7) : 0;
  }
}

/** Triggers since the last report. */
export function sampleRodent({ sensors }: SensorView, poll: Poll): void {
  const { from, to, base, out } = poll;
  const { triggers } = sensors;
  for (let slot = from; slot < to; slot++) {
    out[slot - base] = triggers[slot]!;
    triggers[slot] = 0;
  }
}

/** W of the whole kitchen, in steps of 10. */
export function sampleMains({ groups, sensors, kitchens }: SensorView, poll: Poll): void {
  const { from, to, second, base, out } = poll;
  for (let slot = from; slot < to; slot++) {
    const kitchen = groups.kitchen[slot]!;
    const draw = sensors.seed[slot]!;
    const size = 1 + (draw & 3);
    const load = 300 + 900 * kitchens.open[kitchen]! + 6_000 * kitchens.cooking[kitchen]!;
    const watt = kitchens.dark[kitchen] !== 0 ? 0 : size * load * (1 + 0.1 * noiseAt(draw, second));
    out[slot - base] = Math.round(watt / 10) * 10;
  }
}

/** W of the compressor that the meter watches. */
export function sampleCompressor({ sensors }: SensorView, poll: Poll): void {
  const { from, to, second, base, out } = poll;
  const { seed, watched, running } = sensors;
  for (let slot = from; slot < to; slot++) {
    const unit = watched[slot]!;
    const on = unit >= 0 && running[unit] !== 0;
    out[slot - base] = on ? Math.round(180 + (seed[slot]! & 127) + 8 * noiseAt(seed[slot]!, second)) : 0;
  }
}
