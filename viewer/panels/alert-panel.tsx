/**
 * Right: the open alerts, worst and newest first. Only the rows in sight are in the page. While the pointer rests on the
 * list it holds still, and a button counts what is new.
 */
import { $, component$, useContext, useSignal, useTask$, useVisibleTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { bannerName, LEVEL_WORDS, quantity } from "../i18n/enum-labels.ts";
import { momentText } from "../i18n/wall-time.ts";
import type { Alert, Level } from "../live/wire-types.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";
import { listenToKeys } from "./keyboard.ts";

const LEVELS = ["L1", "L2", "L3", "L4"] as const;
const ROW_PX = 60;
const SPARE_ROWS = 4;

export const AlertPanel = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const level = useSignal<Level | null>(null);
  const rows = useSignal<Alert[]>([]);
  const first = useSignal(0);
  const total = useSignal(0);
  const cursor = useSignal(-1);
  const held = useSignal(false);
  /** Ids in the list when it was held; what is not in here is new. */
  const fresh = useSignal(0);
  const scroller = useSignal<HTMLElement>();
  const shown = useSignal<{ version: number; size: number }>({ version: -1, size: 0 });

  const refresh = $(() => {
    const book = session.value?.book;
    if (book === undefined) return;
    const list = book.list().filter((alert) => level.value === null || alert.level === level.value);
    const box = scroller.value;
    const from = Math.max(0, Math.floor((box?.scrollTop ?? 0) / ROW_PX) - SPARE_ROWS);
    const until = from + Math.ceil((box?.clientHeight ?? 600) / ROW_PX) + 2 * SPARE_ROWS;
    rows.value = list.slice(from, until);
    first.value = from;
    total.value = list.length;
    shown.value = { version: page.picture?.alertVersion ?? 0, size: list.length };
    fresh.value = 0;
  });

  useTask$(({ track }) => {
    const version = track(() => page.picture?.alertVersion);
    track(() => level.value);
    if (version === undefined) return;
    if (held.value && shown.value.version >= 0) {
      const book = session.value?.book;
      const now =
        book?.list().filter((alert) => level.value === null || alert.level === level.value).length ?? 0;
      fresh.value = Math.max(0, now - shown.value.size);
      return;
    }
    return refresh();
  });

  const open = $((alert: Alert | undefined) => {
    if (alert === undefined || alert.kitchen === null) return;
    const index = session.value?.city.indexOf(alert.kitchen) ?? -1;
    page.selected = alert.kitchen;
    if (index >= 0) session.value?.globe?.flyToKitchen(index);
  });

  useVisibleTask$(
    ({ cleanup }) => {
      const step = (by: number) => {
        const next = Math.max(0, Math.min(total.value - 1, cursor.value + by));
        cursor.value = next;
        const box = scroller.value;
        if (box === undefined) return;
        if (next * ROW_PX < box.scrollTop) box.scrollTop = next * ROW_PX;
        else if ((next + 1) * ROW_PX > box.scrollTop + box.clientHeight)
          box.scrollTop = (next + 1) * ROW_PX - box.clientHeight;
      };
      cleanup(
        listenToKeys({
          j: () => step(1),
          k: () => step(-1),
          enter: (event) => {
            if (!(event.target instanceof HTMLButtonElement)) open(rows.value[cursor.value - first.value]);
          },
        }),
      );
    },
    { strategy: "document-ready" },
  );

  const counts = page.picture?.openAlerts ?? { L1: 0, L2: 0, L3: 0, L4: 0 };
  const all = counts.L1 + counts.L2 + counts.L3 + counts.L4;
  return (
    <aside class="right panel" aria-label={t.alertPanel}>
      <h2>
        {t.alertPanel}
        <span class="live-count">{all.toLocaleString("en")}</span>
      </h2>
      <fieldset class="tabs">
        <legend class="sr">{t.openAlerts}</legend>
        <button type="button" aria-pressed={level.value === null} onClick$={() => (level.value = null)}>
          {t.allLevels}
        </button>
        {LEVELS.map((tab) => (
          <button
            key={tab}
            type="button"
            class={`state-${tab}`}
            aria-pressed={level.value === tab}
            title={LEVEL_WORDS[tab][page.lang]}
            onClick$={() => (level.value = level.value === tab ? null : tab)}
          >
            <Glyph state={tab} />
            {tab} <span>{counts[tab].toLocaleString("en")}</span>
          </button>
        ))}
      </fieldset>
      <div
        ref={scroller}
        class="alerts"
        onScroll$={refresh}
        onPointerEnter$={() => {
          held.value = true;
        }}
        onPointerLeave$={() => {
          held.value = false;
          refresh();
        }}
      >
        <ul aria-label={t.alertPanel} style={{ height: `${total.value * ROW_PX}px` }}>
          {rows.value.map((alert, i) => (
            <AlertRow
              key={alert.alert}
              alert={alert}
              place={first.value + i}
              total={total.value}
              current={cursor.value === first.value + i}
              onOpen$={() => {
                cursor.value = first.value + i;
                return open(alert);
              }}
            />
          ))}
        </ul>
        {total.value === 0 && (
          <p class="empty">
            {session.value?.alertsRead
              ? level.value === null
                ? t.noAlerts
                : t.noAlertsOfLevel
              : t.loadingAlerts}
          </p>
        )}
      </div>
      {fresh.value > 0 && (
        <button
          type="button"
          class="fresh"
          onClick$={() => {
            if (scroller.value !== undefined) scroller.value.scrollTop = 0;
            return refresh();
          }}
        >
          {t.newAlerts(fresh.value)}
        </button>
      )}
      <p class="sr" role="status" aria-live="assertive">
        {counts.L1 > 0 ? `L1 ${LEVEL_WORDS.L1[page.lang]} ${counts.L1}` : ""}
      </p>
    </aside>
  );
});

interface RowProps {
  readonly alert: Alert;
  readonly place: number;
  readonly total: number;
  readonly current: boolean;
  readonly onOpen$: () => void;
}

const AlertRow = component$<RowProps>(({ alert, place, total, current, onOpen$ }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const city = session.value?.city;
  const index = alert.kitchen === null ? -1 : (city?.indexOf(alert.kitchen) ?? -1);
  const where = city === undefined || index < 0 ? (alert.asset ?? "") : city.names[index];
  const banner = city === undefined || index < 0 ? "" : bannerName(city.banners[index] ?? "", page.lang);
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
          {banner !== "" && <em>{banner.replace(/ (Banner|District)$/, "")}</em>}
        </span>
        <span class="code">{alert.code}</span>
      </button>
    </li>
  );
});
