import { Encoder } from "cbor-x";
import { describe, expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { Door } from "./door.ts";
import { SENML_CBOR, SENML_JSON } from "./media-type.ts";
import { smallCity } from "./small-city.ts";

const encoder = new Encoder({ mapsAsObjects: false, useRecords: false });
const door = new Door(smallCity());
const NOW = parseTime("2026-11-23T10:00:00+08:00");
const FRIDGE = "K-00001/fridge-temperature-1";

const send = (pack: unknown, headers = {}) =>
  door.cloudEvents(JSON.stringify(pack), SENML_JSON, headers, NOW);

/** What a pack brought: device, time relative to NOW, value. */
function readings(intake: ReturnType<typeof send>) {
  return intake.admitted.map((item) => {
    if (item.kind !== "event" || item.event.type !== "warmcity.reading") throw new Error("expected readings");
    const { source, time, id, data } = item.event;
    return { source, id, ago: NOW - time, value: data.value };
  });
}

describe("a SenML pack", () => {
  it("resolves base name, time, unit and value (RFC 8428 §5.1.3)", () => {
    const bt = NOW / 1_000 - 100;
    const pack = [
      { bn: "K-00001/", bt, bu: "Cel", bv: 4, n: "fridge-temperature-1", v: 0.5 },
      { n: "fridge-temperature-1", t: 10, v: 1 },
      { bn: "K-00002/", n: "fridge-temperature-1", t: 20.5, v: -1, u: "Cel" },
    ];
    expect(readings(send(pack))).toEqual([
      { source: `/devices/${FRIDGE}`, id: `senml/${NOW - 100_000}`, ago: 100_000, value: 4.5 },
      { source: `/devices/${FRIDGE}`, id: `senml/${NOW - 90_000}`, ago: 90_000, value: 5 },
      {
        source: "/devices/K-00002/fridge-temperature-1",
        id: `senml/${NOW - 79_500}`,
        ago: 79_500,
        value: 3,
      },
    ]);
  });

  it("counts small times from the receipt, or from the time of the event around it", () => {
    expect(readings(send([{ n: FRIDGE, t: -30, v: 4 }]))[0]!.ago).toBe(30_000);
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "p",
      "ce-source": `/devices/${FRIDGE}`,
      "ce-type": "warmcity.reading",
      "ce-time": "2026-11-23T09:00:00+08:00",
    };
    expect(readings(send([{ t: -30, v: 4 }], headers))[0]!.ago).toBe(3_630_000);
  });

  it("keeps bootid and sequence of its event if it has one record", () => {
    const event = {
      specversion: "1.0",
      id: "p-1",
      source: `/devices/${FRIDGE}`,
      type: "warmcity.reading",
      time: "2026-11-23T09:00:00+08:00",
      bootid: "b",
      sequence: 9,
      datacontenttype: SENML_JSON,
      data: [{ v: 4 }],
    };
    const structured = "application/cloudevents+json";
    const one = door.cloudEvents(JSON.stringify(event), structured, {}, NOW).admitted;
    expect(one[0]).toMatchObject({ event: { id: "p-1", boot: "b", sequence: 9 } });
    const two = { ...event, data: [{ v: 4 }, { v: 5, t: 1 }] };
    const many = door.cloudEvents(JSON.stringify(two), structured, {}, NOW).admitted;
    expect(many).toHaveLength(2);
    for (const item of many) expect(item).toMatchObject({ event: { boot: null, sequence: null } });
  });

  it("says the same in CBOR, with numbered labels", () => {
    const pack = [
      new Map<number, unknown>([
        [-2, "K-00001/"],
        [0, "fridge-temperature-1"],
        [2, 4.5],
        [6, -30],
      ]),
    ];
    const intake = door.cloudEvents(encoder.encode(pack), SENML_CBOR, {}, NOW);
    expect(readings(intake)).toEqual(readings(send([{ n: FRIDGE, t: -30, v: 4.5 }])));
  });

  it("with one bad record brings the others", () => {
    const intake = send([
      { n: FRIDGE, v: 4 },
      { n: FRIDGE, v: 4_000, t: -1 },
      { n: FRIDGE, v: 4, u: "W", t: -2 },
      { n: "K-00009/x", v: 4 },
      { n: FRIDGE, vs: "warm" },
      { n: FRIDGE, v: 4, t: -4e8 },
      { n: FRIDGE, v: 4, t: 90_000 },
      { n: FRIDGE, v: "4", t: -3 },
      { n: FRIDGE, v: 4, must_: 1, t: -5 },
      7,
      { n: "K-00001/door-1", v: 1 },
    ]);
    expect(intake.received).toBe(11);
    expect(readings(intake)).toHaveLength(1);
    expect(intake.refused.map(({ faults }) => faults[0]!.pointer)).toEqual([
      "/data/1/v",
      "/data/2/u",
      "/data/3/n",
      "/data/4/v",
      "/data/5/t",
      "/data/6/t",
      "/data/7/v",
      "/data/8/must_",
      "/data/9",
      "/data/10/v",
    ]);
  });

  it.each([[{}], [[]], ["x"], [null], [[{ bver: 11, n: FRIDGE, v: 4 }]]])(
    "%j is refused as a whole",
    (pack) => {
      const intake = send(pack);
      expect(intake.admitted).toEqual([]);
      expect(intake.refused).toHaveLength(1);
    },
  );

  it("of garbage in CBOR is refused", () => {
    const intake = door.cloudEvents(new Uint8Array([0x9a, 0xff, 0xff, 0xff, 0xff]), SENML_CBOR, {}, NOW);
    expect(intake).toMatchObject({ received: 1, admitted: [] });
  });

  it("may not speak for another device or kitchen than its event", () => {
    const headers = (source: string, subject: string) => ({
      "ce-specversion": "1.0",
      "ce-id": "p",
      "ce-source": source,
      "ce-type": "warmcity.reading",
      "ce-subject": subject,
    });
    const other = send([{ n: "K-00001/gas-1", v: 4 }], headers(`/devices/${FRIDGE}`, "K-00001"));
    expect(other.refused[0]!.faults[0]!.pointer).toBe("/data/0/n");
  });
});
