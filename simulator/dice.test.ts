import { describe, expect, test } from "vitest";
import { blend, Dice } from "./dice.ts";

const draws = (count: number, draw: (dice: Dice) => number) => {
  const dice = new Dice().seat(1, 2, 3);
  return Array.from({ length: count }, () => draw(dice));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("Dice", () => {
  test("gives the same draws from the same seat, others from any other", () => {
    const from = (...seat: [number, number, number?, number?]) => {
      const dice = new Dice().seat(...seat);
      return [dice.uint32(), dice.uint32(), dice.uint32()];
    };
    expect(from(1, 2, 3, 4)).toEqual(from(1, 2, 3, 4));
    const others = [from(2, 2, 3, 4), from(1, 3, 3, 4), from(1, 2, 4, 4), from(1, 2, 3, 5), from(2, 1, 3, 4)];
    for (const other of others) expect(other).not.toEqual(from(1, 2, 3, 4));
  });

  test("draws evenly between 0 and 1", () => {
    const values = draws(20_000, (dice) => dice.next());
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length;
      expect(share).toBeGreaterThan(0.09);
      expect(share).toBeLessThan(0.11);
    }
  });

  test("int() reaches both ends and nothing else", () => {
    expect(new Set(draws(1_000, (dice) => dice.int(3, 6)))).toEqual(new Set([3, 4, 5, 6]));
  });

  test("normal() has mean 0 and deviation 1", () => {
    const values = draws(20_000, (dice) => dice.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(Math.sqrt(mean(values.map((value) => value * value)))).toBeCloseTo(1, 1);
  });

  test.each([0.3, 5, 80])("poisson(%d) has that mean", (wanted) => {
    expect(mean(draws(5_000, (dice) => dice.poisson(wanted))) / wanted).toBeCloseTo(1, 1);
  });

  test("round() has the mean of its argument", () => {
    expect(mean(draws(20_000, (dice) => dice.round(1.21)))).toBeCloseTo(1.21, 1);
  });

  test("pick() refuses to pick from nothing", () => {
    expect(() => new Dice().seat(1, 1).pick([])).toThrow(RangeError);
  });
});

test("blend() tells neighbouring numbers apart", () => {
  const seen = new Set<number>();
  for (let a = 0; a < 50; a++) for (let b = 0; b < 50; b++) seen.add(blend(a, b));
  expect(seen.size).toBe(2_500);
});
