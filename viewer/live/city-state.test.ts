import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAP_STATES } from "../../stream/wire.ts";
import { CityState, totalOf } from "./city-state.ts";

const L1 = MAP_STATES.indexOf("L1");
const NORMAL = MAP_STATES.indexOf("normal");

function city(size: number, seen: readonly string[] | null = null): CityState {
  const positions = {
    ids: Array.from({ length: size }, (_, i) => `K-${i}`),
    names: Array.from({ length: size }, (_, i) => `店${i}`),
    types: Array.from({ length: size }, () => "small" as const),
    banners: Array.from({ length: size }, (_, i) => (i % 2 === 0 ? "150602" : "150603")),
    offices: Array.from({ length: size }, () => "150602-01"),
    lon: Array.from({ length: size }, () => 110),
    lat: Array.from({ length: size }, () => 39.8),
  };
  return new CityState(positions, seen);
}

function snapshot(states: number[]) {
  return {
    kind: "snapshot" as const,
    time: 1,
    position: 1,
    indices: null,
    states: Uint8Array.from(states),
    flags: new Uint8Array(states.length),
  };
}

describe("CityState", () => {
  it("knows nothing of any kitchen before the first frame", () => {
    expect(city(3).counts().never).toBe(3);
    expect(city(3).time).toBeNaN();
  });

  it("takes a snapshot over and counts it by banner", () => {
    const state = city(4);
    expect(state.apply(snapshot([NORMAL, L1, NORMAL, NORMAL]))).toBeNull();
    expect(state.counts()).toMatchObject({ normal: 3, L1: 1, never: 0 });
    expect(state.countsOf("150603")).toMatchObject({ normal: 1, L1: 1 });
    expect(state.stateOf(1)).toBe("L1");
  });

  it("counts nothing that lies outside the area of who is signed in, and takes nothing over about it", () => {
    const state = city(4, ["K-0", "K-3"]);
    expect(state.counts().never).toBe(2);
    state.apply(snapshot([NORMAL, L1, L1, L1]));
    expect(totalOf(state.counts())).toBe(2);
    expect(state.countsOf("150603")).toMatchObject({ L1: 1, never: 0 });
    const change = { kind: "delta" as const, time: 2, position: 2, flags: new Uint8Array(2) };
    state.apply({ ...change, indices: Uint16Array.from([1, 3]), states: Uint8Array.from([NORMAL, NORMAL]) });
    expect(state.counts()).toMatchObject({ normal: 2, L1: 0 });
    expect([0, 1, -1].map((index) => state.isInside(index))).toEqual([true, false, false]);
  });

  it("ignores a change of a kitchen that it does not have", () => {
    const state = city(2);
    state.apply(snapshot([NORMAL, NORMAL]));
    const change = { kind: "delta" as const, time: 2, position: 2, flags: new Uint8Array(1) };
    state.apply({ ...change, indices: Uint16Array.from([9]), states: Uint8Array.from([L1]) });
    expect(state.counts()).toMatchObject({ normal: 2, L1: 0 });
  });

  it("keeps the counts true through any changes", () => {
    const change = fc.tuple(fc.nat(9), fc.nat(MAP_STATES.length - 1));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const state = city(10);
        for (const [index, to] of changes) {
          state.apply({
            kind: "delta",
            time: 1,
            position: 1,
            indices: Uint16Array.from([index]),
            states: Uint8Array.from([to]),
            flags: new Uint8Array(1),
          });
        }
        const counts = state.counts();
        for (const [code, name] of MAP_STATES.entries())
          expect(counts[name]).toBe(state.states.filter((own) => own === code).length);
        expect(totalOf(state.countsOf("150602")) + totalOf(state.countsOf("150603"))).toBe(10);
      }),
    );
  });
});
