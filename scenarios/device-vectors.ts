/** Boundary vectors of what sensors and cameras see (T, P, O). */
import { minutes } from "../twin/kernel/time.ts";
import { casesOf, every, KITCHEN, rings, statesOf, Unit, type Vector, vector } from "./vector.ts";

const device = (name: string, kind: string, more: object = {}) => ({
  id: `${KITCHEN}/${name}`,
  kind,
  ...more,
});
const polled = (name: string, kind: string, zone: string, everyMs = minutes(1)) =>
  device(name, kind, { zone, reportEveryMs: everyMs });

const zones = [{ id: "rte", kind: "rte-room" }];
const people = device("people-1", "presence", { zone: "rte", reportEveryMs: null });
const inside = (unit: Unit, time: string, count: number) =>
  unit.says("warmcity.presence", time, { people: count }, `/devices/${KITCHEN}/people-1`);

const room = () =>
  new Unit({ kitchen: { zones, devices: [polled("room-1", "room-temperature", "rte"), people] } });
const warmRoom = (until: string) =>
  inside(inside(room().reads("room-1", "09:50", "10:30", 25.4), "10:00", 2), until, 0);

const lamp = () => new Unit({ kitchen: { zones, devices: [polled("uv-1", "uv-lamp", "rte"), people] } });
const burning = (from: string, to: string) =>
  inside(
    lamp().reads("uv-1", "05:00", from, 0).reads("uv-1", from, to, 32).reads("uv-1", to, "10:45", 0),
    "10:30",
    1,
  );

const oil = (data: { tpm?: number; acidValue?: number }) =>
  new Unit().says("warmcity.oil.measured", "12:00", data, "/persons/cook");

const power = (name: string, of: string) =>
  device(name, "power", { of, zone: "cooking", reportEveryMs: null });
const fumes = (purifierOnAt: string) => {
  const unit = new Unit({ kitchen: { devices: [power("stove", "stove"), power("purifier", "purifier")] } });
  const turns = (name: string, time: string, on: boolean) =>
    unit.says("warmcity.power", time, { on }, `/devices/${KITCHEN}/${name}`);
  turns("purifier", "09:00", false);
  turns("stove", "10:00", true);
  return turns("purifier", purifierOnAt, true);
};
const damp = (until: string) =>
  new Unit({ kitchen: { devices: [polled("rh", "room-humidity", "warehouse", minutes(10))] } })
    .reads("rh", "05-12 00:00", until, 78, minutes(10))
    .reads("rh", until, "05-13 02:00", 60, minutes(10));

const camera = (until = "05-13 02:00") =>
  new Unit({ until, kitchen: { devices: [device("cam-1", "camera", { reportEveryMs: null })] } });

const pictures = (slowUntil: string) => {
  const unit = camera();
  const opens = (from: string, to: number, firstFrameMs: number) => {
    for (const time of every(20, from, to))
      unit.says("warmcity.video.measured", time, { camera: `${KITCHEN}/cam-1`, firstFrameMs });
  };
  const slowS = slowUntil === "17:10" ? 600 : 540;
  opens("17:00", slowS, 1_050);
  if (slowS < 600) opens("17:09:20", 300, 600);
  return unit;
};

export const DEVICE_VECTORS: readonly Vector[] = [
  vector("T04", "25.4 °C with staff inside 10:00–10:14", [], warmRoom("10:14")),
  vector("T04", "25.4 °C with staff inside to 10:16", ["05-12 10:15:00 raised L3"], warmRoom("10:16")),
  vector(
    "T04",
    "27 °C in an unused room",
    [],
    inside(room().reads("room-1", "10:00", "11:00", 27), "09:00", 0),
  ),
  vector("T05", "used 10:30, last UV 05:50–06:25", ["05-12 10:30:00 raised L4"], burning("05:50", "06:25")),
  vector("T05", "used 10:30, UV 07:00–07:31", [], burning("07:00", "07:31")),
  vector(
    "T05",
    "UV on 10:31 with a person inside",
    ["05-12 10:30:00 raised L4", "05-12 10:31:00 rose to L2"],
    burning("10:31", "10:40"),
  ),
  vector("T08", "TPM 23.9 (near miss)", [], oil({ tpm: 23.9 })),
  vector("T08", "TPM 24.0", ["05-12 12:00:00 raised L4"], oil({ tpm: 24 })),
  vector("T08", "TPM 27.0", ["05-12 12:00:00 raised L4"], oil({ tpm: 27 })),
  vector("T08", "TPM 27.1", ["05-12 12:00:00 raised L2"], oil({ tpm: 27.1 })),
  vector("T08", "acid value 5.0", [], oil({ acidValue: 5 })),
  vector("T08", "acid value 5.1", ["05-12 12:00:00 raised L2"], oil({ acidValue: 5.1 })),
  vector("T10", "purifier off with the stove on for 29 min", [], fumes("10:29")),
  vector("T10", "purifier off with the stove on for 31 min", ["05-12 10:30:00 raised L4"], fumes("10:31")),
  vector("T10", "RH 78 % for 23 h", [], damp("05-12 23:00")),
  vector("T10", "RH 78 % for 24 h", ["05-13 00:00:00 raised L4"], damp("05-13 00:10")),
  vector(
    "P02",
    "hits 59 s apart: L3, and its case waits for a reviewer",
    ["05-12 12:00:59 raised L3", "new", "verifying"],
    camera().sees("smoking", ["12:00:00", "12:00:59"]),
    (telling, code) => [...rings(telling, code), ...statesOf(telling, code)],
  ),
  vector("P02", "hits 61 s apart", [], camera().sees("smoking", ["12:00:00", "12:01:01"])),
  vector("P03", "29 s", [], camera().sees("phone", ["12:00:00", "12:00:29"], "prep")),
  vector(
    "P03",
    "31 s",
    ["05-12 12:00:30 raised L4"],
    camera().sees("phone", ["12:00:00", "12:00:31"], "prep"),
  ),
  vector(
    "P04",
    "reviewer silent for 24 h: passed to Q, and never confirmed by time",
    ["new", "verifying", "owner Q"],
    camera("05-14 13:00").sees("cross_use", ["05-12 12:00", "05-13 12:30"], "rte-room"),
    (telling, code) => [
      ...statesOf(telling, code),
      ...casesOf(telling, code).map(({ owner }) => `owner ${owner}`),
    ],
  ),
  vector("P06", "lid open 9 min 50 s", [], camera().sees("bin_open", every(50, "14:00:00", 590))),
  vector(
    "P06",
    "lid open 10 min 10 s",
    ["05-12 14:10:00 raised L4"],
    camera().sees("bin_open", every(50, "14:00:00", 610)),
  ),
  vector(
    "P06",
    "boxes on the floor in the receiving window",
    [],
    camera()
      .says("warmcity.goods.received", "13:59:00", { product: "米", lot: "M1", quantity: 5, supplier: "S-1" })
      .sees("goods_on_floor", every(50, "14:00:00", 610)),
  ),
  vector(
    "P08",
    "one cockroach in 3 frames 2 s apart",
    [],
    camera().sees("cockroach_fly", ["20:00:00", "20:00:02", "20:00:04"], "wash"),
  ),
  vector(
    "P08",
    "3 separate hits in 24 h",
    ["05-12 20:00:00 raised L3"],
    camera().sees("cockroach_fly", ["10:00", "15:00", "20:00"], "wash"),
  ),
  vector(
    "P09",
    "flame, nobody for 4 min 59 s",
    [],
    camera().sees("fire_unattended", every(30, "14:00:00", 299)),
  ),
  vector(
    "P09",
    "flame, nobody for 5 min 1 s",
    ["05-12 14:05:00 raised L2"],
    camera().sees("fire_unattended", every(30, "14:00:00", 301)),
  ),
  vector(
    "P09",
    "the same with smoke",
    ["05-12 14:05:00 raised L1"],
    camera()
      .sees("fire_unattended", every(30, "14:00:00", 301))
      .sees("smoke", ["14:04:30"]),
  ),
  vector("O07", "P95 1.05 s for 9 min", [], pictures("17:09")),
  vector("O07", "P95 1.05 s for 10 min", ["05-12 17:10:00 raised L4"], pictures("17:10")),
];
