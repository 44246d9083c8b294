import { describe, expect, test } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { hear, heardOf } from "../heard.ts";
import type { Incident } from "../incidents.ts";
import { QUIET_NETWORK } from "../network.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { Simulation } from "../simulation.ts";

const at = (text: string) => parseTime(`2026-06-02T${text}+08:00`);
const city = oneKitchen({
  devices: [
    { name: "cam-1", kind: "camera", zone: "cooking" },
    { name: "cam-2", kind: "camera", zone: "wash" },
  ],
});

function run(incidents: readonly Incident[], from: string, until: string) {
  const simulation = new Simulation({
    city,
    seed: 1,
    from: at(from),
    incidents,
    network: QUIET_NETWORK,
    load: false,
  });
  return { heard: hear(city, simulation.advance(at(until))), truth: simulation.truth() };
}

describe("camera-view (SC05)", () => {
  const view = (from: string, to: string, state: "covered" | "blurred" = "covered"): Incident => ({
    kind: "camera-view",
    camera: "K-1/cam-2",
    state,
    from: at(from),
    to: at(to),
  });
  const story = [
    view("11:05:00", "11:06:00", "blurred"),
    view("11:20:00", "11:50:00"),
    view("12:10:00", "12:14:00"),
    view("13:00:00", "13:04:00"),
  ];
  const { heard, truth } = run(story, "11:00:00", "14:00:00");

  test("is said by the camera when it begins and when it ends", () => {
    const said = heardOf(heard, "warmcity.camera.health").map(({ event, time }) => [time, event.data.state]);
    const wanted = story.flatMap((one) =>
      one.kind === "camera-view"
        ? [
            [one.from, one.state],
            [one.to, "clear"],
          ]
        : [],
    );
    expect(said).toEqual(wanted);
  });

  test("leaves the heartbeats of the camera without a gap", () => {
    const own = [
      ...heard.entries
        .filter(({ device }) => device === "K-1/cam-2")
        .map(({ time, sequence }) => ({ time, sequence })),
      ...heard.events
        .filter(({ event }) => event.source === "/devices/K-1/cam-2")
        .map(({ event, time }) => ({ time, sequence: event.sequence ?? 0 })),
    ].sort((a, b) => a.sequence - b.sequence);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, i) => i + 1));
    const gaps = own.slice(1).map(({ time }, i) => time - own[i]!.time);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
  });

  test("deserves an alert from three minutes on", () => {
    expect(truth.map(({ code }) => code)).toEqual(["", "O03", "O03", "O03"]);
  });
});

describe("camera-hits (SC04)", () => {
  const rats: Incident[] = [
    {
      kind: "camera-hits",
      camera: "K-1/cam-1",
      class: "rat",
      hits: [{ at: at("02:10:20"), confidence: 0.86 }],
      code: "P07",
    },
    {
      kind: "camera-hits",
      camera: "K-1/cam-2",
      class: "rat",
      hits: [{ at: at("02:31:05"), confidence: 0.81, lastedMs: 1_500 }],
      code: "P07",
      real: false,
    },
  ];

  test("come from the cameras at their moments, with the zone of each", () => {
    const { heard, truth } = run(rats, "02:00:00", "03:00:00");
    const hits = heardOf(heard, "warmcity.detection");
    expect(
      hits.map(({ event, time }) => [event.source, time, event.data.zone, event.data.confidence]),
    ).toEqual([
      ["/devices/K-1/cam-1", at("02:10:20"), "cooking", 0.86],
      ["/devices/K-1/cam-2", at("02:31:05"), "wash", 0.81],
    ]);
    expect(hits[1]!.event.data).toMatchObject({ class: "rat", lastedMs: 1_500 });
    expect(truth.map(({ cause }) => cause)).toEqual(["camera-hits", "false camera-hits"]);
  });

  test("say nothing of the truth", () => {
    const { heard } = run(rats, "02:00:00", "03:00:00");
    const [first, second] = heardOf(heard, "warmcity.detection");
    expect(Object.keys(first!.event.data)).toEqual(
      Object.keys(second!.event.data).filter((field) => field !== "lastedMs"),
    );
  });

  test("of a camera that is off are never heard", () => {
    const off: Incident = { kind: "device-off", device: "K-1/cam-1", from: at("02:05:00"), to: null };
    const { heard } = run([...rats, off], "02:00:00", "03:00:00");
    expect(heardOf(heard, "warmcity.detection").map(({ event }) => event.source)).toEqual([
      "/devices/K-1/cam-2",
    ]);
  });
});
