import { describe, expect, it } from "vitest";
import { DutyDesk } from "../stream/projections/duties/duty-desk.ts";
import type { KitchenTask } from "../stream/server/duty-answers.ts";
import type { AccountRole } from "../twin/authority/principal.ts";
import { minutes } from "../twin/kernel/time.ts";
import { shown } from "./happenings.ts";
import { at, Story } from "./story.ts";
import type { Telling } from "./telling.ts";

/** Somebody reads the code of the kitchen every half an hour, so that time passes in the file. */
function passTime(story: Story, from: string, until: string, kitchen: string): void {
  for (let time = at(from); time < at(until); time += minutes(30))
    story.says("warmcity.kitchen.activity", shown(time), { kind: "scan" }, { kitchen });
}

function tasksOf({ city, fold }: Telling, kitchen: string, role: AccountRole = "O"): KitchenTask[] {
  const principal = { id: "p-1", role, area: { kind: "kitchens", kitchens: [kitchen] } } as const;
  return new DutyDesk(city, fold).kitchen(city.kitchenIndex(kitchen), principal).tasks;
}

describe("a recall (SC03) asks of a kitchen", () => {
  const story = new Story({
    from: "05-11 06:00",
    until: "05-12 12:00",
    kitchens: ["HOLDS", "USED"].map((id) => ({ id, type: "school", opens: [["06:00", "22:00"]] })),
    lives: false,
  });
  const lot = { product: "羊肉片", lot: "L7", quantity: 10 };
  for (const kitchen of ["HOLDS", "USED"])
    story.says(
      "warmcity.goods.received",
      "05-11 06:30",
      { ...lot, supplier: "S-1", papers: true },
      { kitchen },
    );
  const used = { kitchen: "USED" };
  story.says("warmcity.goods.issued", "05-11 10:30", { ...lot, quantity: 4 }, used);
  story.says("warmcity.goods.issued", "05-11 16:40", { ...lot, quantity: 6 }, used);
  const sample = (when: string, meal: string, dish: string) =>
    story.says("warmcity.sample.retained", when, { meal, dish, grams: 130 }, used);
  sample("05-11 07:30", "2026-05-11-breakfast", "粥");
  sample("05-11 11:50", "2026-05-11-lunch", "羊肉炒饭");
  sample("05-11 12:00", "2026-05-11-lunch", "青菜");
  sample("05-11 18:10", "2026-05-11-supper", "羊肉汤");
  const remove = (when: string, meal: string, dish: string) =>
    story.says("warmcity.sample.removed", when, { meal, dish }, used);
  remove("05-12 08:00", "2026-05-11-lunch", "青菜");
  remove("05-12 10:00", "2026-05-11-supper", "羊肉汤");
  story.says(
    "warmcity.recall.issued",
    "05-12 09:00",
    { recall: "R-1", class: 1, product: "羊肉片", lots: ["L7"] },
    { kitchen: null, source: "/systems/recall" },
  );
  story.says("warmcity.record.filed", "05-12 11:30", { kind: "seal-stock", lot: "L7" }, { kitchen: "HOLDS" });

  passTime(story, "05-12 08:30", "05-12 12:00", "HOLDS");

  it("to seal the stock within two hours, where there is any", () => {
    const seal = (until: string) =>
      tasksOf(story.upTo(at(until)), "HOLDS").map(({ kind, due, state }) => ({ kind, due, state }));
    const task = { kind: "seal-stock", due: "2026-05-12T11:00:00.000+08:00" };
    expect(seal("05-12 08:59")).toEqual([]);
    expect(seal("05-12 10:00")).toEqual([{ ...task, state: "open" }]);
    expect(seal("05-12 11:00")).toEqual([{ ...task, state: "overdue" }]);
    expect(seal("05-12 12:00")).toEqual([{ ...task, state: "done" }]);
  });

  it("to know the meals where it was used up, and to keep their samples locked", () => {
    const [task, ...more] = tasksOf(story.upTo(at("05-12 12:00")), "USED");
    expect(more).toEqual([]);
    expect(task).toMatchObject({ kind: "used-lot", state: "open", about: "lot:羊肉片/L7", due: null });
    expect(task?.case).not.toBeNull();
    expect(task?.meals.map(({ from }) => from)).toEqual([
      "2026-05-11T10:00:00.000+08:00",
      "2026-05-11T15:00:00.000+08:00",
    ]);
    // The vegetables went before the recall came; the soup after it, and that shows.
    expect(task?.samples.map(({ dish, locked, removedAt }) => [dish, locked, removedAt])).toEqual([
      ["羊肉汤", false, "2026-05-12T10:00:00.000+08:00"],
      ["羊肉炒饭", true, null],
    ]);
  });
});

describe("opening again after a closing (SC22)", () => {
  const kitchen = {
    type: "small",
    opens: [["06:00", "22:00"]],
    devices: [{ id: "K/fridge-1", kind: "fridge-temperature", reportEveryMs: 300_000 }],
  };
  const closing = {
    kind: "closing",
    from: at("02-21 00:00"),
    to: at("02-23 07:00"),
    declared: true,
  } as const;
  const options = {
    from: "02-20 08:00",
    until: "02-23 15:00",
    incidents: [{ ...closing, kitchen: "K" }],
  };
  const story = new Story({ ...options, kitchens: [{ ...kitchen, id: "K" }] });
  story.says("warmcity.record.filed", "02-23 08:00", { kind: "food-check" }, { kitchen: "K" });
  story.says("warmcity.record.filed", "02-23 08:10", { kind: "cleaning" }, { kitchen: "K" });
  const taskAt = (until: string) => tasksOf(story.upTo(at(until)), "K");
  const missing = (tasks: readonly KitchenTask[]) =>
    tasks.flatMap(({ checklist }) => checklist.flatMap(({ item, ok }) => (ok ? [] : [item])));

  it("is a checklist until the end of the ramp, and none before", () => {
    expect(taskAt("02-22 12:00")).toEqual([]);
    const [task, ...more] = taskAt("02-23 07:30");
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      kind: "reopening",
      state: "open",
      from: "2026-02-23T07:00:00.000+08:00",
      due: "2026-02-23T13:00:00.000+08:00",
    });
    expect(missing(task === undefined ? [] : [task])).toEqual(["cold-chain", "stock", "cleaning"]);
  });

  it("gets done item by item: the fridge cold again, food looked through, the kitchen cleaned", () => {
    expect(missing(taskAt("02-23 08:20"))).not.toContain("stock");
    expect(taskAt("02-23 08:05")).toMatchObject([{ state: "open" }]);
    expect(taskAt("02-23 12:30")).toMatchObject([{ state: "done" }]);
  });

  it("is overdue where something is missing at the end of the ramp", () => {
    const idle = new Story({ ...options, kitchens: [{ ...kitchen, id: "K" }] });
    expect(missing(tasksOf(idle.upTo(at("02-23 14:00")), "K"))).toEqual(["stock", "cleaning"]);
    expect(tasksOf(idle.upTo(at("02-23 14:00")), "K")).toMatchObject([{ state: "overdue" }]);
  });
});

describe("a weather warning (SC23)", () => {
  const permit = { center: { lon: 109, lat: 39.6, crs: "WGS84" }, radiusM: 500, hours: [] };
  const STORM = "150625";
  const story = new Story({
    from: "04-14 08:00",
    until: "04-14 17:00",
    kitchens: [
      { id: "CATERER", type: "mobile-banquet", banner: STORM, office: `${STORM}-01` },
      { id: "TRUCK", type: "small", banner: STORM, office: `${STORM}-01`, permit },
      { id: "HOUSE", type: "small", banner: STORM, office: `${STORM}-01` },
      { id: "ELSEWHERE", type: "mobile-banquet", banner: "150602", office: "150602-01" },
    ],
    lives: false,
  });
  const warned = { kind: "dust", level: "orange", banners: [STORM] };
  const span = { from: "2026-04-14T10:00:00+08:00", to: "2026-04-14T16:00:00+08:00" };
  const office = { kitchen: null, source: "/systems/weather" };
  story.says("warmcity.weather.warned", "04-14 08:30", { ...warned, ...span }, office);
  story.says(
    "warmcity.weather.warned",
    "04-14 08:40",
    { ...warned, from: "2026-04-14T05:00:00+08:00", to: "2026-04-14T08:00:00+08:00" },
    office,
  );
  passTime(story, "04-14 09:00", "04-14 17:00", "HOUSE");
  const notices = story
    .alone()
    .outputs.flatMap(({ type, time, subject, data }) =>
      type === "warmcity.notification.requested" ? [{ time, subject, ...data }] : [],
    );

  it("is told to mobile caterers and food trucks of its banners at once, and to nobody else", () => {
    expect(notices.map(({ subject, time }) => [subject, time])).toEqual([
      ["CATERER", at("04-14 08:30")],
      ["TRUCK", at("04-14 08:30")],
    ]);
    expect(notices[0]).toMatchObject({ case: null, to: "O", channel: "push", ring: false });
    expect(notices[0]?.text.zh).toContain("沙尘橙色预警，2026-04-14 10:00 至 2026-04-14 16:00");
    expect(notices[0]?.text.en).toContain("orange warning of dust");
  });

  it("stands among their tasks until it is over, and makes no case", () => {
    const kinds = (until: string) =>
      ["CATERER", "TRUCK", "HOUSE", "ELSEWHERE"].map((id) =>
        tasksOf(story.upTo(at(until)), id).map(({ kind, due }) => `${kind} ${due?.slice(11, 16)}`),
      );
    expect(kinds("04-14 12:00")).toEqual([["weather 16:00"], ["weather 16:00"], [], []]);
    expect(kinds("04-14 16:00")).toEqual([[], [], [], []]);
    expect(story.alone().outputs.filter(({ type }) => type === "warmcity.case.changed")).toEqual([]);
  });
});
