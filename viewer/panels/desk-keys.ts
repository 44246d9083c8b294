/** What the keys of the desk do. Letters of commands press the buttons of the open card, which open their forms. */
import type { DeskState } from "../desk-state.ts";
import { ACT_KEYS } from "../live/case-acts.ts";
import type { DeskSession } from "../live/desk-session.ts";
import type { PageState } from "../page-state.ts";
import type { KeyActions } from "./keyboard.ts";

export function deskKeys(
  page: PageState,
  desk: DeskState,
  session: () => DeskSession | undefined,
): KeyActions {
  const order = () => session()?.window.order ?? [];
  const step = (by: number) => (event: KeyboardEvent) => {
    event.preventDefault();
    if (order().length > 0) desk.cursor = Math.max(0, Math.min(order().length - 1, desk.cursor + by));
  };
  return {
    ...Object.fromEntries(
      Object.entries(ACT_KEYS).map(([command, key]) => [
        key,
        (event: KeyboardEvent) => press(command, event),
      ]),
    ),
    j: step(1),
    k: step(-1),
    arrowdown: step(1),
    arrowup: step(-1),
    pagedown: step(15),
    pageup: step(-15),
    enter: ({ target }) => {
      if (target instanceof HTMLElement && target.closest("button, summary, a, form") !== null) return;
      desk.opened = order()[desk.cursor] ?? desk.opened;
    },
    x: () => {
      const [id, marked] = [order()[desk.cursor], session()?.marked];
      if (id === undefined || marked === undefined) return;
      if (!marked.delete(id)) marked.add(id);
      desk.version++;
    },
    n: () => {
      desk.listings++;
    },
    u: () => document.getElementById("bulk-dismiss")?.click(),
    p: () => {
      if (desk.opened !== null) window.print();
    },
    "/": (event) => {
      event.preventDefault();
      document.getElementById("desk-search")?.focus();
    },
    "?": () => {
      page.help = !page.help;
    },
    escape: ({ target }) => {
      if (target instanceof HTMLElement && target.closest("form.act") !== null) return;
      if (target instanceof HTMLInputElement) target.blur();
      else if (page.signIn && page.opened && !page.sessionEnded) page.signIn = false;
      else if (!page.help) desk.opened = null;
    },
  };
}

function press(command: string, event: KeyboardEvent): void {
  const button = document.querySelector<HTMLElement>(`.desk-card [data-act="${command}"]`);
  if (button === null) return;
  event.preventDefault();
  button.click();
}
