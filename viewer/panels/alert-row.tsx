/** One line of the alert list: what, how much, where, since when. */
import { component$, type QRL, useContext } from "@builder.io/qwik";
import { bannerShortName, quantity } from "../i18n/enum-labels.ts";
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
  const where = city === undefined || index < 0 ? (alert.asset ?? "") : city.names[index];
  const banner = city === undefined || index < 0 ? "" : bannerShortName(city.banners[index] ?? "", page.lang);
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
        <span class="code">{alert.code}</span>
      </button>
    </li>
  );
});
