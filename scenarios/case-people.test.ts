import { expect, it } from "vitest";
import { CasePeople } from "../simulator/people/case-people.ts";
import { Door } from "../stream/door/door.ts";
import { foldOf } from "../stream/fold-of.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import { casesIn, forbiddenSteps } from "./invariants.ts";
import { at, Story } from "./story.ts";

it("people who hear what goes out bring a case to its end, through the door and by roles", () => {
  const { city, lines, until } = new Story({
    from: "05-12 07:00",
    until: "05-16 20:00",
    kitchens: [
      {
        id: "K",
        type: "medium",
        devices: [{ id: "K/fridge-1", kind: "fridge-temperature", reportEveryMs: 300_000 }],
      },
    ],
    incidents: [
      {
        kind: "cold-failure",
        device: "K/fridge-1",
        at: at("05-12 08:00"),
        start: 4,
        slopePerMin: 0.06,
        ambient: 22,
        repairAt: at("05-12 13:00"),
      },
    ],
  }).alone();
  const fold = foldOf(city, { early: true });
  const people = new CasePeople({ city, seed: 2 });
  const door = new Door(city);
  let position = 0;
  const takeLine = (text: string, receivedAt: number) => {
    for (const item of door.line(text).admitted) {
      if (item.kind === "event") fold.event({ ...item.event, receivedAt, position: position++ });
      else fold.columns({ ...item, receivedAt, position: position++ });
    }
  };
  let next = 0;
  for (let tick = at("05-12 07:00"); tick <= until; tick += MINUTE_MS) {
    for (; next < lines.length && lines[next]!.at <= tick; next++)
      takeLine(lines[next]!.text, lines[next]!.at);
    fold.tick(tick);
    for (const output of fold.take()) people.hear(output, tick);
    for (const act of people.actsUntil(tick + MINUTE_MS))
      if (act.kind === "event") takeLine(JSON.stringify(act.event), act.receivedAt);
  }
  const cases = casesIn({ city, fold });
  const grave = cases.find(({ code, level }) => code === "T01" && level === "L2");
  expect(
    grave?.history.filter(({ role }) => role !== null).map(({ to, role }) => `${to} by ${role}`),
  ).toEqual(["acked by O", "rectifying by O", "recheck by S", "closed by S"]);
  expect(forbiddenSteps(cases)).toEqual([]);
});
