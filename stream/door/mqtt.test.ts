import { Encoder } from "cbor-x";
import { describe, expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { Door } from "./door.ts";
import { smallCity } from "./small-city.ts";

const encoder = new Encoder({ mapsAsObjects: false, useRecords: false });
const door = new Door(smallCity());
const NOW = parseTime("2026-11-23T10:00:00+08:00");
const FRIDGE = "warmcity/v1/K-00001/fridge-temperature-1";

const publish = (topic: string, payload: string | Uint8Array) =>
  door.mqtt(topic, typeof payload === "string" ? new TextEncoder().encode(payload) : payload, NOW);
const reading = (change = {}) => ({
  specversion: "1.0",
  id: "r-1",
  source: "/devices/K-00001/fridge-temperature-1",
  type: "warmcity.reading",
  time: "2026-11-23T09:59:00+08:00",
  data: { value: 4.2 },
  ...change,
});

describe("an MQTT packet", () => {
  it("may be a bare number, each one an event of its own", () => {
    const [a, b] = [publish(`${FRIDGE}/reading`, " 4.5\n"), publish(`${FRIDGE}/reading`, "-4.5e0")];
    expect(a.admitted).toMatchObject([
      { event: { type: "warmcity.reading", time: NOW, data: { value: 4.5 } } },
    ]);
    expect(b.admitted).toMatchObject([{ event: { data: { value: -4.5 } } }]);
    const ids = [...a.admitted, ...b.admitted].map((item) => (item.kind === "event" ? item.event.id : ""));
    expect(new Set(ids).size).toBe(2);
  });

  it("is no way to command: a device has neither role nor area", () => {
    for (const type of ["warmcity.case.command", "warmcity.list.command"]) {
      const data = { case: "c-1", command: "close", role: "Q", actor: "q-1" };
      const event = reading({ type, source: "/persons/q-1", subject: "K-00001", data });
      const { admitted, refused } = publish(`${FRIDGE}/event`, JSON.stringify(event));
      expect(admitted).toEqual([]);
      expect(refused).toMatchObject([{ faults: [{ pointer: "/type" }] }]);
    }
  });

  it("may be a SenML pack in JSON or CBOR, its device known from the topic", () => {
    const json = publish(`${FRIDGE}/reading`, JSON.stringify([{ v: 4 }, { t: -60, v: 5 }]));
    expect(json.admitted).toMatchObject([
      { event: { data: { value: 4 } } },
      { event: { time: NOW - 60_000 } },
    ]);
    const cbor = publish(`${FRIDGE}/reading`, encoder.encode([new Map([[2, 4.25]])]));
    expect(cbor.admitted).toMatchObject([{ event: { device: 0, data: { value: 4.25 } } }]);
  });

  it("may be a CloudEvent, whose kitchen agrees with the topic's", () => {
    expect(publish(`${FRIDGE}/event`, JSON.stringify(reading())).admitted).toHaveLength(1);
    const lie = reading({ source: "/devices/K-00002/fridge-temperature-1" });
    const refused = publish(`${FRIDGE}/event`, JSON.stringify(lie));
    expect(refused.admitted).toEqual([]);
    expect(refused.refused[0]!.faults[0]).toMatchObject({ pointer: "/subject" });
  });

  it("may come from a gateway that stands before registered devices", () => {
    const pack = JSON.stringify([{ n: "K-00001/fridge-temperature-1", v: 4 }]);
    expect(publish("warmcity/v1/K-00001/gw/reading", pack).admitted).toHaveLength(1);
    expect(publish("warmcity/v1/K-00001/gw/reading", "4").admitted).toEqual([]);
  });

  it("of another kitchen's device in a pack is refused", () => {
    const pack = JSON.stringify([{ n: "K-00002/fridge-temperature-1", v: 4 }]);
    expect(publish(`${FRIDGE}/reading`, pack).admitted).toEqual([]);
  });

  it("sets the state of a device", () => {
    expect(publish(`${FRIDGE}/status`, "online").admitted).toMatchObject([
      { event: { type: "warmcity.device.heartbeat", device: 0 } },
    ]);
    expect(publish(`${FRIDGE}/status`, "offline").admitted).toMatchObject([
      { event: { type: "warmcity.device.died", device: 0 } },
    ]);
  });

  it.each([
    ["warmcity/v1/K-00009/fridge-temperature-1/reading", "4"],
    ["warmcity/v1/K-00001/nothing/reading", "4"],
    ["warmcity/v1/K-00001/fridge-temperature-1/command", "4"],
    ["warmcity/v1/K-00001/fridge-temperature-1/reading/more", "4"],
    ["warmcity/v2/K-00001/fridge-temperature-1/reading", "4"],
    ["elsewhere", "4"],
    [`${FRIDGE}/reading`, ""],
    [`${FRIDGE}/reading`, "warm"],
    [`${FRIDGE}/reading`, "NaN"],
    [`${FRIDGE}/reading`, "1e308"],
    [`${FRIDGE}/reading`, new Uint8Array([0x81, 0xff])],
    [`${FRIDGE}/event`, "{"],
    [`${FRIDGE}/status`, "perhaps"],
  ])("on %s with %j is refused with a reason", (topic, payload) => {
    const intake = publish(topic, payload);
    expect(intake).toMatchObject({ received: 1, admitted: [] });
    expect(intake.refused[0]!.faults[0]!.reason).not.toBe("");
  });
});
