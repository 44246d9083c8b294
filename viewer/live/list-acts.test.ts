/** Held to the life of the lists themselves: what is offered is just what would not be refused. */
import { expect, it } from "vitest";
import { HOUR_MS } from "../../twin/kernel/time.ts";
import type { ListEntry } from "../../twin/lists/list-candidate.ts";
import {
  appealUntil,
  draftList,
  LIST_COMMANDS,
  type ListCommand,
  type MonthlyList as ListLife,
  stepList,
} from "../../twin/lists/monthly-list.ts";
import { entryActsOf, listActsOf, listRolesOf } from "./list-acts.ts";
import type { MonthlyList } from "./wire-types.ts";

const START = Date.parse("2026-11-02T09:00:00+08:00");
const KITCHENS = ["K-1", "K-2"] as const;
const WHOLE = ["notify", "sign", "publish"];

function answerOf(list: ListLife): MonthlyList {
  const until = appealUntil(list);
  const text = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    list: `${list.colour}:${list.banner}:${list.month}`,
    colour: list.colour,
    banner: list.banner,
    month: list.month,
    state: list.state,
    notifiedAt: text(list.notifiedAt),
    appealUntil: text(until),
    publishedAt: text(list.publishedAt),
    entries: list.entries.map((entry) => ({ ...entry, name: entry.kitchen, cases: [...entry.cases] })),
  };
}

/** All lists that come of a draft by any commands, with the times at which each may stand. */
function everyList(colour: "red" | "black"): { list: ListLife; now: number }[] {
  const entries: ListEntry[] = KITCHENS.map((kitchen) => ({
    kitchen,
    banner: "150602",
    type: "small",
    index: 90,
    cases: [],
    ground: colour === "red" ? "top-5-percent" : "penalty",
  }));
  const seen = new Map<string, { list: ListLife; now: number }>();
  const open = [{ list: draftList({ colour, banner: "150602", month: "2026-10" }, entries), now: START }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const key = JSON.stringify(at);
    if (seen.has(key)) continue;
    seen.set(key, at);
    for (const command of commands()) {
      const step = stepList(at.list, command, at.now);
      if ("next" in step) open.push({ list: step.next, now: at.now });
    }
    if (at.now === START) open.push({ list: at.list, now: START + 30 * 24 * HOUR_MS });
  }
  return [...seen.values()];
}

function commands(): ListCommand[] {
  return LIST_COMMANDS.flatMap((command) =>
    (["O", "Q", "C"] as const).flatMap((role) =>
      [null, ...KITCHENS].map((kitchen) => ({ command, role, actor: role, kitchen, reason: "because" })),
    ),
  );
}

it.each(["red", "black"] as const)("offers for a %s list just what would be done", (colour) => {
  const lists = everyList(colour);
  expect(new Set(lists.map(({ list }) => list.state)).size).toBeGreaterThan(2);
  for (const { list, now } of lists)
    for (const command of commands()) {
      const isWhole = WHOLE.includes(command.command);
      if (isWhole !== (command.kitchen === null)) continue;
      const answer = answerOf(list);
      const entry = answer.entries.find(({ kitchen }) => kitchen === command.kitchen);
      const offered =
        entry === undefined
          ? listActsOf(answer, command.role, now)
          : entryActsOf(answer, entry, command.role, now);
      const done = "next" in stepList(list, command, now);
      expect([command, list.state, offered.includes(command.command)]).toEqual([command, list.state, done]);
    }
});

it("lets act only who has a part in lists", () => {
  const who = { id: "x", area: "city", kitchens: null };
  expect(listRolesOf({ ...who, role: "S" })).toEqual([]);
  expect(listRolesOf({ ...who, role: "Q" })).toEqual(["Q"]);
  expect(listRolesOf({ ...who, role: "admin" })).toEqual(["Q", "C"]);
});
