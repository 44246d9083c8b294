import { describe, expect, it } from "vitest";
import { formatTime, HOUR_MS, parseTime } from "../../twin/kernel/time.ts";
import type { Intake } from "./admission.ts";
import { Door } from "./door.ts";
import { smallCity } from "./small-city.ts";

const city = smallCity();
const door = new Door(city);
const NOW = parseTime("2026-11-23T10:00:00+08:00");
const FRIDGE = "K-00001/fridge-temperature-1";
const STRUCTURED = "application/cloudevents+json";

const reading = {
  specversion: "1.0",
  id: "r-1",
  source: `/devices/${FRIDGE}`,
  type: "warmcity.reading",
  subject: "K-00001",
  time: "2026-11-23T09:59:00+08:00",
  bootid: "b1",
  sequence: 17,
  data: { value: 4.2 },
};

const structured = (event: object) => door.cloudEvents(JSON.stringify(event), STRUCTURED, {}, NOW);
const bytes = (text: string) => new TextEncoder().encode(text);

/** The pointers of the only refused event. */
function pointers(intake: Intake): string[] {
  expect(intake.admitted).toEqual([]);
  expect(intake.refused).toHaveLength(1);
  for (const { reason } of intake.refused[0]!.faults) expect(reason).not.toBe("");
  return intake.refused[0]!.faults.map(({ pointer }) => pointer);
}

function onlyEvent(intake: Intake) {
  expect(intake.refused).toEqual([]);
  const [item] = intake.admitted;
  if (item?.kind !== "event") throw new Error("expected one event");
  return item;
}

describe("an event that is as the contract says", () => {
  it("is admitted with kitchen, device and times resolved", () => {
    const { event } = onlyEvent(structured(reading));
    expect(event).toMatchObject({
      type: "warmcity.reading",
      kitchen: 0,
      device: 0,
      time: parseTime(reading.time),
      receivedAt: NOW,
      boot: "b1",
      sequence: 17,
      exercise: false,
      data: { value: 4.2 },
    });
  });

  it("is kept as it came, unknown fields included, with the receipt that the door itself states", () => {
    const sent = {
      ...reading,
      weather: "雪",
      receivedtime: "2001-01-01T00:00:00Z",
      data: { value: 4.2, x: [1] },
    };
    const { json } = onlyEvent(structured(sent));
    expect(JSON.parse(json)).toEqual({ ...sent, receivedtime: formatTime(NOW) });
  });

  it("is read back from its kept text as the same event", () => {
    const { event, json } = onlyEvent(structured(reading));
    const again = onlyEvent(door.line(json));
    expect(again.event).toEqual(event);
    expect(again.json).toBe(json);
  });

  it("may leave the subject to the device, and give the sequence as decimal text", () => {
    const { subject: _, ...rest } = reading;
    expect(onlyEvent(structured({ ...rest, sequence: "18", exercise: true })).event).toMatchObject({
      kitchen: 0,
      sequence: 18,
      exercise: true,
    });
  });

  it("comes in binary mode with its attributes in percent-encoded headers", () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "%E5%8F%B7%201",
      "ce-source": `/devices/${FRIDGE}`,
      "ce-type": "warmcity.reading",
      "ce-time": reading.time,
      "ce-sequence": "3",
      "ce-bootid": "b",
      "ce-exercise": "true",
    };
    const intake = door.cloudEvents(bytes('{"value":5}'), "application/json; charset=utf-8", headers, NOW);
    const { event, json } = onlyEvent(intake);
    expect(event).toMatchObject({ id: "号 1", sequence: 3, exercise: true, data: { value: 5 } });
    expect(onlyEvent(door.line(json)).event).toEqual(event);
  });

  it("may carry its data as base64", () => {
    const { data: _, ...rest } = reading;
    expect(onlyEvent(structured({ ...rest, data_base64: btoa('{"value":6}') })).event.data).toEqual({
      value: 6,
    });
  });

  it("cannot reach a prototype by its names", () => {
    const text = JSON.stringify(reading).replace(
      '"data":{',
      '"__proto__":{"polluted":1},"data":{"__proto__":1,',
    );
    onlyEvent(door.cloudEvents(text, STRUCTURED, {}, NOW));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(pointers(structured({ ...reading, type: "__proto__" }))).toEqual(["/type"]);
    expect(pointers(structured({ ...reading, type: "toString" }))).toEqual(["/type"]);
  });
});

describe("a broken envelope is refused where it is broken", () => {
  const cases: [string, object, string[]][] = [
    ["specversion", { specversion: "0.3" }, ["/specversion"]],
    ["empty id", { id: "" }, ["/id"]],
    ["long id", { id: "x".repeat(257) }, ["/id"]],
    ["unknown type", { type: "warmcity.teapot" }, ["/type"]],
    ["source that is no form of ours", { source: "urn:device:1" }, ["/source"]],
    ["source of an unknown form", { source: "/robots/1" }, ["/source"]],
    ["foreign device", { source: "/devices/K-00001/nothing" }, ["/source"]],
    ["reading that no device says", { source: "/persons/p1" }, ["/source"]],
    ["unknown kitchen", { subject: "K-99999" }, ["/subject"]],
    ["device of another kitchen", { subject: "K-00002" }, ["/subject"]],
    ["missing time", { time: undefined }, ["/time"]],
    ["time without zone", { time: "2026-11-23T09:59:00" }, ["/time"]],
    ["30 February", { time: "2026-02-30T09:59:00Z" }, ["/time"]],
    ["year 1970", { time: "1970-01-01T00:00:00Z" }, ["/time"]],
    ["year 2100", { time: "2100-01-01T00:00:00Z" }, ["/time"]],
    ["sequence below zero", { sequence: -1 }, ["/sequence"]],
    ["sequence that is no whole number", { sequence: "1.5" }, ["/sequence"]],
    ["bootid", { bootid: { a: 1 } }, ["/bootid"]],
    ["exercise", { exercise: "perhaps" }, ["/exercise"]],
    ["datacontenttype", { datacontenttype: "text/csv" }, ["/datacontenttype"]],
    ["two at once", { id: 7, time: "yesterday" }, ["/id", "/time"]],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    expect(pointers(structured({ ...reading, ...change }))).toEqual(expected);
  });

  it("accepts a clock that is 24 h ahead of the receipt, and refuses one that is more", () => {
    onlyEvent(structured({ ...reading, time: formatTime(NOW + 24 * HOUR_MS) }));
    expect(pointers(structured({ ...reading, time: formatTime(NOW + 24 * HOUR_MS + 1) }))).toEqual(["/time"]);
  });

  it("asks for a kitchen where the type speaks of one, and for none where it does not", () => {
    const event = {
      ...reading,
      source: "/persons/p1",
      subject: undefined,
      bootid: undefined,
      sequence: undefined,
    };
    const sample = { ...event, type: "warmcity.sample.retained", data: { meal: "m", dish: "d", grams: 130 } };
    expect(pointers(structured(sample))).toEqual(["/subject"]);
    const recall = {
      ...event,
      source: "/systems/recall",
      type: "warmcity.recall.issued",
      data: { recall: "R-1", class: 1, product: "milk", lots: ["L7"] },
    };
    expect(onlyEvent(structured(recall)).event.kitchen).toBe(-1);
    expect(onlyEvent(structured({ ...sample, source: "/kitchens/K-00002" })).event.kitchen).toBe(1);
    expect(pointers(structured({ ...sample, source: "/kitchens/K-00003" }))).toEqual(["/source"]);
  });
});

describe("data", () => {
  it.each([
    ["missing", undefined, ["/data"]],
    ["no object", "4.2", ["/data"]],
    ["without value", {}, ["/data/value"]],
    ["text for a number", { value: "4.2" }, ["/data/value"]],
    ["warmer than its kind can be", { value: 1e308 }, ["/data/value"]],
    ["colder than its kind can be", { value: -300 }, ["/data/value"]],
  ])("of a reading is refused when it is %s", (_, data, expected) => {
    expect(pointers(structured({ ...reading, data }))).toEqual(expected);
  });

  it("is refused for numbers beyond all bounds, even in fields that nobody reads", () => {
    const text = JSON.stringify(reading);
    const infinite = text.replace("4.2", "1e999");
    expect(pointers(door.cloudEvents(infinite, STRUCTURED, {}, NOW))).toEqual(["/data/value"]);
    const hidden = text.replace("4.2", '4.2,"deep":[{"a~/b":-1e999}]');
    expect(pointers(door.cloudEvents(hidden, STRUCTURED, {}, NOW))).toEqual(["/data/deep/0/a~0~1b"]);
  });

  it("is refused for impossible durations and temperatures of other events", () => {
    const cycle = { ...reading, source: "/devices/K-00001/dish-machine-1", type: "warmcity.dish.cycle" };
    const data = { peak: 84, holdMs: 42_000, program: "wash" };
    onlyEvent(structured({ ...cycle, data }));
    expect(pointers(structured({ ...cycle, data: { ...data, peak: 1_000 } }))).toEqual(["/data/peak"]);
    expect(pointers(structured({ ...cycle, data: { ...data, holdMs: 1e300 } }))).toEqual(["/data/holdMs"]);
    const spun = structured({ ...cycle, data: { ...data, program: "spin" } });
    expect(pointers(spun)).toEqual(["/data/program"]);
    expect(spun.refused[0]!.faults[0]!.reason).toBe('is "spin"; expected one of wash, rinse, descale');
  });

  it("points into optional nested fields", () => {
    const detection = { ...reading, source: "/devices/K-00001/camera-1", type: "warmcity.detection" };
    const data = { class: "no_hat", confidence: 0.9, zone: "cooking", snapshot: { uri: 7 } };
    expect(pointers(structured({ ...detection, data }))).toEqual(["/data/snapshot/uri"]);
    onlyEvent(structured({ ...detection, data: { ...data, snapshot: null, lastedMs: null } }));
  });

  it("may name only devices of its kitchen", () => {
    const check = {
      ...reading,
      source: "/persons/p1",
      bootid: undefined,
      sequence: undefined,
      type: "warmcity.selfcheck.submitted",
    };
    const items = [
      { id: "a", device: FRIDGE },
      { id: "b", device: "K-00002/camera-1" },
      { id: "c", device: "x" },
    ];
    const data = { cadence: "daily", claimed: "2026-11-23", items };
    expect(pointers(structured({ ...check, data }))).toEqual([
      "/data/items/1/device",
      "/data/items/2/device",
    ]);
  });

  it("of a maintenance tell device and kitchen", () => {
    const event = {
      ...reading,
      source: "/persons/p1",
      subject: undefined,
      type: "warmcity.device.maintained",
    };
    const { event: kept } = onlyEvent(
      structured({ ...event, data: { kind: "repair", device: "K-00002/camera-1" } }),
    );
    expect(kept).toMatchObject({ kitchen: 1, device: city.deviceOrdinal("K-00002/camera-1") });
    expect(pointers(structured({ ...event, data: { kind: "repair" } }))).toEqual(["/data/device"]);
  });
});

describe("a body", () => {
  const batch = (text: string) =>
    door.cloudEvents(bytes(text), "application/cloudevents-batch+json", {}, NOW);

  it("of which half is good is admitted by half, each with its place", () => {
    const events = [
      reading,
      { ...reading, type: "?" },
      7,
      { ...reading, id: "r-2", data: { value: 5, n: ']}\\"' } },
    ];
    const intake = batch(` [ ${events.map((event) => JSON.stringify(event)).join(" , ")} ] `);
    expect(intake.received).toBe(4);
    expect(intake.admitted.map((item) => item.index)).toEqual([0, 3]);
    expect(intake.refused.map((refused) => refused.index)).toEqual([1, 2]);
    expect(intake.refused[1]!.payload).toBe("7");
    for (const item of intake.admitted) {
      if (item.kind !== "event") throw new Error("expected events");
      expect(JSON.parse(item.json).id).toBe(item.event.id);
    }
  });

  it("that is an empty batch brings nothing", () => {
    expect(batch("[]")).toEqual({ received: 0, admitted: [], refused: [], unreadable: null });
  });

  it.each([
    ["broken JSON", "[{"],
    ["no batch", "{}"],
    ["nothing", ""],
    ["10,000 levels", "[".repeat(10_000) + "]".repeat(10_000)],
    ["10,000 open levels", '[{"a":'.repeat(5_000)],
    ["more events than a batch may have", `[${"1,".repeat(50_000)}1]`],
  ])("that is %s is refused as one", (_, text) => {
    expect(pointers(batch(text))).toEqual([""]);
    expect(batch(text).received).toBe(1);
  });

  it("that is not UTF-8 is refused and shown in hex", () => {
    const intake = door.cloudEvents(new Uint8Array([0x7b, 0xff, 0xfe]), STRUCTURED, {}, NOW);
    expect(pointers(intake)).toEqual([""]);
    expect(intake.refused[0]!.payload).toBe("hex 7bfffe");
  });

  it("that is too large is refused unread, and its dead letter is cut", () => {
    const small = new Door(city, { bodyMax: 10_000 });
    const intake = small.cloudEvents(bytes(" ".repeat(10_001)), STRUCTURED, {}, NOW);
    expect(intake.unreadable).toBe("size");
    expect(intake.refused[0]!.payload.length).toBeLessThanOrEqual(4_096);
  });

  it.each([
    ["text/plain", {}],
    ["application/json", {}],
    ["", {}],
    ["application/cloudevents+json; charset=gbk", {}],
    ["application/x-msgpack", { "ce-specversion": "1.0" }],
  ])("of media type %j is refused", (mediaType, headers) => {
    const intake = door.cloudEvents(JSON.stringify(reading), mediaType, headers, NOW);
    expect(intake.unreadable).toBe("media-type");
    expect(pointers(intake)).toEqual([""]);
  });
});

describe("a line of a file", () => {
  it("tells its receipt itself, or has none", () => {
    expect(onlyEvent(door.line(JSON.stringify(reading))).event.receivedAt).toBeNull();
    const received = { ...reading, receivedtime: "2026-11-23T10:00:00Z" };
    expect(onlyEvent(door.line(JSON.stringify(received))).event.receivedAt).toBe(
      parseTime("2026-11-23T10:00:00Z"),
    );
  });

  it("is bound by its own receipt, not by today", () => {
    const received = { ...reading, time: "2021-05-03T00:00:00Z", receivedtime: "2021-05-01T00:00:00Z" };
    expect(pointers(door.line(JSON.stringify(received)))).toEqual(["/time"]);
  });

  it.each(["never", "1970-01-01T00:00:00Z", 7])("with the receipt %j is refused", (receivedtime) => {
    expect(pointers(door.line(JSON.stringify({ ...reading, receivedtime })))).toEqual(["/receivedtime"]);
  });
});
