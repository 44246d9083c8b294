/** The red and black lists of one banner, made up, with the life that lists have. */
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import {
  appealUntil,
  draftList,
  type MonthlyList as ListLife,
  type ListRefusal,
  stepList,
} from "../../twin/lists/monthly-list.ts";
import type { ListOrder, MonthlyList } from "../live/wire-types.ts";

const BANNER = "150602";
const LISTED = 4;

export class StubLists {
  readonly #city: City;
  readonly #lists = new Map<string, ListLife>();

  constructor(city: City) {
    this.#city = city;
    const kitchens = city.kitchens.filter(({ banner }) => banner === BANNER);
    for (const colour of ["red", "black"] as const) {
      const some = kitchens.slice(colour === "red" ? 0 : LISTED, colour === "red" ? LISTED : 2 * LISTED);
      const entries = some.map(({ id, type, banner }, i) => ({
        kitchen: id,
        type,
        banner,
        index: colour === "red" ? 99 - i : 61 + i,
        cases: colour === "red" ? [] : [`C-${id}`],
        ground: colour === "red" ? ("top-5-percent" as const) : ("penalty" as const),
      }));
      const list = draftList({ colour, banner: BANNER, month: "2026-10" }, entries);
      this.#lists.set(`${colour}:${BANNER}:2026-10`, list);
    }
  }

  of(colour: string): { items: MonthlyList[] } {
    const items = [...this.#lists].filter(([, list]) => list.colour === colour);
    return { items: items.map(([id, list]) => this.#answer(id, list)) };
  }

  obey(
    id: string,
    { command, role, kitchen, reason }: ListOrder,
    actor: string,
  ): MonthlyList | (Pick<ListRefusal, "allowed"> & { detail: string }) {
    const list = this.#lists.get(id);
    if (list === undefined) return { detail: "no such list", allowed: [] };
    const order = { command, role, actor, kitchen: kitchen ?? null, reason: reason ?? null };
    const step = stepList(list, order, Date.now());
    if ("refused" in step) return { detail: step.refused, allowed: step.allowed };
    this.#lists.set(id, step.next);
    return this.#answer(id, step.next);
  }

  #answer(id: string, list: ListLife): MonthlyList {
    const text = (time: number | null) => (time === null ? null : formatTime(time));
    return {
      list: id,
      colour: list.colour,
      banner: list.banner,
      month: list.month,
      state: list.state,
      notifiedAt: text(list.notifiedAt),
      appealUntil: text(appealUntil(list)),
      publishedAt: text(list.publishedAt),
      entries: list.entries.map((entry) => ({
        ...entry,
        name: this.#city.kitchens[this.#city.kitchenIndex(entry.kitchen)]?.name ?? "",
      })),
    };
  }
}
