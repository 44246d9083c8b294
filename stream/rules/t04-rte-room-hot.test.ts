import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { rteRoomHot } from "./t04-rte-room-hot.ts";

const ROOM = "K/room-1";
const thermometer = { id: ROOM, kind: "room-temperature", zone: "rte", reportEveryMs: 60_000 };
const presence = { id: "K/people-1", kind: "presence", zone: "rte", reportEveryMs: null };
const zones = [
  { id: "rte", kind: "rte-room" },
  { id: "hall", kind: "dining" },
];
const room = (devices: { id: string; kind: string }[] = [thermometer, presence]) =>
  new RuleTrial(rteRoomHot, { kitchen: { zones }, devices });
const people = (trial: RuleTrial, ...rows: readonly (readonly [at: string, people: number])[]) => {
  for (const [at, count] of rows) trial.says("warmcity.presence", at, { people: count }, { by: presence.id });
  return trial;
};

describe("T04 ready-to-eat room hot", () => {
  it("rings after 15 min above 25.0 °C with staff inside, and not after 14", () => {
    const warm = () => people(room().readsOn(ROOM, "09:50", "10:30", 25.4), ["10:00", 2]);
    expect(people(warm(), ["10:14", 0]).run("10:30")).toEqual([]);
    const trial = people(warm(), ["10:16", 0]);
    expect(trial.run("10:30")).toEqual(["10:15:00 raised L3 zone:K/rte"]);
    expect(trial.alerts("10:30")).toMatchObject([
      {
        value: { number: 25.4, unit: "Cel" },
        because: [{ text: { zh: expect.stringContaining("25.4 °C") } }],
      },
    ]);
  });

  it("stays silent at 27 °C in a room that nobody uses, at 25.0 °C, and in another room", () => {
    expect(people(room().readsOn(ROOM, "10:00", "11:00", 27), ["09:00", 0]).run("11:00")).toEqual([]);
    expect(people(room().readsOn(ROOM, "10:00", "11:00", 25), ["09:00", 1]).run("11:00")).toEqual([]);
    const hall = room([{ ...thermometer, zone: "hall" } as typeof thermometer]);
    expect(hall.readsOn(ROOM, "10:00", "11:00", 27).run("11:00")).toEqual([]);
  });

  it("goes by the opening hours where nobody counts people", () => {
    const warm = room([thermometer]).readsOn(ROOM, "08:00", "10:00", 27);
    expect(warm.run("10:00")).toEqual(["09:15:00 raised L3 zone:K/rte"]);
  });

  it("is not broken by noise within 0.3 °C of the limit, but at 24.7 °C", () => {
    const noisy = (dip: number) =>
      people(room(), ["09:00", 1])
        .readsOn(ROOM, "10:00", "10:07", 25.2)
        .readsOn(ROOM, "10:08", "10:09", dip)
        .readsOn(ROOM, "10:10", "10:20", 25.2);
    expect(noisy(24.8).run("10:20")).toEqual(["10:15:00 raised L3 zone:K/rte"]);
    expect(noisy(24.7).run("10:20")).toEqual([]);
  });

  it("clears after 10 min at or below 25 °C, and begins a new hold after that", () => {
    const trial = people(room(), ["09:00", 1])
      .readsOn(ROOM, "10:00", "10:20", 26)
      .readsOn(ROOM, "10:21", "10:25", 25)
      .readsOn(ROOM, "10:26", "10:26", 25.1)
      .readsOn(ROOM, "10:27", "10:40", 24.9)
      .readsOn(ROOM, "10:41", "10:58", 25.5);
    expect(trial.run("10:58")).toEqual([
      "10:15:00 raised L3 zone:K/rte",
      "10:37:00 resolved L3 zone:K/rte",
      "10:56:00 raised L3 zone:K/rte",
    ]);
  });

  it("waits for all thermometers of the room", () => {
    const second = { ...thermometer, id: "K/room-2" };
    const trial = people(room([thermometer, second, presence]), ["09:00", 1])
      .readsOn(ROOM, "10:00", "10:20", 26)
      .readsOn(second.id, "10:00", "10:40", 26)
      .readsOn(ROOM, "10:21", "11:00", 22)
      .readsOn(second.id, "10:41", "11:00", 22);
    expect(trial.run("11:00")).toEqual(["10:15:00 raised L3 zone:K/rte", "10:51:00 resolved L3 zone:K/rte"]);
  });

  it("knows nothing of a thermometer that is silent, and goes on with the next value that is too warm", () => {
    const gap = (value: number) =>
      people(room(), ["09:00", 1]).readsOn(ROOM, "10:00", "10:05", 26).readsOn(ROOM, "10:40", "10:45", value);
    expect(gap(26).run("10:45")).toEqual(["10:40:00 raised L3 zone:K/rte"]);
    expect(gap(22).run("10:45")).toEqual([]);
  });

  it("is muted while the unit is declared closed", () => {
    const trial = people(room().readsOn(ROOM, "10:00", "10:30", 27), ["09:30", 1]);
    trial.says("warmcity.kitchen.declared", "09:40", { state: "maintenance" });
    expect(trial.run("10:30")).toEqual(["10:15:00 suppressed L3 zone:K/rte (maintenance)"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = people(room(), ["09:55", 2], ["11:00", 0])
      .readsOn(ROOM, "10:00", "10:30", 26)
      .readsOn(ROOM, "10:31", "11:00", 22);
    const clean = trial.run("11:00");
    expect(clean).toEqual(["10:15:00 raised L3 zone:K/rte", "10:41:00 resolved L3 zone:K/rte"]);
    for (const seed of [1, 2, 3]) expect(trial.run("11:00", { shuffled: seed })).toEqual(clean);
  });
});
