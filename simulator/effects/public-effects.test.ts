import { describe, expect, test } from "vitest";
import { MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { hear, heardOf } from "../heard.ts";
import type { Incident } from "../incidents.ts";
import { QUIET_NETWORK } from "../network.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { Simulation } from "../simulation.ts";

const at = (text: string) => parseTime(`2026-06-06T${text}+08:00`);
const city = oneKitchen({
  type: "mobile-banquet",
  opens: [["05:00", "16:00"]],
  devices: [{ name: "gps", kind: "gps", reportEveryMs: 300_000 }],
});

function run(incidents: readonly Incident[]) {
  const [from, until] = [at("11:00:00"), at("15:00:00")];
  const simulation = new Simulation({ city, seed: 3, from, incidents, network: QUIET_NETWORK, load: false });
  return { heard: hear(city, simulation.advance(until)), truth: simulation.truth() };
}

describe("review-storm (SC21)", () => {
  const storm: Incident = {
    kind: "review-storm",
    kitchen: "K-1",
    platform: "meituan",
    from: at("12:00:00"),
    to: at("12:40:00"),
    ratings: 420,
    stars: 1,
    newShare: 0.88,
    noOrderShare: 0.81,
    copiedShare: 0.86,
    text: "别来",
    otherTexts: ["太咸了"],
    code: "C03",
  };

  test("spreads the ratings and each of its shares evenly", () => {
    const { heard, truth } = run([storm]);
    const said = heardOf(heard, "warmcity.rating.posted").filter(({ event }) => event.data.stars === 1);
    const share = (of: typeof said, has: (data: (typeof said)[number]["event"]["data"]) => boolean) =>
      of.filter(({ event }) => has(event.data)).length / of.length;
    expect(said).toHaveLength(420);
    for (const part of [said, said.slice(0, 100), said.slice(-100)]) {
      expect(share(part, ({ accountAgeDays }) => accountAgeDays < 7)).toBeCloseTo(0.88, 1);
      expect(share(part, ({ orderVerified }) => !orderVerified)).toBeCloseTo(0.81, 1);
      expect(share(part, ({ text }) => text.startsWith("别来"))).toBeCloseTo(0.86, 1);
    }
    expect(truth).toMatchObject([{ code: "C03", kitchen: "K-1", from: at("12:00:00"), to: at("12:40:00") }]);
  });
});

describe("route (SC14)", () => {
  test("is where the GPS says it is, and nothing else says so meanwhile", () => {
    const place = { lon: 110.2, lat: 39.9 };
    const [from, to] = [at("12:00:00"), at("13:00:00")];
    const { heard, truth } = run([{ kind: "route", device: "K-1/gps", from, to, place, code: "B02" }]);
    const said = heardOf(heard, "warmcity.position").filter(({ time }) => time >= from && time < to);
    expect(said.map(({ time }) => (time - from) / MINUTE_MS)).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55,
    ]);
    expect(said.every(({ event }) => event.data.lon === place.lon && event.data.lat === place.lat)).toBe(
      true,
    );
    expect(truth).toMatchObject([{ code: "B02", asset: "K-1/gps" }]);
  });
});

describe("banquet and platform-listing", () => {
  const data = { banquet: "B", heads: 600, filed: true, place: { lon: 110, lat: 39 } };
  const listing = {
    shop: "S",
    licence: "JY1",
    licenceValidTo: "2026-06-01",
    address: "",
    dineIn: true,
    noDineInLabel: false,
    state: "listed",
  } as const;

  test("say what they are given, and tell the truth only of what deserves an alert", () => {
    const { heard, truth } = run([
      { kind: "banquet", kitchen: "K-1", at: at("12:00:00"), data },
      { kind: "banquet", kitchen: "K-1", at: at("12:30:00"), data, changed: true, code: "B01" },
      {
        kind: "platform-listing",
        kitchen: "K-1",
        platform: "jd",
        at: at("13:00:00"),
        data: listing,
        code: "W02",
      },
      { kind: "platform-listing", kitchen: "K-1", platform: "jd", at: at("14:00:00"), data: listing },
    ]);
    expect(heardOf(heard, "warmcity.banquet.changed").map(({ time }) => time)).toEqual([at("12:30:00")]);
    expect(heardOf(heard, "warmcity.platform.listing").map(({ event }) => event.source)).toEqual([
      "/platforms/jd",
      "/platforms/jd",
    ]);
    expect(truth.map(({ code, asset }) => `${code} ${asset}`)).toEqual(["B01 banquet:B", "W02 shop:S"]);
  });
});
