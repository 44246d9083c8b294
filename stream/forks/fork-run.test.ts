import { beforeAll, describe, expect, it } from "vitest";
import { minutes } from "../../twin/kernel/time.ts";
import { ORDOS_2026 } from "../../twin/policy/policy-pack.ts";
import { NEVER } from "../detectors/absence.ts";
import type { SavedFold } from "../saved-fold.ts";
import type { ForkChange } from "./fork-change.ts";
import { forkDifference } from "./fork-difference.ts";
import type { ForkFigures } from "./fork-outcome.ts";
import { FORKED_AT, forked, type WatchedCity, watchedCity } from "./watched-city.ts";

/** Two hours of a city are made first, on a machine that may be busy. */
const WATCHING_MS = 120_000;

let watched: WatchedCity;
let unchanged: ForkFigures;
let powerCut: ForkChange;

beforeAll(() => {
  watched = watchedCity();
  unchanged = forked(watched, 6, []).figures;
  const feeders = watched.city.kitchens.map(({ devices }) => devices[0]?.feeder ?? "");
  const most = (a: string, b: string) =>
    feeders.filter((one) => one === b).length > feeders.filter((one) => one === a).length ? b : a;
  powerCut = { kind: "power-cut", feeder: feeders.reduce(most), afterMinutes: 10, minutes: 240 };
}, WATCHING_MS);

describe("A fork", () => {
  it("differs by nothing, in any figure, where nothing is changed", () => {
    const again = forked(watched, 6, []).figures;
    expect(again).toEqual(unchanged);
    const figures = forkDifference([{ seed: 1, unchanged, changed: again }]);
    expect(figures.length).toBeGreaterThan(8);
    for (const { difference, deviation } of figures) expect([difference, deviation]).toEqual([0, 0]);
    expect(unchanged.alerts).toBeGreaterThan(0);
  });

  it("comes out otherwise by another seed", () => {
    expect(forked(watched, 6, [], 2).figures).not.toEqual(unchanged);
  });

  it("shares its chance with the unchanged run: far from a change nothing differs", () => {
    const { run } = forked(watched, 6, [powerCut]);
    const { run: before } = forked(watched, 6, []);
    const outside = watched.city.kitchens.flatMap(({ devices }, kitchen) =>
      devices.some(({ feeder }) => powerCut.kind === "power-cut" && feeder === powerCut.feeder)
        ? []
        : [kitchen],
    );
    expect(outside.length).toBeGreaterThan(20);
    for (const kitchen of outside) {
      const [now, then] = [run.fold.kitchen(kitchen), before.fold.kitchen(kitchen)];
      expect(Object.keys(now.episodes)).toEqual(Object.keys(then.episodes));
      const device = watched.city.firstDevice[kitchen]!;
      expect(run.fold.devices.valueOf(device)).toEqual(before.fold.devices.valueOf(device));
    }
  });

  it("of a power cut brings the area outage, and fridges that get too warm", () => {
    const { figures } = forked(watched, 6, [powerCut]);
    expect(figures["alerts.O06"] ?? 0).toBeGreaterThan(unchanged["alerts.O06"] ?? 0);
    expect(figures["alerts.T01"] ?? 0).toBeGreaterThan((unchanged["alerts.T01"] ?? 0) + 5);
    expect(figures["exposure.meals"]).toBeGreaterThan(unchanged["exposure.meals"] ?? 0);
  });

  it("of a banner without network brings an area outage, and no warm fridge", () => {
    const { banner } = watched.city.kitchens[0]!;
    const cut: ForkChange = { kind: "network-cut", area: { by: "banner", id: banner }, minutes: 60 };
    const { figures } = forked(watched, 6, [cut]);
    expect(figures["alerts.O06"] ?? 0).toBeGreaterThan(unchanged["alerts.O06"] ?? 0);
    expect(figures["alerts.T01"] ?? 0).toBe(unchanged["alerts.T01"] ?? 0);
  });

  it("of a broken fridge brings its alert", () => {
    const device = watched.city.devices.find(({ kind }) => kind === "fridge-temperature")!.id;
    const { run } = forked(watched, 3, [{ kind: "fridge-failure", device, minutes: null }]);
    const kitchen = watched.city.kitchenOfDevice[watched.city.deviceOrdinal(device)]!;
    const codes = Object.values(run.fold.kitchen(kitchen).episodes).filter(({ asset }) => asset === device);
    expect(codes.map(({ code }) => code)).toContain("T01");
  });

  it("of another street has its kitchens at work, and leaves all others as they were", () => {
    const { banner } = watched.city.kitchens[0]!;
    const { run, figures } = forked(watched, 16, [{ kind: "street", banner, kitchens: 30 }]);
    const { run: before, figures: without } = forked(watched, 16, []);
    const old = watched.city.kitchens.length;
    expect(figures["alerts.D01"] ?? 0).toBe(without["alerts.D01"] ?? 0);
    const heard = Array.from({ length: 30 }, (_, i) => run.fold.kitchen(old + i).facts.heard);
    expect(Math.min(...heard)).toBeGreaterThan(2);
    expect(figures.alerts ?? 0).toBeGreaterThan(without.alerts ?? 0);
    for (let kitchen = 0; kitchen < old; kitchen++) {
      const episodes = Object.keys(run.fold.kitchen(kitchen).episodes);
      expect(episodes).toEqual(Object.keys(before.fold.kitchen(kitchen).episodes));
    }
  });

  it("of a recall finds the kitchens that were seen to receive the lot", () => {
    const { product, lot } = watched.lot;
    const recall: ForkChange = { kind: "recall", product, lots: [lot], class: 1 };
    expect(forked(watched, 1, [recall]).figures["alerts.D08"]).toBeGreaterThan(1);
  });

  it("of another policy is judged by it from its beginning on", () => {
    const pack = { ...ORDOS_2026, version: 2, disabled: ["T01"] };
    const { figures } = forked(watched, 6, [powerCut, { kind: "policy", pack }]);
    expect(figures["alerts.T01"] ?? 0).toBe(0);
    expect(figures["alerts.O06"] ?? 0).toBeGreaterThan(0);
  });

  it("with ten times the officials has cases open for fewer hours", () => {
    const hoursOpen = (factor: number) =>
      forked(watched, 10, [{ kind: "inspectors", banner: null, factor }]).figures["cases.hoursOpen"] ?? 0;
    expect(hoursOpen(10)).toBeLessThan(hoursOpen(1));
  });
});

describe("The unchanged run of a fork", () => {
  it("owes the day no more paper than a day of the city does: what was handed in is, what was not still comes", () => {
    const { figures } = forked(watched, 16, []);
    expect(figures["alerts.T07"] ?? 0).toBeLessThan(6);
    expect(figures["alerts.D04"] ?? 0).toBeGreaterThan(0.02 * watched.city.kitchens.length);
    expect(figures["alerts.D04"] ?? 0).toBeLessThan(0.2 * watched.city.kitchens.length);
  });
});

describe("A fork knows what was observed, and no more:", () => {
  it("what the twin saw goes on, whatever made it so", () => {
    const { city } = watched;
    const state: SavedFold = JSON.parse(watched.saved);
    const fridges = city.devices.flatMap(({ kind }, device) =>
      kind === "fridge-temperature" ? [device] : [],
    );
    const [warm = -1, unheard = -1] = fridges;
    const value = [...state.reader.value];
    value[warm] = 14;
    const last = [...state.absence.state];
    last[unheard] = NEVER;
    const saved = JSON.stringify({
      ...state,
      reader: { ...state.reader, value },
      absence: { ...state.absence, state: last },
    });
    const { run } = forked({ ...watched, saved }, 1, []);
    const { value: after } = run.fold.devices.valueOf(warm);
    expect(after).toBeGreaterThan(4.5);
    expect(after).toBeLessThan(14);
    expect(run.fold.devices.connectionOf(unheard)).toBe(NEVER);
  });

  it("a closed kitchen stays closed as long as it said", () => {
    const { city } = watched;
    const state: SavedFold = JSON.parse(watched.saved);
    const [first, ...others] = state.slots;
    const to = FORKED_AT + minutes(90);
    const closing = { state: "closed" as const, saidAt: FORKED_AT - 1, from: FORKED_AT - 1, to };
    const facts = { ...first!.settled.facts, declarations: [closing] };
    const slot = { ...first!, settled: { ...first!.settled, facts }, early: null };
    const saved = JSON.stringify({ ...state, slots: [slot, ...others] });
    const signs = (hours: number) => {
      const { run } = forked({ ...watched, saved }, hours, []);
      return run.fold.kitchen(0).facts.lastSignAt;
    };
    expect(city.kitchens[0]!.opens.length).toBeGreaterThan(0);
    expect(signs(1)).toBeLessThanOrEqual(FORKED_AT);
    expect(signs(9)).toBeGreaterThan(to);
  });
});
