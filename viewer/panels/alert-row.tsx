/** One line of the alert list: what, how much, where, since when, why, and how its case stands. */
import { component$, type QRL, useContext } from "@builder.io/qwik";
import { bannerShortName, caseState, quantity } from "../i18n/enum-labels.ts";
import { assetText, causeText, newestCause } from "../i18n/evidence-words.ts";
import { momentText } from "../i18n/wall-time.ts";
import { ROW_PX } from "../live/alert-window.ts";
import type { Alert } from "../live/wire-types.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";

interface Props {
  readonly alert: Alert;
  readonly place: number;
  readonly total: number;
  readonly current: boolean;
  readonly onOpen$: QRL<() => void>;
}

export const AlertRow = component$<Props>(({ alert, place, total, current, onOpen$ }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const city = session.value?.city;
  const index = alert.kitchen === null ? -1 : (city?.indexOf(alert.kitchen) ?? -1);
  const isKnown = city !== undefined && index >= 0;
  const where = isKnown ? city.names[index] : assetText(alert, [], page.lang);
  const banner = isKnown ? bannerShortName(city.banners[index] ?? "", page.lang) : "";
  const why = newestCause(alert);
  const work = session.value?.cases.of(alert.case);
  return (
    <li
      class={`alert state-${alert.level} ${current ? "current" : ""}`}
      style={{ transform: `translateY(${place * ROW_PX}px)` }}
      aria-posinset={place + 1}
      aria-setsize={total}
    >
      <button type="button" onClick$={onOpen$}>
        <Glyph state={alert.level} />
        <span class="what">
          {alert.title[page.lang]}
          {alert.value !== null && <b>{quantity(alert.value, page.lang)}</b>}
        </span>
        <time>{momentText(alert.levelAt, page.picture?.time ?? Number.NaN)}</time>
        <span class="where">
          {where}
          {banner !== "" && <em>{banner}</em>}
        </span>
        <span class="code">
          {alert.level} {alert.code}
        </span>
        <span class="why">{why === undefined ? "" : causeText(why, page.lang)}</span>
        <span class="case">{work === undefined ? "" : caseState(work.state, page.lang)}</span>
      </button>
    </li>
  );
});
