import { describe, expect, it } from "vitest";
import { fakeReadings } from "./o04-fake-readings.ts";
import { RuleTrial } from "./rule-trial.ts";

const FRIDGE = "K/fridge-1";
const fridge = (id: string) => ({
  id,
  kind: "fridge-temperature",
  zone: "cold-store",
  reportEveryMs: 60_000,
});
const door = { id: "K/door-1", kind: "door", of: FRIDGE, reportEveryMs: null };
const compressor = { id: "K/power-1", kind: "power", of: FRIDGE, reportEveryMs: 60_000 };

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** A value each minute of the day from `from` to `to` (minutes since midnight). */
function shows(
  trial: RuleTrial,
  device: string,
  from: number,
  to: number,
  value: (minute: number) => number,
) {
  for (let minute = from; minute <= to; minute++) trial.reads(device, clock(minute), value(minute));
  return trial;
}
const opens = (trial: RuleTrial, ...times: readonly string[]) => {
  for (const at of times) trial.says("warmcity.door", at, { state: "open" }, { by: door.id });
  return trial;
};
/** A living fridge: up and down by 0.8 °C within 40 min. */
const living = (minute: number) => 3.4 + Math.abs((minute % 40) - 20) * 0.04;
const wobbling = (by: number) => (minute: number) => 4 + (minute % 2 === 0 ? by : -by);
const FIVE = ["08:30", "09:10", "10:20", "11:30", "13:40"] as const;

const trialOf = (devices: { id: string; kind: string }[] = [fridge(FRIDGE), door]) =>
  new RuleTrial(fakeReadings, { devices });

describe("O04 flat line", () => {
  it("rings after 6 h without life while the door was opened five times", () => {
    const trial = shows(shows(trialOf(), FRIDGE, 420, 479, living), FRIDGE, 480, 900, () => 4);
    opens(trial, ...FIVE);
    const [line, ...others] = trial.run("15:00");
    expect(others).toEqual([]);
    expect(line).toMatch(/^(13:5\d|14:0\d):00 raised L3 K\/fridge-1$/);
    expect(trial.alerts("15:00")[0]!.because).toMatchObject([
      { text: { en: expect.stringContaining("deviation 0.0") } },
      { text: { en: "its door was opened 5 times or more meanwhile" } },
    ]);
  });

  it("stays silent with four openings, and rings at the fifth though the line has been flat for long", () => {
    const flat = () => shows(trialOf(), FRIDGE, 480, 1_000, () => 4);
    expect(opens(flat(), ...FIVE.slice(0, 4)).run("16:40")).toEqual([]);
    expect(opens(flat(), "10:20", "11:30", "13:40", "14:10", "15:05").run("16:40")).toEqual([
      "15:05:00 raised L3 K/fridge-1",
    ]);
  });

  it("rings where the compressor switches meanwhile", () => {
    const trial = shows(trialOf([fridge(FRIDGE), compressor]), FRIDGE, 480, 900, () => 4);
    shows(trial, compressor.id, 480, 900, (minute) => (minute < 570 ? 210 : 0));
    expect(trial.run("15:00")).toEqual(["14:00:00 raised L3 K/fridge-1"]);
    const steady = shows(trialOf([fridge(FRIDGE), compressor]), FRIDGE, 480, 900, () => 4);
    expect(shows(steady, compressor.id, 480, 900, () => 210).run("15:00")).toEqual([]);
  });

  it("keeps to the deviation: 0.04 °C is flat, 0.06 °C is not, nor is a living fridge", () => {
    const told = (value: (minute: number) => number) =>
      opens(shows(trialOf(), FRIDGE, 480, 900, value), ...FIVE).run("15:00");
    expect(told(wobbling(0.04))).toEqual(["14:00:00 raised L3 K/fridge-1"]);
    expect(told(wobbling(0.06))).toEqual([]);
    expect(told(living)).toEqual([]);
  });

  it("says nothing of a unit whose doors nobody watches, and of one that was shut for the night", () => {
    expect(shows(trialOf([fridge(FRIDGE)]), FRIDGE, 480, 900, () => 4).run("15:00")).toEqual([]);
    expect(shows(trialOf(), FRIDGE, 0, 480, wobbling(0.02)).run("08:00")).toEqual([]);
  });

  it("begins anew after a gap in the readings", () => {
    const trial = shows(trialOf(), FRIDGE, 480, 700, () => 4);
    expect(
      opens(
        shows(trial, FRIDGE, 710, 1_000, () => 4),
        ...FIVE,
      ).run("16:40"),
    ).toEqual([]);
  });
});

describe("O04 jump", () => {
  const jumps = (to: number) =>
    shows(
      shows(trialOf(), FRIDGE, 480, 540, () => 4),
      FRIDGE,
      541,
      560,
      () => to,
    ).run("09:20");
  it("rings at more than 5 °C a minute", () => {
    expect(jumps(9.1)).toEqual(["09:01:00 raised L3 K/fridge-1"]);
    expect(jumps(9)).toEqual([]);
  });
  it("lets a hot-holding device be filled and emptied", () => {
    const tank = { id: "K/tank", kind: "hot-holding-temperature", reportEveryMs: 60_000 };
    const trial = trialOf([tank]);
    shows(trial, tank.id, 480, 540, () => 20);
    expect(shows(trial, tank.id, 541, 600, () => 75).run("10:00")).toEqual([]);
  });
});

describe("O04 cloned series", () => {
  const pair = () => trialOf([fridge("K/fridge-1"), fridge("K/fridge-2"), fridge("K/fridge-3")]);
  const noisy = (minute: number) => 3 + ((minute * 37) % 23) / 20;
  it("rings for both within an hour of the hundredth value in common, and not for the third", () => {
    const trial = shows(pair(), "K/fridge-1", 480, 700, noisy);
    shows(trial, "K/fridge-2", 480, 700, noisy);
    shows(trial, "K/fridge-3", 480, 700, (minute) => noisy(minute + 1));
    const lines = trial.run("11:40");
    expect(lines).toEqual(["09:55:00 raised L3 K/fridge-1", "09:55:00 raised L3 K/fridge-2"]);
    expect(trial.alerts("11:40").find(({ asset }) => asset === FRIDGE)!.because[0]!.text!.en).toBe(
      "105 readings in a row are those of K/fridge-2",
    );
    for (const seed of [1, 2]) expect(trial.run("11:40", { shuffled: seed })).toEqual(lines);
  });
  it("takes no steady values for copies, and no hour in common", () => {
    const ice = shows(pair(), "K/fridge-1", 480, 700, () => 4);
    expect(shows(ice, "K/fridge-2", 480, 700, () => 4).run("11:40")).toEqual([]);
    const hour = shows(pair(), "K/fridge-1", 480, 700, noisy);
    shows(hour, "K/fridge-2", 480, 540, noisy);
    expect(shows(hour, "K/fridge-2", 541, 700, (minute) => noisy(minute + 1)).run("11:40")).toEqual([]);
  });
});

describe("O04", () => {
  it("stays with people, and ends when the device is calibrated", () => {
    const trial = opens(
      shows(trialOf(), FRIDGE, 480, 900, () => 4),
      ...FIVE,
    );
    trial.says("warmcity.device.maintained", "15:10", { kind: "calibration" }, { by: FRIDGE });
    shows(trial, FRIDGE, 911, 960, living);
    expect(trial.run("16:00")).toEqual(["14:00:00 raised L3 K/fridge-1", "15:10:00 resolved L3 K/fridge-1"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = opens(
      shows(trialOf(), FRIDGE, 480, 900, () => 4),
      ...FIVE,
    );
    for (const seed of [1, 2]) {
      expect(trial.run("15:00", { shuffled: seed })).toEqual(["14:00:00 raised L3 K/fridge-1"]);
    }
  });
});
