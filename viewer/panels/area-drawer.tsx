/** An alert that belongs to no one kitchen, with its explanation: an outage, an online rate, a rider. */
import { $, component$, useContext, useTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { STATE_LABELS } from "../i18n/enum-labels.ts";
import { assetText } from "../i18n/evidence-words.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { AlertCard } from "./alert-card.tsx";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";

export const AreaDrawer = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  useTask$(({ track }) => {
    if (track(() => page.selected) !== null) page.areaAlert = null;
  });
  useTask$(({ track }) => {
    const alert = track(() => page.areaAlert);
    track(() => page.picture?.alertVersion);
    if (alert !== null) session.value?.cases.want([alert.case]);
  });
  const close = $(() => {
    page.areaAlert = null;
  });
  if (page.areaAlert === null) return null;
  const alert = session.value?.book.get(page.areaAlert.alert) ?? page.areaAlert;
  return (
    <aside class="drawer panel" aria-label={t.alertDetails}>
      <button type="button" class="close" aria-label={t.close} onClick$={close}>
        <Icon name="close" />
      </button>
      <div class="scroll">
        <header>
          <p class={`badge state-${alert.level}`}>
            <Glyph state={alert.level} />
            {STATE_LABELS[alert.level][page.lang]}
          </p>
          <h2>{assetText(alert, [], page.lang)}</h2>
        </header>
        <section>
          <AlertCard alert={alert} work={session.value?.cases.of(alert.case)} devices={[]} />
        </section>
      </div>
    </aside>
  );
});
