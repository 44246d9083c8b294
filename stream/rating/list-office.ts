/** The monthly lists of all banners (红黑榜): drafted on the first of the month, then moved by people's commands. */
import type { Case } from "../../twin/case-file.ts";
import type { City } from "../../twin/city/city.ts";
import type { EventOf } from "../../twin/events/event.ts";
import { civilFromDays, formatTime, shanghaiDay } from "../../twin/kernel/time.ts";
import { blackList, redList } from "../../twin/lists/list-candidate.ts";
import {
  draftList,
  type ListColour,
  type ListCommand,
  type ListRefusal,
  type MonthlyList,
  stepList,
} from "../../twin/lists/monthly-list.ts";
import { type Output, outputId } from "../output.ts";
import type { KitchenLedger } from "./kitchen-ledger.ts";
import { candidateOf } from "./list-candidates.ts";

export type SavedLists = Record<string, MonthlyList>;

/** What a draft looks at in a kitchen. */
export interface KitchenRecord {
  readonly cases: readonly Case[];
  readonly ledger: KitchenLedger;
  readonly index: number | null;
}

/** `black:150602:2026-10` */
export function listId({ colour, banner, month }: Pick<MonthlyList, "colour" | "banner" | "month">): string {
  return `${colour}:${banner}:${month}`;
}

export class ListOffice {
  readonly #city: City;
  readonly #lists = new Map<string, MonthlyList>();

  constructor(city: City) {
    this.#city = city;
  }

  get lists(): Iterable<MonthlyList> {
    return this.#lists.values();
  }

  get(id: string): MonthlyList | undefined {
    return this.#lists.get(id);
  }

  /** On the first of a month: drafts for the month before, unless they are there. */
  draft(now: number, recordOf: (kitchen: number) => KitchenRecord, emit: (output: Output) => void): void {
    const day = shanghaiDay(now);
    if (civilFromDays(day).day !== 1) return;
    const { year, month: number } = civilFromDays(day - 1);
    const month = `${year}-${String(number).padStart(2, "0")}`;
    const candidates = this.#city.kitchens.map((kitchen, i) => {
      const { cases, ledger, index } = recordOf(i);
      return candidateOf(kitchen, cases, ledger, index, day - 1);
    });
    const drafts = { red: redList(candidates, now), black: blackList(candidates, now) };
    for (const banner of new Set(this.#city.kitchens.map((kitchen) => kitchen.banner))) {
      for (const colour of ["red", "black"] as const) {
        const entries = drafts[colour].filter((entry) => entry.banner === banner);
        this.#put(draftList({ colour, banner, month }, entries), now, emit);
      }
    }
  }

  /** What a command would come to: the next list, or a refusal; `null` = there is no such list. */
  decide(id: string, command: ListCommand, now: number): { readonly next: MonthlyList } | ListRefusal | null {
    const list = this.#lists.get(id);
    return list === undefined ? null : stepList(list, command, now);
  }

  /** A refused command changes nothing: who sent it was told. */
  command({ data, time, source }: EventOf<"warmcity.list.command">, emit: (output: Output) => void): void {
    const { list, command, role, kitchen = null, reason = null } = data;
    const decided = this.decide(list, { command, role, actor: data.actor ?? source, kitchen, reason }, time);
    if (decided !== null && "next" in decided) this.#put(decided.next, time, emit);
  }

  #put(list: MonthlyList, now: number, emit: (output: Output) => void): void {
    const id = listId(list);
    this.#lists.set(id, list);
    emit({
      type: "warmcity.list.changed",
      id: outputId(
        "warmcity.list.changed",
        id,
        now,
        list.state,
        ...list.entries.map(({ standing }) => standing),
      ),
      time: now,
      subject: null,
      data: {
        list: id,
        ...list,
        notifiedAt: list.notifiedAt === null ? null : formatTime(list.notifiedAt),
        publishedAt: list.publishedAt === null ? null : formatTime(list.publishedAt),
        entries: [...list.entries],
      },
    });
  }

  save(): SavedLists {
    return Object.fromEntries(this.#lists);
  }

  restore(saved: SavedLists): void {
    this.#lists.clear();
    for (const [id, list] of Object.entries(saved)) this.#lists.set(id, list);
  }
}

export function isListColour(text: string): text is ListColour {
  return text === "red" || text === "black";
}
