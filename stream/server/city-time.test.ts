import { describe, expect, it } from "vitest";
import { LATENESS_MS } from "../order/receipt-clock.ts";
import { CityTime } from "./city-time.ts";

const WALL = 1_780_000_000_000;
const CITY = WALL + 86_400_000;

function timeAt(speed: number | null) {
  const wall = { now: WALL };
  const time = new CityTime(() => wall.now, speed);
  return { wall, time };
}

describe("the city's time", () => {
  it("is the wall clock until it has begun, and without a simulator", () => {
    const { wall, time } = timeAt(60);
    expect([time.now(), time.isBehind]).toEqual([WALL, false]);
    const real = timeAt(null);
    real.time.took(WALL);
    real.wall.now = WALL + 3_600_000;
    expect([real.time.now(), real.time.isBehind]).toEqual([real.wall.now, false]);
    wall.now = WALL + 5;
    expect(time.now()).toBe(WALL + 5);
  });

  it("is stretched from where it begins", () => {
    const { wall, time } = timeAt(60);
    time.begin(WALL, CITY);
    time.took(CITY);
    wall.now = WALL + 1_000;
    expect([time.now(), time.due(), time.isBehind]).toEqual([CITY + 60_000, CITY + 60_000, false]);
  });

  it("runs no further ahead of what was simulated than half the lateness, whatever the clock says", () => {
    const { wall, time } = timeAt(60);
    time.begin(WALL, CITY);
    time.took(CITY);
    wall.now = WALL + 60_000;
    expect([time.now(), time.isBehind]).toEqual([CITY + LATENESS_MS / 2, true]);
    expect(time.due()).toBe(CITY + 3_600_000);
  });

  it("lets a faster city begin when it is live, and one at the speed of the clock be the clock", () => {
    const fast = timeAt(60);
    fast.time.begin(WALL, WALL);
    fast.wall.now = WALL + 9_000;
    fast.time.goLive(WALL);
    expect([fast.time.now(), fast.time.taken]).toEqual([WALL, WALL]);
    const real = timeAt(1);
    real.time.begin(WALL, WALL);
    real.wall.now = WALL + 9_000;
    real.time.goLive(WALL);
    expect([real.time.now(), real.time.isBehind]).toEqual([WALL + 9_000, false]);
  });

  it("catches up step by step as the simulated is taken", () => {
    const { wall, time } = timeAt(60);
    time.begin(WALL, CITY);
    time.took(CITY);
    wall.now = WALL + 60_000;
    let steps = 0;
    for (; time.isBehind; steps++) time.took(time.now());
    expect(steps).toBe(11);
    expect(time.now()).toBe(CITY + 3_600_000);
  });
});
