import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceM } from "../kernel/math.ts";
import { banners } from "./geography.ts";
import { frameOf, TownFrame } from "./town-frame.ts";

const metres = fc.double({ min: -8_000, max: 8_000, noNaN: true });

describe("TownFrame", () => {
  it("returns to the same place within 0.1 m", () => {
    fc.assert(
      fc.property(metres, metres, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (x, y, turn) => {
        const frame = new TownFrame({ lon: 109.98, lat: 39.82 }, turn);
        const back = frame.toLocal(frame.toPoint({ x, y }));
        expect(Math.abs(back.x - x)).toBeLessThan(0.1);
        expect(Math.abs(back.y - y)).toBeLessThan(0.1);
      }),
    );
  });

  it("measures in metres", () => {
    fc.assert(
      fc.property(metres, metres, (x, y) => {
        const frame = new TownFrame({ lon: 107, lat: 38 }, 0.2);
        const far = Math.sqrt(x * x + y * y);
        expect(Math.abs(distanceM(frame.origin, frame.toPoint({ x, y })) - far)).toBeLessThan(
          0.01 * far + 0.2,
        );
      }),
    );
  });
});

describe("frameOf()", () => {
  it("lays the streets of one city on one grid, those of a far town on its own", () => {
    const dongsheng = banners[0]!;
    const [jiaotong, gongyuan] = dongsheng.towns;
    const far = dongsheng.towns.find((town) => town.en === "Boerjianghaizi")!;
    expect(frameOf(dongsheng, jiaotong!).origin).toEqual(frameOf(dongsheng, gongyuan!).origin);
    expect(frameOf(dongsheng, far).origin).toEqual(far.center);
  });

  it("turns the grid of each banner by an angle of its own, 20° at most", () => {
    const turns = banners.map((banner) => frameOf(banner, banner.towns[0]!).turn);
    expect(new Set(turns).size).toBe(9);
    for (const turn of turns) expect(Math.abs(turn)).toBeLessThanOrEqual(0.35);
  });
});
