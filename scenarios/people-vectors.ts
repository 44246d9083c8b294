/** Boundary vectors of what people, papers and offices do (D, W, C, S, rewards). */
import { DutyDesk } from "../stream/projections/duties/duty-desk.ts";
import type { Decision } from "./story.ts";
import type { Telling } from "./telling.ts";
import { KITCHEN, rings, statesOf, Unit, type Vector, vector } from "./vector.ts";

const PERSON = `${KITCHEN}/s-1`;

const feverish = () =>
  new Unit().says(
    "warmcity.staff.checked",
    "05:50",
    { staff: PERSON, temperature: 37.3, symptoms: [] },
    "/persons/o",
  );
const atWork = () => feverish().says("warmcity.staff.clocked-in", "06:10", { staff: PERSON }, "/persons/o");

const trained = (until: string) =>
  new Unit({ until, kitchen: { staff: [{ id: PERSON, job: "cook", trainingDue: "2026-05-12" }] } });
const scores = (unit: Unit, time: string, score: number) =>
  unit.says("warmcity.training.scored", time, { staff: PERSON, score }, "/persons/o");

const ticket = (unit: Unit, time: string, lot: string, category: "vegetable" | "meat") =>
  unit.says("warmcity.goods.received", time, {
    product: category === "meat" ? "牛肉" : "白菜",
    lot,
    quantity: 5,
    supplier: "S-1",
    category,
    papers: false,
  });

const milk = (step: "received" | "issued", unit: Unit, time: string, quantity: number) =>
  unit.says(`warmcity.goods.${step}`, time, {
    product: "牛奶",
    lot: "L1",
    quantity,
    ...(step === "received" && { supplier: "S-1", bestBefore: "2026-05-12" }),
  });

const tested = (accredited: boolean, hazard: "pathogen" | "other") => {
  const report = { report: "R-7", product: "凉皮", accredited, passed: false, hazard };
  const by = accredited ? "/labs/ordos-food" : `/kitchens/${KITCHEN}`;
  return new Unit({ until: "05-14 12:00" }).says("warmcity.test.result", "10:00", report, by);
};

const ADDRESS = "内蒙古鄂尔多斯市东胜区天骄北路16号底商";
const lists = (unit: Unit, time: string, shop: string, more: object = {}) =>
  unit.says(
    "warmcity.platform.listing",
    time,
    {
      shop,
      licence: "JY1",
      licenceValidTo: "2030-12-31",
      address: ADDRESS,
      dineIn: true,
      noDineInLabel: false,
      state: "listed",
      ...more,
    },
    "/platforms/p",
  );
const shop = (until = "05-12 12:00") => new Unit({ until, kitchen: { address: ADDRESS } });
/** What was found out about a shop, and taken on by its platform at 10:05. */
const takenOn = () =>
  lists(shop("05-13 10:00"), "10:00", "a", { licenceValidTo: "2026-05-01" })
    .acts("10:01", "W02", "review-confirm", "S")
    .acts("10:02", "W02", "dispatch", "S")
    .acts("10:05", "W02", "acknowledge", "PL");

const letter = (kind: "complaint" | "tip-off" | "mixed", time: string, until: string) =>
  new Unit({ from: time, until }).says(
    "warmcity.complaint.filed",
    time,
    { complaint: "C-1", kind, topic: "餐具", person: "p-1", named: true },
    "/systems/12315",
  );

const inspection = (until: string) =>
  new Unit({ from: "05-20 08:00", until }).says(
    "warmcity.duty.planned",
    "05-20 09:00",
    { duty: "D-1", kind: "inspection", due: "2026-06-01", assignee: "s-17" },
    "/systems/plan",
  );

/** A tip-off whose case of the clock Q, or for a large fine C, decides. */
const rewarded = (role: "Q" | "C", decision: Decision) =>
  letter("tip-off", "06-10 10:00", "07-03 00:00")
    .acts("06-30 09:00", "C01", "review-confirm", "S")
    .acts("06-30 10:00", "C01", "file", "Q")
    .acts("07-02 10:00", "C01", "decide", role, decision);
const rewardIn = ({ city, fold }: Telling): string[] =>
  new DutyDesk(city, fold)
    .complaints({ id: "c", role: "C", area: { kind: "city" } })
    .map(({ reward }) => `${reward?.state} ${reward?.yuan}`);

export const PEOPLE_VECTORS: readonly Vector[] = [
  vector("D03", "37.3 °C at 05:50 and no clock-in", [], feverish()),
  vector("D03", "clock-in 06:10 after it", ["05-12 06:10:00 raised L2"], atWork()),
  vector(
    "D03",
    "cleared by a medical note: CLOSED, but after the recheck",
    ["new", "verifying", "confirmed", "dispatched", "acked", "rectifying", "submitted", "recheck", "closed"],
    atWork()
      .acts("06:20", "D03", "review-confirm", "S")
      .acts("06:21", "D03", "dispatch", "S")
      .acts("06:30", "D03", "acknowledge", "O")
      .says("warmcity.record.filed", "09:00", { kind: "medical-note", staff: PERSON }, "/persons/o")
      .acts("14:00", "D03", "recheck-start", "S")
      .acts("14:30", "D03", "recheck-pass", "S"),
    statesOf,
  ),
  vector("D06", "exam due yesterday", ["05-13 00:00:00 raised L4"], trained("05-13 12:00")),
  vector(
    "D06",
    "scores 55 and 58",
    ["05-12 11:00:00 raised L3"],
    scores(scores(trained("05-12 20:00"), "10:00", 55), "11:00", 58),
  ),
  vector(
    "D07",
    "vegetable ticket without papers 24 h",
    ["05-13 08:00:00 raised L4"],
    ticket(new Unit(), "08:00", "V1", "vegetable"),
  ),
  vector(
    "D07",
    "beef ticket without quarantine papers 24 h",
    ["05-13 08:00:00 raised L3"],
    ticket(new Unit(), "08:00", "B1", "meat"),
  ),
  vector(
    "D07",
    "third L4 of a unit in 30 d",
    ["05-13 08:00:00 raised L4", "05-23 08:00:00 raised L4", "06-02 08:00:00 raised L3"],
    ["V1", "V2", "V3"].reduce(
      (unit, lot, i) =>
        ticket(unit, ["05-12 08:00", "05-22 08:00", "06-01 08:00"][i] ?? "", lot, "vegetable"),
      new Unit({ until: "06-03 00:00" }),
    ),
  ),
  vector(
    "D09",
    "expired at 24:00, still in stock",
    ["05-13 00:00:00 raised L3"],
    milk("received", new Unit(), "08:00", 10),
  ),
  vector(
    "D09",
    "issued at 09:00 after that: the same case L2",
    ["05-13 00:00:00 raised L3", "05-13 09:00:00 rose to L2"],
    milk("issued", milk("received", new Unit(), "08:00", 10), "05-13 09:00", 2),
  ),
  vector("D10", "accredited fail", ["05-12 10:00:00 raised L2"], tested(true, "other")),
  vector("D10", "accredited fail with Salmonella", ["05-12 10:00:00 raised L1"], tested(true, "pathogen")),
  vector(
    "D10",
    "enterprise quick test that fails: told to the unit alone, nothing published, no index",
    ["quick tests 1, failed 1", "published 0", "facts 0"],
    tested(false, "pathogen"),
    (telling, code) => {
      const { city, fold } = telling;
      const desk = new DutyDesk(city, fold);
      const own = { id: "o", role: "O", area: { kind: "kitchens", kitchens: [KITCHEN] } } as const;
      const { quickTests } = desk.kitchen(0, own);
      return [
        ...rings(telling, code),
        `quick tests ${quickTests?.tests}, failed ${quickTests?.failed}`,
        `published ${desk.publicKitchen(0).results.length}`,
        `facts ${fold.rating.factsOf(0).length}`,
      ];
    },
  ),
  vector(
    "W02",
    "3 shops at one licensed address",
    ["05-12 10:02:00 raised L3", "05-12 10:02:00 raised L3", "05-12 10:02:00 raised L3"],
    ["a", "b", "c"].reduce((unit, name, i) => lists(unit, `10:0${i}`, name), shop()),
  ),
  vector(
    "W02",
    "licence expired on the platform: L2, delist within 24 h",
    ["05-12 10:00:00 raised L2", "due 2026-05-13T10:05:00.000+08:00"],
    takenOn(),
    (telling, code) => {
      const due = telling.outputs.flatMap(({ data }) =>
        "evidence" in data && data.to === "acked" ? [`due ${data.due}`] : [],
      );
      return [...rings(telling, code), ...due];
    },
  ),
  vector(
    "W02",
    "address typo of one character",
    [],
    lists(shop(), "10:00", "a", { address: ADDRESS.replace("骄", "娇") }),
  ),
  vector(
    "C01",
    "7 wd over a holiday: L4 at T−2 wd, L2 when overdue",
    ["06-17 00:00:00 raised L4", "06-23 00:00:00 rose to L2"],
    letter("complaint", "06-10 10:00", "06-30 00:00"),
  ),
  vector(
    "C01",
    "7 wd with make-up workdays (20 September, 10 October)",
    ["09-22 00:00:00 raised L4", "09-25 00:00:00 rose to L2"],
    letter("complaint", "09-16 10:00", "09-30 00:00"),
  ),
  vector(
    "C01",
    "a pure tip-off: 15 wd",
    ["06-30 00:00:00 raised L4", "07-03 00:00:00 rose to L2"],
    letter("tip-off", "06-10 10:00", "07-10 00:00"),
  ),
  vector(
    "C01",
    "a mixed letter, accepted in time: the clock of the tip-off runs on",
    ["06-30 00:00:00 raised L4", "07-03 00:00:00 rose to L2"],
    letter("mixed", "06-10 10:00", "07-10 00:00").says(
      "warmcity.complaint.handled",
      "06-12 15:00",
      { complaint: "C-1", step: "accepted" },
      "/persons/s-1",
    ),
  ),
  vector(
    "C01",
    "a mixed letter that nobody accepts: the clock of the complaint",
    ["06-17 00:00:00 raised L4", "06-23 00:00:00 rose to L2"],
    letter("mixed", "06-10 10:00", "07-10 00:00"),
  ),
  vector("S02", "inspection planned 06-01, on 06-07", [], inspection("06-07 23:59:59")),
  vector("S02", "on 06-08", ["06-08 00:00:00 raised L4"], inspection("06-08 12:00")),
  vector(
    "S02",
    "on 07-01",
    ["06-08 00:00:00 raised L4", "07-01 00:00:00 rose to L3"],
    inspection("07-01 12:00"),
  ),
  vector(
    "Reward",
    "fine 80,000 at level 2: 3 % is below the floor",
    ["due 3000"],
    rewarded("Q", { kind: "penalty", fine: 80_000, rewardLevel: 2 }),
    rewardIn,
  ),
  vector(
    "Reward",
    "fine 30 M at level 1: the cap",
    ["due 1000000"],
    rewarded("C", { kind: "penalty", fine: 30_000_000, rewardLevel: 1 }),
    rewardIn,
  ),
  vector(
    "Reward",
    "ordinary warning",
    ["none 0"],
    rewarded("Q", { kind: "warning", fine: null, rewardLevel: 2 }),
    rewardIn,
  ),
];
