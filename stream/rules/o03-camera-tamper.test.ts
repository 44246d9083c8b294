import { describe, expect, it } from "vitest";
import { cameraTamper } from "./o03-camera-tamper.ts";
import { type Arrival, RuleTrial } from "./rule-trial.ts";

const CAMERA = "K/cam-2";
type Health = "clear" | "covered" | "blurred" | "shifted" | "frozen";
const health =
  (at: string, state: Health, arrival: Arrival = {}) =>
  (to: RuleTrial) =>
    to.says("warmcity.camera.health", at, { state }, { by: CAMERA, ...arrival });
const hit =
  (at: string, lastedMs = 0) =>
  (to: RuleTrial) =>
    to.says(
      "warmcity.detection",
      at,
      { class: "cover", confidence: 0.9, zone: "wash", lastedMs },
      { by: CAMERA },
    );
const camera = (...steps: readonly ((to: RuleTrial) => RuleTrial)[]) =>
  steps.reduce(
    (to, step) => step(to),
    new RuleTrial(cameraTamper, { devices: [{ id: CAMERA, kind: "camera" }] }),
  );

describe("O03 camera tamper", () => {
  it("follows SC05: L4 after 3 min, L3 after 10, clear after 5, L3 at the third time of the day", () => {
    const covered = camera(
      health("11:05", "blurred"),
      health("11:06", "clear"),
      health("11:20", "covered"),
      health("11:50", "clear"),
      health("12:10", "covered"),
      health("12:14", "clear"),
      health("13:00", "covered"),
      health("13:04", "clear"),
    );
    expect(covered.run("14:00")).toEqual([
      "11:23:00 raised L4 K/cam-2",
      "11:30:00 rose to L3 K/cam-2",
      "11:55:00 resolved L3 K/cam-2",
      "12:13:00 raised L4 K/cam-2",
      "12:19:00 resolved L4 K/cam-2",
      "13:03:00 raised L3 K/cam-2",
      "13:09:00 resolved L3 K/cam-2",
    ]);
    expect(new Set(covered.alerts("14:00").map((alert) => alert.case)).size).toBe(1);
    expect(covered.alerts("12:00")[0]).toMatchObject({
      because: [{ summary: "camera covered" }],
      lead: false,
    });
  });

  it.each(["covered", "blurred", "shifted", "frozen"] as const)("minds a camera that is %s", (state) => {
    expect(camera(health("11:20", state)).run("11:23")).toEqual(["11:23:00 raised L4 K/cam-2"]);
  });

  it("stays silent when it lasts 2 min 59 s", () => {
    expect(camera(health("11:20", "covered"), health("11:22:59", "clear")).run("12:00")).toEqual([]);
  });

  it("goes on when one fault follows the other", () => {
    const changing = camera(
      health("11:20", "covered"),
      health("11:22", "shifted"),
      health("11:29", "frozen"),
    );
    expect(changing.run("11:40")).toEqual(["11:23:00 raised L4 K/cam-2", "11:30:00 rose to L3 K/cam-2"]);
  });

  it("does not take lights off after hours for a cover: only opening time counts", () => {
    expect(camera(health("21:58", "covered")).run("03-03 08:59")).toEqual([]);
    expect(camera(health("21:58", "covered")).run("03-03 09:01")).toEqual([
      "03-03 09:01:00 raised L4 K/cam-2",
    ]);
  });

  it("counts the times of one day, not of two", () => {
    const twice = (day: string, hours: readonly string[]) =>
      hours.flatMap((hour) => [health(`${day} ${hour}:00`, "covered"), health(`${day} ${hour}:04`, "clear")]);
    const pay = (to: RuleTrial) => to.says("warmcity.kitchen.activity", "03-03 09:30", { kind: "pay" });
    const days = camera(...twice("03-02", ["10", "11"]), pay, ...twice("03-03", ["10"]));
    expect(days.run("03-03 12:00").filter((line) => line.includes("L3"))).toEqual([]);
  });

  it("holds by hits as far as their stretch goes", () => {
    expect(camera(hit("11:20:00", 179_999)).run("12:00")).toEqual([]);
    expect(camera(hit("11:20:00", 180_000)).run("12:00")).toEqual([
      "11:23:00 raised L4 K/cam-2",
      "11:28:00 resolved L4 K/cam-2",
    ]);
    const stretch = ["11:20:00", "11:21:00", "11:22:00", "11:23:00"].map((at) => hit(at));
    expect(camera(...stretch).run("11:25")).toEqual(["11:23:00 raised L4 K/cam-2"]);
    expect(camera(hit("11:20:00"), hit("11:21:01"), hit("11:22:02"), hit("11:23:03")).run("12:00")).toEqual(
      [],
    );
  });

  it("gives the same alerts for input without receipts, thrice and shuffled; a late word tells nothing new", () => {
    const steps = [health("11:20", "covered"), health("11:50", "clear"), health("12:10", "blurred")];
    const clean = camera(...steps).run("12:30");
    expect(clean).toHaveLength(5);
    for (const seed of [1, 2, 3]) expect(camera(...steps).run("12:30", { shuffled: seed })).toEqual(clean);
    const late = health("11:10", "frozen", { receivedAt: "12:11" });
    expect(camera(...steps, late).run("12:30")).toEqual(clean);
  });
});
