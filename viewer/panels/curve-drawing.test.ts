import { describe, expect, it } from "vitest";
import { type CurvePoint, drawCurve } from "./curve-drawing.ts";

const SIZE = { width: 300, height: 62 };
const MINUTE = 60_000;
const SPAN = { from: 0, to: 300 * MINUTE };
const fridge = { celsius: 8, keep: "below" } as const;

function points(values: readonly number[], step = 10 * MINUTE): CurvePoint[] {
  return values.map((mean, i) => ({ at: i * step, min: mean - 0.2, mean, max: mean + 0.2 }));
}

describe("drawCurve", () => {
  it("draws nothing from less than two points", () => {
    expect(drawCurve([], SPAN, fridge, SIZE)).toBeNull();
    expect(drawCurve(points([4]), SPAN, fridge, SIZE)).toBeNull();
  });

  it("marks what lies beyond the limit, and only that", () => {
    const drawing = drawCurve(points([4, 5, 9, 10, 5]), SPAN, fridge, SIZE)!;
    expect(drawing.over.match(/[ML]/g)).toEqual(["M", "L"]);
    expect(drawCurve(points([4, 5, 4]), SPAN, fridge, SIZE)!.over).toBe("");
  });

  it("marks what lies below where the food must stay hot", () => {
    const drawing = drawCurve(points([66, 58, 57, 66]), SPAN, { celsius: 60, keep: "above" }, SIZE)!;
    expect(drawing.over.match(/[ML]/g)).toEqual(["M", "L"]);
  });

  it("keeps the limit in sight even if all values are far from it", () => {
    const { limitY } = drawCurve(points([2, 2, 2]), SPAN, fridge, SIZE)!;
    expect(limitY).toBeGreaterThanOrEqual(0);
    expect(limitY).toBeLessThan(SIZE.height);
  });

  it("breaks the line where data are missing", () => {
    const late = points([4, 4, 4, 4]).map((point, i) =>
      i < 2 ? point : { ...point, at: point.at + 200 * MINUTE },
    );
    expect(drawCurve(late, SPAN, fridge, SIZE)!.mean.match(/M/g)).toHaveLength(1);
    const dense = [
      ...points([4, 4, 4, 4, 4]),
      ...points([4, 4]).map((p) => ({ ...p, at: p.at + 200 * MINUTE })),
    ];
    expect(drawCurve(dense, SPAN, fridge, SIZE)!.mean.match(/M/g)).toHaveLength(2);
  });

  it("puts full hours under the curve", () => {
    const { hours } = drawCurve(points([4, 4, 4]), SPAN, fridge, SIZE)!;
    expect(hours.map(({ at }) => at / (60 * MINUTE))).toEqual([1, 2, 3, 4]);
  });
});
