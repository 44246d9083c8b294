/** What one may do with a list or an entry of it: a button a command, then its reason, then a second click that means it. */
import { $, component$, type QRL, useContext, useSignal } from "@builder.io/qwik";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { roleName } from "../i18n/enum-labels.ts";
import { listActName, listRefusal } from "../i18n/list-words.ts";
import { commandList } from "../live/api.ts";
import type { ListAct, ListRole } from "../live/list-acts.ts";
import type { ListOrder, MonthlyList } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";

export interface ListChance {
  readonly act: ListAct;
  readonly role: ListRole;
}

interface Props {
  readonly list: string;
  /** `null` = it concerns the whole list. */
  readonly kitchen: string | null;
  readonly chances: readonly ListChance[];
  readonly onDone$: QRL<(after: MonthlyList) => void>;
}

export const ListActions = component$<Props>(({ list, kitchen, chances, onDone$ }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const open = useSignal<ListAct | null>(null);
  const busy = useSignal(false);
  const refused = useSignal("");
  const chance = chances.find(({ act }) => act === open.value);
  const send = $(async (_: Event, form: HTMLFormElement) => {
    if (chance === undefined || busy.value) return;
    const reason = String(new FormData(form).get("reason") ?? "").trim();
    const order: ListOrder = {
      command: chance.act,
      role: chance.role,
      ...(kitchen === null ? {} : { kitchen }),
      ...(reason === "" ? {} : { reason }),
    };
    busy.value = true;
    try {
      const after = await commandList(list, order);
      open.value = null;
      refused.value = "";
      await onDone$(after);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      refused.value = t.refused(listRefusal(why, page.lang));
    } finally {
      busy.value = false;
    }
  });
  if (chances.length === 0 && refused.value === "") return null;
  return (
    <div class="acts">
      <div class="buttons">
        {chances.map(({ act, role }) => (
          <button
            key={act}
            type="button"
            data-list-act={act}
            aria-expanded={open.value === act}
            onClick$={() => {
              open.value = open.value === act ? null : act;
            }}
          >
            {listActName(act, page.lang)}
            {page.who?.role === "admin" && (
              <small> {DESK_WORDS[page.lang].asRole(roleName(role, page.lang))}</small>
            )}
          </button>
        ))}
      </div>
      {chance !== undefined && (
        <form class="act" preventdefault:submit onSubmit$={send}>
          <label>
            {DESK_WORDS[page.lang].reasonFor(listActName(chance.act, page.lang))}
            <textarea name="reason" rows={2} maxLength={1_000} required={kitchen !== null} />
          </label>
          <p class="faint">{t.forGood}</p>
          <p class="buttons">
            <button type="submit" class="main" disabled={busy.value}>
              {busy.value ? t.acting : t.sure(listActName(chance.act, page.lang))}
            </button>
          </p>
        </form>
      )}
      <p class="outcome refused" role="status">
        {refused.value}
      </p>
    </div>
  );
});
