import { describe, expect, it } from "vitest";
import { parseRegistry } from "../twin/city/registry.ts";
import { hours, minutes, parseTime, shanghaiDay } from "../twin/kernel/time.ts";
import { hasUnit, unitFault } from "../twin/policy/parameter-unit.ts";
import { DEFAULT_POLICIES, PolicyBook } from "../twin/policy/policy-book.ts";
import { ORDOS_2026, type PolicyPack } from "../twin/policy/policy-pack.ts";
import { parsePolicies } from "../twin/policy/policy-parser.ts";
import qingwanJson from "../twin/policy/qingwan-2026.json" with { type: "json" };
import { foldOf } from "./fold-of.ts";
import { feedViews } from "./projections/duties/feed-view.ts";
import { patrolPlan } from "./projections/duties/patrol-plan.ts";
import { RULES } from "./rules/catalogue.ts";
import { licenceExpiry } from "./rules/d01-licence-expiry.ts";
import { deviceOffline } from "./rules/o01-device-offline.ts";
import { fakeReadings } from "./rules/o04-fake-readings.ts";
import { clockSkew } from "./rules/o05-clock-skew.ts";
import { clothing } from "./rules/p01-clothing.ts";
import { strangerOrPet } from "./rules/p05-stranger-pet.ts";
import type { Rule } from "./rules/rule.ts";
import { RuleTrial, type TrialOptions } from "./rules/rule-trial.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";
import { rteRoomHot } from "./rules/t04-rte-room-hot.ts";
import { CITY_RULES } from "./second-stage/catalogue.ts";
import { CityTrial, kitchensOf } from "./second-stage/city-trial.ts";
import { areaOutage } from "./second-stage/o06-area-outage.ts";
import { slowVideo } from "./second-stage/o07-slow-video.ts";
import { dutyTown } from "./server/duty-town.ts";

const ALL = [...RULES, ...CITY_RULES];
const FRIDGE = "K/fridge-1";

function qingwan(): PolicyBook {
  const parsed = parsePolicies(qingwanJson, ALL);
  if (!parsed.ok) throw new RangeError(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** A word of the meteorological office at `time`, ms since epoch. */
const spoken = (time: number) => ({
  id: "w-1",
  source: "/systems/weather",
  kitchen: -1,
  device: -1,
  time,
  receivedAt: time,
  boot: null,
  sequence: null,
  exercise: false,
  position: 0,
});

/** Ordos up to a day of March, and from then on with what is changed. */
function changedFrom(day: string, change: Partial<PolicyPack>): PolicyBook {
  return new PolicyBook([
    { ...ORDOS_2026, validTo: `2026-03-${String(Number(day) - 1).padStart(2, "0")}` },
    { ...ORDOS_2026, version: 2, validFrom: `2026-03-${day}`, ...change },
  ]);
}

const trial = (rule: Rule, policies: PolicyBook, options: TrialOptions = {}) =>
  new RuleTrial(rule, { policies, ...options });
const fridge = (policies: PolicyBook) =>
  trial(fridgeHigh, policies, {
    devices: [{ id: FRIDGE, kind: "fridge-temperature", reportEveryMs: 60_000 }],
  });

describe("the parameters of the rules", () => {
  it.each(ALL.map((rule) => [rule.code, rule] as const))(
    "%s names a unit for each and keeps to it",
    (_code, rule) => {
      for (const [name, value] of Object.entries(rule.parameters)) {
        expect([name, hasUnit(name), unitFault(name, value)]).toEqual([name, true, null]);
      }
      for (const names of rule.rising) {
        const values = names.map((name) => rule.parameters[name]);
        expect([names, values]).toEqual([names, [...values].sort((a = 0, b = 0) => a - b)]);
      }
    },
  );

  it("are the same for both halves of a rule, in the kitchen and in the second stage", () => {
    for (const { code, parameters } of CITY_RULES) {
      const own = RULES.find((rule) => rule.code === code)?.parameters ?? {};
      for (const [name, value] of Object.entries(parameters))
        if (name in own) expect([code, name, own[name]]).toEqual([code, name, value]);
    }
  });
});

describe("another city's pack", () => {
  it("rings by its own limits: 6 °C are warm there, and nothing in Ordos", () => {
    const warm = (policies: PolicyBook) => fridge(policies).readsOn(FRIDGE, "10:00", "12:00", 6);
    expect(warm(DEFAULT_POLICIES).run("12:00")).toEqual([]);
    expect(warm(qingwan()).run("12:00")).toEqual([
      "10:20:00 raised L3 K/fridge-1",
      "11:00:00 rose to L2 K/fridge-1",
    ]);
    expect(warm(qingwan()).alerts("12:00")).toMatchObject([{ rule: "T01@1", policy: "qingwan-2026@1" }]);
  });

  it("counts, and looks ahead, by its own numbers", () => {
    const hatless = (policies: PolicyBook) => {
      const kitchen = trial(clothing, policies, { devices: [{ id: "K/cam-1", kind: "camera" }] });
      for (const at of ["05:00:00", "05:00:10", "11:00:00", "11:00:10"]) {
        kitchen.says(
          "warmcity.detection",
          at,
          { class: "no_hat", confidence: 0.9, zone: "cooking" },
          { by: "K/cam-1" },
        );
      }
      return kitchen.run("12:00").at(-1);
    };
    expect(hatless(qingwan())).toContain("L3");
    expect(hatless(DEFAULT_POLICIES)).not.toContain("L3");
    const licence = { licence: { number: "JY1", validTo: "2026-06-30", renewal: null } };
    const expiring = (policies: PolicyBook) =>
      trial(licenceExpiry, policies, { kitchen: licence, begins: "04-20 00:00" }).run("05-31 00:00");
    expect(expiring(DEFAULT_POLICIES)).toEqual(["05-31 00:00:00 raised L4 -"]);
    expect(expiring(qingwan())).toEqual(["05-01 00:00:00 raised L4 -"]);
  });

  it("hears nothing of the codes that it has turned off", () => {
    const pet = (policies: PolicyBook) =>
      trial(strangerOrPet, policies, { devices: [{ id: "K/cam-1", kind: "camera" }] })
        .says(
          "warmcity.detection",
          "12:00",
          { class: "pet", confidence: 0.9, zone: "cooking", lastedMs: 20_000 },
          { by: "K/cam-1" },
        )
        .run("12:30");
    expect(pet(DEFAULT_POLICIES)).toEqual(["12:00:10 raised L3 zone:K/cooking"]);
    expect(pet(qingwan())).toEqual([]);
  });

  it("lets a code that is off mute nobody: without O06 each fridge of a dark feeder rings for itself", () => {
    const kitchens = kitchensOf(10, 4, () => ({ device: { feeder: "F-1", kind: "fridge-temperature" } }));
    const dark = (policies: PolicyBook) => {
      const city = new CityTrial({ cityRules: [areaOutage], rules: [deviceOffline], kitchens, policies });
      const all = city.city.devices.map(({ id }) => id);
      const outputs = city.born(all, "08:00").died(all, "10:00").run("10:40");
      return ["raised", "suppressed"].map(
        (verb) => outputs.filter((line) => line.includes(` ${verb} `)).length,
      );
    };
    expect(dark(DEFAULT_POLICIES)).toEqual([1, 40]);
    expect(dark(new PolicyBook([{ ...ORDOS_2026, disabled: ["O06"] }]))).toEqual([40, 0]);
  });

  it("finds a flat line after its own hours, where Ordos waits for six", () => {
    const door = { id: "K/door-1", kind: "door", of: FRIDGE, reportEveryMs: null };
    const flat = (policies: PolicyBook) => {
      const devices = [{ id: FRIDGE, kind: "fridge-temperature", reportEveryMs: 60_000 }, door];
      const kitchen = trial(fakeReadings, policies, { devices }).readsOn(FRIDGE, "08:00", "14:30", 4);
      for (const at of ["08:30", "09:10", "10:20", "11:05", "11:20"])
        kitchen.says("warmcity.door", at, { state: "open" }, { by: door.id });
      return kitchen;
    };
    expect(flat(DEFAULT_POLICIES).run("14:30")).toEqual(["14:00:00 raised L3 K/fridge-1"]);
    expect(flat(qingwan()).run("14:30")).toEqual(["12:00:00 raised L3 K/fridge-1"]);
    expect(flat(qingwan()).alerts("14:30")[0]?.because[0]?.summary).toContain("no life in 4 h of readings");
  });

  it("draws its own share of kitchens for patrols, and calls a feed late by its own hours", () => {
    const city = dutyTown();
    const noon = parseTime("2026-11-23T12:00:00+08:00");
    const under = (policies: PolicyBook) => {
      const fold = foldOf(city, { early: false, policies });
      const weather = { kind: "dust", level: "blue", banners: [] };
      fold.event({ ...spoken(noon - hours(13)), type: "warmcity.weather.warned", data: weather });
      fold.tick(noon);
      const { drawn } = patrolPlan(city, fold, "150602-01", shanghaiDay(noon));
      return [drawn.length, feedViews(fold).map(({ late }) => late)];
    };
    // Of eight kitchens with a camera: 5 %, but at least three; or a half.
    expect(under(DEFAULT_POLICIES)).toEqual([3, [false]]);
    expect(under(qingwan())).toEqual([4, [true]]);
  });

  it("gives other deadlines and other channels", () => {
    const outputs = (policies: PolicyBook) =>
      fridge(policies).readsOn(FRIDGE, "10:00", "11:00", 9).outputs("11:00");
    const channels = (policies: PolicyBook) =>
      new Set(
        outputs(policies).flatMap(({ type, data }) =>
          type === "warmcity.notification.requested" && "channel" in data && data.to === "O"
            ? [data.channel]
            : [],
        ),
      );
    expect(channels(DEFAULT_POLICIES)).not.toEqual(channels(qingwan()));
  });
});

describe("what is judged before any rule", () => {
  const gateway = { id: FRIDGE, kind: "fridge-temperature", gateway: "K/gw", reportEveryMs: 60_000 };
  /** A gateway whose clock is 90 s ahead, a message a minute. */
  const ahead = (policies: PolicyBook, day: string) => {
    const kitchen = trial(clockSkew, policies, { devices: [gateway] });
    for (let minute = 0; minute < 30; minute++) {
      const at = (seconds: number) =>
        `${day} 10:${String(minute + Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
      kitchen.reads(FRIDGE, at(90), 4, { receivedAt: at(0) });
    }
    return kitchen.run(`${day} 11:00`);
  };

  it("goes by the pack too: a clock 90 s ahead is right in Ordos, and skewed where 60 s are too much", () => {
    const strict = changedFrom("04", { rules: { O05: { skewMs: 60_000, messageCount: 5 } } });
    expect(ahead(DEFAULT_POLICIES, "03-04")).toEqual([]);
    expect(ahead(strict, "03-03")).toEqual([]);
    expect(ahead(strict, "03-04")).toEqual(["03-04 10:04:00 raised L4 gateway:K/gw"]);
  });

  it("lets pictures be judged over another span", () => {
    const opened = (policies: PolicyBook) => {
      const city = new CityTrial({ cityRules: [slowVideo], kitchens: kitchensOf(1, 1), policies });
      // One slow picture each 5 min: for Ordos they have nothing to do with one another.
      for (const at of ["10:00", "10:05", "10:10", "10:15", "10:20", "10:25"])
        city.says("warmcity.video.measured", at, "K1", { camera: "K1/d1", firstFrameMs: 2_000 });
      return city.run("10:30");
    };
    expect(opened(DEFAULT_POLICIES)).toEqual([]);
    const patient = { rules: { O07: { gapMs: minutes(6), windowMs: minutes(6) } } };
    expect(opened(new PolicyBook([{ ...ORDOS_2026, ...patient }]))).toEqual(["10:20:00 raised L4 city"]);
  });
});

describe("a pack that follows another", () => {
  const stricter = changedFrom("04", { rules: { T01: { limitC: 5 } } });

  it("is in force from Shanghai's midnight on, also for a fridge that was warm before", () => {
    const kitchen = fridge(stricter).readsOn(FRIDGE, "03-03 22:00", "03-04 01:00", 6);
    expect(kitchen.run("03-04 01:00")).toEqual(["03-04 00:30:00 raised L3 K/fridge-1"]);
    expect(kitchen.alerts("03-04 01:00")).toMatchObject([{ policy: "ordos-2026@2" }]);
  });

  it("ends what it allows: a hold of the old limit goes no further under a higher one", () => {
    const milder = changedFrom("04", { rules: { T01: { limitC: 10 } } });
    const kitchen = fridge(milder).readsOn(FRIDGE, "03-03 23:45", "03-04 01:00", 9);
    expect(kitchen.run("03-04 01:00")).toEqual([]);
    const open = fridge(milder).readsOn(FRIDGE, "03-03 23:00", "03-04 01:00", 9);
    expect(open.run("03-04 01:00")).toEqual([
      "03-03 23:30:00 raised L3 K/fridge-1",
      "03-04 00:30:00 resolved L3 K/fridge-1",
    ]);
  });

  it("moves the borders that values are followed by, also under a value that does not move", () => {
    const cooler = changedFrom("04", { rules: { T04: { limitC: 20 } } });
    const room = { id: "K/room-1", kind: "room-temperature", zone: "rte", reportEveryMs: 60_000 };
    const kitchen = { zones: [{ id: "rte", kind: "rte-room" }], opens: [["00:00", "24:00"]] };
    const warm = (policies: PolicyBook) =>
      trial(rteRoomHot, policies, { kitchen, devices: [room] })
        .readsOn("K/room-1", "03-03 23:00", "03-04 01:00", 22)
        .run("03-04 01:00");
    expect(warm(DEFAULT_POLICIES)).toEqual([]);
    expect(warm(cooler)).toEqual(["03-04 00:15:00 raised L3 zone:K/rte"]);
  });

  it("says by which pack an alert stands at its present level", () => {
    const kitchen = fridge(stricter).readsOn(FRIDGE, "03-03 23:00", "03-04 01:10", 9);
    expect(kitchen.run("03-04 01:10")).toEqual([
      "03-03 23:30:00 raised L3 K/fridge-1",
      "03-04 01:00:00 rose to L2 K/fridge-1",
    ]);
    const said = kitchen
      .outputs("03-04 01:10")
      .flatMap(({ data }) => ("code" in data ? [`${data.level} ${data.policy}`] : []));
    expect(said).toEqual(["L3 ordos-2026@1", "L2 ordos-2026@2"]);
  });

  it("raises nothing while a code is off, and goes on with what was open before", () => {
    const off = changedFrom("04", { disabled: ["T01"] });
    const kitchen = fridge(off)
      .readsOn(FRIDGE, "03-03 23:00", "03-04 01:30", 9)
      .readsOn(FRIDGE, "03-04 01:31", "03-04 02:30", 4)
      .readsOn(FRIDGE, "03-04 02:31", "03-04 04:00", 9);
    expect(kitchen.run("03-04 04:00")).toEqual([
      "03-03 23:30:00 raised L3 K/fridge-1",
      "03-04 02:01:00 resolved L3 K/fridge-1",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const kitchen = fridge(stricter)
      .readsOn(FRIDGE, "03-03 23:00", "03-04 00:45", 6)
      .readsOn(FRIDGE, "03-04 00:46", "03-04 02:00", 4);
    const clean = kitchen.run("03-04 02:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(kitchen.run("03-04 02:00", { shuffled: seed })).toEqual(clean);
  });
});

describe("a case", () => {
  /** Two fridges fail, one before and one after the change; nobody acknowledges. */
  function dues(policies: PolicyBook): string[] {
    const devices = [FRIDGE, "K/fridge-2"].map((id) => ({
      id,
      kind: "fridge-temperature",
      reportEveryMs: 60_000,
    }));
    const kitchen = trial(fridgeHigh, policies, { devices })
      .readsOn(FRIDGE, "03-03 10:00", "03-03 10:30", 9)
      .readsOn("K/fridge-2", "03-04 10:00", "03-04 10:30", 9);
    for (const asset of [FRIDGE, "K/fridge-2"]) {
      const at = asset === FRIDGE ? "03-04 10:45" : "03-04 10:46";
      const opened = kitchen.alerts("03-04 10:40").find((alert) => alert.asset === asset)!;
      kitchen.says("warmcity.case.command", at, {
        case: opened.case,
        command: "acknowledge",
        role: "O",
        actor: "p",
        reason: null,
        evidence: [],
      });
    }
    return kitchen
      .outputs("03-04 11:00")
      .flatMap(({ data }) =>
        "to" in data && data.to === "acked" && "due" in data ? [String(data.due)] : [],
      );
  }

  it("that was opened under one version ends under it, while new ones run under the next", () => {
    const { L3 } = ORDOS_2026.cases.levels;
    const sooner: PolicyPack["cases"] = {
      ...ORDOS_2026.cases,
      levels: { ...ORDOS_2026.cases.levels, L3: { ...L3, rectify: { kind: "elapsed", ms: hours(6) } } },
    };
    expect(dues(DEFAULT_POLICIES)).toEqual([
      "2026-03-07T10:45:00.000+08:00",
      "2026-03-07T10:46:00.000+08:00",
    ]);
    expect(dues(changedFrom("04", { cases: sooner }))).toEqual([
      "2026-03-07T10:45:00.000+08:00",
      "2026-03-04T16:46:00.000+08:00",
    ]);
  });
});

describe("a fold's snapshot", () => {
  const parsed = parseRegistry({ version: 1, kitchens: [] });
  const city = parsed.ok ? parsed.value : null;

  it("names the packs in force and is not taken up under others", () => {
    if (city === null) throw new RangeError("an empty registry is none");
    const time = Date.UTC(2026, 2, 2);
    const fold = foldOf(city, { early: true });
    fold.tick(time);
    const saved = JSON.parse(JSON.stringify(fold.save()));
    expect(saved.policies).toMatchObject([{ policy: "ordos-2026@1" }]);
    expect(() => foldOf(city, { early: true, policies: qingwan() }).restore(saved)).toThrow("qingwan-2026@1");
    const later = foldOf(city, { early: true, policies: changedFrom("04", { disabled: ["P05"] }) });
    later.restore(saved);
    later.tick(time + minutes(1));
    expect(later.save().policies).toEqual(saved.policies);
  });
});
