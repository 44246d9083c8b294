/** What is done with all marked cases at once: a command for those that allow it, some seconds to take it back, what came of it. */
import { $, component$, type Signal, useContext, useSignal } from "@builder.io/qwik";
import { DeskContext, DeskSessionContext } from "../desk-state.ts";
import { commandName } from "../i18n/case-words.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { roleName } from "../i18n/enum-labels.ts";
import { type Chance, chancesOf } from "../live/bulk-acts.ts";
import type { CaseOrder } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { ActForm } from "./act-form.tsx";
import { BulkReport } from "./bulk-report.tsx";

export const DeskBulk = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const chosen = useSignal<string | null>(null);
  const open = session.value;
  const marked = desk.version >= 0 && open !== undefined ? [...open.marked] : [];
  if (desk.bulk !== null) return <BulkReport bulk={desk.bulk} />;
  if (open === undefined || marked.length === 0) return null;
  const works = marked.flatMap((id) => open.book.work(id) ?? []);
  const chances = chancesOf(works, page.who);
  const chance = chances.find((one) => keyOf(one) === chosen.value);
  return (
    <section class="desk-bulk panel" aria-label={t.marked(marked.length)}>
      <b>{t.marked(marked.length)}</b>
      <button
        type="button"
        class="link"
        onClick$={() => {
          session.value?.marked.clear();
          chosen.value = null;
          desk.version++;
        }}
      >
        {t.unmark}
      </button>
      <div class="acts">
        <div class="buttons">
          {chances.map((one) => (
            <button
              key={keyOf(one)}
              type="button"
              data-bulk={one.command}
              aria-expanded={chosen.value === keyOf(one)}
              onClick$={() => {
                chosen.value = chosen.value === keyOf(one) ? null : keyOf(one);
              }}
            >
              {commandName(one.command, page.lang)}
              {page.who?.role === "admin" && <small> {t.asRole(roleName(one.role, page.lang))}</small>}
              {t.of(one.cases.length, marked.length)}
            </button>
          ))}
        </div>
        {chances.length === 0 && <p class="faint">{t.noCommon}</p>}
        {chance !== undefined && (
          <BulkForm
            key={keyOf(chance)}
            chance={chance}
            left={marked.length - chance.cases.length}
            chosen={chosen}
          />
        )}
      </div>
    </section>
  );
});

function keyOf({ command, role }: Pick<Chance, "command" | "role">): string {
  return `${command} ${role}`;
}

interface FormProps {
  readonly chance: Chance;
  /** How many of the marked do not allow it. */
  readonly left: number;
  /** Key of the chance that is open. */
  readonly chosen: Signal<string | null>;
}

const BulkForm = component$<FormProps>(({ chance, left, chosen }) => {
  const page = useContext(PageContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const begin = $((order: CaseOrder) => {
    if (session.value?.bulk.begin(chance.cases, order) === true) chosen.value = null;
  });
  return (
    <>
      {left > 0 && <p class="faint">{t.skipped(left)}</p>}
      <ActForm
        command={chance.command}
        role={chance.role}
        busy={false}
        onAct$={begin}
        onCancel$={() => {
          chosen.value = null;
        }}
      />
    </>
  );
});
