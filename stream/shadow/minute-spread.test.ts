import { expect, it } from "vitest";
import { minutes, seconds } from "../../twin/kernel/time.ts";
import { MinuteSpread } from "./minute-spread.ts";

function spreadOf(...ms: readonly number[]): MinuteSpread {
  const spread = new MinuteSpread();
  for (const one of ms) spread.add(one);
  return spread;
}

it("has no median of nothing", () => {
  expect(new MinuteSpread().minutes).toBeNull();
});

it("takes the one in the middle, and of an even number halfway between two", () => {
  expect(spreadOf(minutes(90), minutes(1), minutes(2)).minutes).toEqual({ median: 2, max: 90 });
  expect(spreadOf(minutes(1), minutes(2), minutes(3), minutes(90)).minutes).toEqual({ median: 2.5, max: 90 });
  expect(spreadOf(minutes(5), minutes(5), minutes(5), minutes(7)).minutes).toEqual({ median: 5, max: 7 });
  expect(spreadOf(seconds(30)).minutes).toEqual({ median: 0.5, max: 0.5 });
});

it("is the same for parts that are put together", () => {
  const whole = spreadOf(minutes(1), minutes(4), minutes(4), minutes(9), minutes(12));
  const part = spreadOf(minutes(4), minutes(12));
  part.addAll(spreadOf(minutes(1), minutes(4), minutes(9)));
  expect(part.minutes).toEqual(whole.minutes);
});
