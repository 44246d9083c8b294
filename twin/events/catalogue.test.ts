/** The contract's own examples (CONTRACT §3) against the schemas: what it shows is taken, what it requires is required. */
import type { TSchema } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { describe, expect, it } from "vitest";
import { type InputType, inputEvents, isInputType } from "./catalogue.ts";

const TIME = "2026-11-23T11:30:00+08:00";
const PHOTO = {
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  uri: "photos/1.jpg",
};
const GOODS = {
  product: "羊肉",
  lot: "L7",
  supplier: "S-001",
  quantity: 12.5,
  bestBefore: "2026-12-01",
  papers: true,
  category: "meat",
  receipt: "R-1",
};
const COMPLETED = {
  form: "F-1",
  duty: null,
  findings: [{ item: "cold-store", ok: false, level: "L3" }],
  inspectors: ["B-0007"],
};
const RECALL = { recall: "R-1", class: 1, product: "羊肉", lots: ["L7"] };
const BANQUET = {
  banquet: "BQ-1",
  heads: 600,
  filed: true,
  place: { lon: 109.9, lat: 39.8 },
  radiusM: 1000,
  from: TIME,
  to: TIME,
};
const SEAL = {
  order: "O-1",
  rider: "rider-1",
  station: "station-1",
  intact: false,
  at: "pickup",
  seal: "SEAL-1",
  cookedAt: TIME,
  temperature: 61.5,
  photo: PHOTO,
};
const STATUS = { firmware: "1.4.2", clock: "ntp", frames: 60, people: 2, seen: ["no_hat"] };

/** One full example for each type: what CONTRACT §3 shows, with every optional field. */
const EXAMPLES: Readonly<Record<InputType, Readonly<Record<string, unknown>>>> = {
  "warmcity.reading": { value: 4.2 },
  "warmcity.readings": {
    base: TIME,
    devices: ["K-00001/fridge-1"],
    device: [0, 0],
    sequence: [17, 18],
    dtMs: [0, 60000],
    value: [4.1, null],
    boot: ["b-1"],
  },
  "warmcity.device.born": STATUS,
  "warmcity.device.died": STATUS,
  "warmcity.device.heartbeat": STATUS,
  "warmcity.device.maintained": { kind: "repair", from: TIME, to: null },
  "warmcity.device.actuated": { what: "gas-valve", on: true },
  "warmcity.detection": {
    class: "no_hat",
    confidence: 0.86,
    box: [0.1, 0.2, 0.3, 0.4],
    zone: "cooking",
    model: "hygiene-3",
    lastedMs: 0,
    snapshot: PHOTO,
  },
  "warmcity.camera.health": { state: "covered" },
  "warmcity.door": { state: "open" },
  "warmcity.presence": { people: 2 },
  "warmcity.power": { on: true },
  "warmcity.dish.cycle": { peak: 84.1, holdMs: 42000, program: "rinse" },
  "warmcity.food.probed": {
    batch: "B-1",
    stage: "cooked",
    value: 63.1,
    dish: "手把肉",
    device: "K-00001/hot-1",
    weight: 4.2,
  },
  "warmcity.oil.measured": { tpm: 24.5, acidValue: 5.1 },
  "warmcity.position": { lon: 109.9, lat: 39.8 },
  "warmcity.video.measured": {
    firstFrameMs: 640,
    camera: "K-00001/cam-1",
    display: null,
    street: null,
    stallMs: 0,
    delayMs: 90,
    lostShare: 0,
  },
  "warmcity.display.heartbeat": { display: "DS-01/d-1", street: "DS-01" },
  "warmcity.sample.retained": { meal: "2026-11-23-lunch", dish: "手把肉", grams: 130 },
  "warmcity.sample.removed": { meal: "2026-11-23-lunch", dish: "手把肉", grams: 130 },
  "warmcity.menu.published": {
    meal: "2026-11-23-lunch",
    serviceStart: TIME,
    serviceEnd: TIME,
    dishes: ["手把肉"],
  },
  "warmcity.selfcheck.submitted": {
    cadence: "daily",
    claimed: TIME,
    items: [{ id: "fridge", ok: true, device: "K-00001/fridge-1", value: 4 }],
    photos: [PHOTO],
    deviceTimeTrusted: false,
  },
  "warmcity.record.filed": {
    kind: "discard",
    device: null,
    staff: null,
    batch: null,
    product: null,
    lot: null,
    receipt: null,
    case: null,
    photos: [],
  },
  "warmcity.staff.checked": { staff: "K-00001/s-1", temperature: 36.6, symptoms: [] },
  "warmcity.staff.clocked-in": { staff: "K-00001/s-1" },
  "warmcity.staff.clocked-out": { staff: "K-00001/s-1" },
  "warmcity.staff.certificate": { staff: "K-00001/s-1", validTo: "2027-01-31", state: "submitted" },
  "warmcity.staff.changed": { staff: "K-00001/s-1", job: "cook", active: false },
  "warmcity.licence.changed": { validTo: "2027-06-30", renewal: "none", state: "valid" },
  "warmcity.kitchen.declared": { state: "rest-day", from: TIME, to: null },
  "warmcity.kitchen.activity": { kind: "pay" },
  "warmcity.goods.received": GOODS,
  "warmcity.goods.issued": GOODS,
  "warmcity.goods.discarded": GOODS,
  "warmcity.goods.returned": GOODS,
  "warmcity.goods.transferred": { product: "羊肉", lot: "L7", to: "S-014", quantity: 40, lotTo: null },
  "warmcity.recall.issued": RECALL,
  "warmcity.recall.amended": RECALL,
  "warmcity.complaint.filed": {
    complaint: "C-1",
    kind: "tip-off",
    topic: "异物",
    person: "p-1",
    named: true,
  },
  "warmcity.complaint.handled": { complaint: "C-1", step: "accepted" },
  "warmcity.illness.reported": { person: "p-1", ate: TIME, symptoms: ["fever"], hospital: false, people: 1 },
  "warmcity.rating.posted": { stars: 1, text: "凉了", accountAgeDays: 3, orderVerified: false },
  "warmcity.rating.replied": { rating: "r-1", text: "已整改" },
  "warmcity.order.sealed": SEAL,
  "warmcity.order.seal-scanned": SEAL,
  "warmcity.platform.listing": {
    shop: "SH-1",
    licence: "JY21506020000017",
    licenceValidTo: "2027-06-30",
    address: "东胜区",
    dineIn: true,
    noDineInLabel: false,
    state: "listed",
  },
  "warmcity.duty.planned": { duty: "D-1", kind: "inspection", due: "2026-06-01", assignee: "B-0007" },
  "warmcity.inspection.completed": COMPLETED,
  "warmcity.visit.completed": COMPLETED,
  "warmcity.patrol.completed": COMPLETED,
  "warmcity.test.result": {
    report: "T-1",
    product: "羊肉",
    lot: null,
    accredited: true,
    passed: false,
    hazard: "pathogen",
  },
  "warmcity.banquet.filed": BANQUET,
  "warmcity.banquet.changed": BANQUET,
  "warmcity.training.scored": { staff: "K-00001/s-1", score: 58, nextDue: "2026-12-01" },
  "warmcity.survey.answered": { score: 82 },
  "warmcity.payment.completed": { amount: 35.5 },
  "warmcity.seals.counted": { left: 400 },
  "warmcity.question.asked": { question: "?" },
  "warmcity.question.answered": { question: "?" },
  "warmcity.street.counted": { street: "DS-01", people: 830 },
  "warmcity.weather.warned": { kind: "dust", level: "orange", banners: ["150625"], from: TIME, to: TIME },
  "warmcity.vote.cast": { ballot: "B-1", choice: "a", person: "p-1" },
  "warmcity.notification.receipted": { notification: "N-1", state: "delivered", recording: null },
  "warmcity.list.command": {
    list: "black:150602:2026-10",
    command: "appeal",
    role: "O",
    actor: "o-1",
    kitchen: "K-00001",
    reason: "…",
  },
  "warmcity.warning.command": {
    warning: "W-1",
    command: "draft",
    actor: "q-1",
    draft: { title: "…", text: "…", banners: ["150602"], until: "2026-12-31" },
  },
  "warmcity.case.command": {
    case: "C-1",
    command: "decide",
    role: "B",
    actor: "B-0007",
    reason: "…",
    evidence: ["E-1"],
    decision: { kind: "penalty", fine: 80000, rewardLevel: 2 },
  },
};

/** CONTRACT §3, "Optional everywhere". */
const OPTIONAL = new Set(
  (
    "snapshot box model lastedMs photo photos firmware clock frames people seen deviceTimeTrusted items symptoms " +
    "temperature ate hospital named topic supplier bestBefore papers category receipt lotTo at seal cookedAt station " +
    "rider serviceEnd renewal from to radiusM hazard lot report duty form inspectors score nextDue evidence reason " +
    "actor decision"
  ).split(" "),
);
/** Fields that a row shows as `null`; and where a row says so otherwise (oil gives one of two values, a probe needs two). */
const ALSO_OPTIONAL: Partial<Record<InputType, readonly string[]>> = {
  "warmcity.list.command": ["kitchen"],
  "warmcity.warning.command": ["draft"],
  "warmcity.readings": ["boot"],
  "warmcity.device.maintained": ["device"],
  "warmcity.oil.measured": ["tpm", "acidValue"],
  "warmcity.food.probed": ["value", "dish", "device", "weight"],
  "warmcity.record.filed": ["device", "staff", "batch", "product", "case"],
  "warmcity.video.measured": ["display", "street", "stallMs", "delayMs", "lostShare"],
  "warmcity.sample.removed": ["grams"],
  "warmcity.order.sealed": ["intact"],
  "warmcity.order.seal-scanned": ["intact"],
  "warmcity.notification.receipted": ["recording"],
};

function requiredOf(type: InputType): string[] {
  const schema: TSchema = inputEvents[type];
  return Object.keys(schema.properties).filter((field) => (schema.required ?? []).includes(field));
}

describe("the event catalogue", () => {
  it("knows its own types and no others", () => {
    expect(Object.keys(EXAMPLES).every(isInputType)).toBe(true);
    expect(["warmcity.alert.raised", "warmcity.nothing", "toString", "__proto__", ""].some(isInputType)).toBe(
      false,
    );
  });

  describe.each(Object.keys(EXAMPLES).filter(isInputType))("%s", (type) => {
    const schema: TSchema = inputEvents[type];
    const check = TypeCompiler.Compile(schema);
    const example = EXAMPLES[type];
    const without = (field: string) =>
      Object.fromEntries(Object.entries(example).filter(([name]) => name !== field));
    const required = requiredOf(type);
    const optional = Object.keys(schema.properties).filter((field) => !required.includes(field));

    it("takes the contract's example", () => {
      expect([...check.Errors(example)]).toEqual([]);
    });

    it("refuses it without any one of its required fields, or with null for it", () => {
      for (const field of required) {
        expect(check.Check(without(field)), `without ${field}`).toBe(false);
        expect(check.Check({ ...example, [field]: null }), `${field}: null`).toBe(false);
      }
    });

    it("takes it without its optional fields, and with null for them", () => {
      const bare = Object.fromEntries(Object.entries(example).filter(([name]) => required.includes(name)));
      expect(check.Check(bare)).toBe(true);
      for (const field of optional)
        expect(check.Check({ ...example, [field]: null }), `${field}: null`).toBe(true);
    });

    it("leaves optional what the contract does, and no more", () => {
      const isOptional = (field: string) =>
        OPTIONAL.has(field) || (ALSO_OPTIONAL[type]?.includes(field) ?? false);
      expect(optional.filter((field) => !isOptional(field))).toEqual([]);
      expect(required.filter(isOptional)).toEqual([]);
    });

    it("keeps unknown fields and refuses what is no object", () => {
      expect(check.Check({ ...example, fromTheFuture: { deep: [1] } })).toBe(true);
      for (const other of [null, 1, "x", [example]]) expect(check.Check(other)).toBe(false);
    });
  });

  it.each<[InputType, Record<string, unknown>]>([
    ["warmcity.reading", { value: Number.NaN }],
    ["warmcity.reading", { value: Number.POSITIVE_INFINITY }],
    ["warmcity.reading", { value: "4.2" }],
    ["warmcity.readings", { sequence: [-1, 18] }],
    ["warmcity.readings", { device: [0.5, 0] }],
    ["warmcity.detection", { class: "no_shoes" }],
    ["warmcity.detection", { confidence: 1.01 }],
    ["warmcity.position", { lon: 181 }],
    ["warmcity.menu.published", { serviceStart: "2026-11-23" }],
    ["warmcity.staff.certificate", { validTo: "2027-02-29" }],
    ["warmcity.seals.counted", { left: -1 }],
    ["warmcity.survey.answered", { score: 101 }],
    ["warmcity.recall.issued", { class: 4 }],
    ["warmcity.case.command", { command: "forget" }],
    ["warmcity.case.command", { role: "X" }],
    ["warmcity.complaint.filed", { complaint: "" }],
    ["warmcity.complaint.filed", { person: "x".repeat(257) }],
  ])("refuses in %s: %j", (type, change) => {
    expect(TypeCompiler.Compile<TSchema>(inputEvents[type]).Check({ ...EXAMPLES[type], ...change })).toBe(
      false,
    );
  });
});
