/** What lies directly on the map: its tools, its notices, and the tip at the pointer. */
import { component$, type Signal, useContext } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { STATE_LABELS, TYPE_LABELS } from "../i18n/enum-labels.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";

export const MapTools = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  return (
    <nav class="map-tools panel" aria-label={t.map}>
      <button
        type="button"
        aria-label={t.home}
        title={t.home}
        onClick$={() => {
          page.banner = null;
          const open = session.value;
          open?.globe?.fly(open.home);
        }}
      >
        <Icon name="home" />
      </button>
      <button
        type="button"
        aria-label={t.zoomIn}
        title={t.zoomIn}
        onClick$={() => session.value?.globe?.zoom(0.6)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        aria-label={t.zoomOut}
        title={t.zoomOut}
        onClick$={() => session.value?.globe?.zoom(1.6)}
      >
        <Icon name="minus" />
      </button>
    </nav>
  );
});

/** Says what is missing: the connection, the city, WebGL. */
export const MapNotices = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { picture } = page;
  const stale = picture?.status === "lost" || picture?.status === "stale";
  return (
    <>
      <p class="map-note">{t.mapNote}</p>
      {stale && (
        <p class="stale" role="alert">
          {picture?.status === "lost" ? t.lost : ""} {t.staleBanner(Math.floor(picture?.ageS ?? 0))}
        </p>
      )}
      {!page.opened && !page.signIn && (
        <p class="loading" role="status">
          {page.failure === null ? t.loadingMap : `${t.failed}${page.failure}`}
        </p>
      )}
      {page.noWebgl && <p class="loading">{t.noWebgl}</p>}
    </>
  );
});

/** The kitchen under the pointer; index -1: none. */
export interface Tip {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export const HoverTip = component$<{ tip: Signal<Tip> }>(({ tip }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const city = session.value?.city;
  const { index, x, y } = tip.value;
  if (index < 0 || city === undefined) return null;
  const state = city.stateOf(index);
  return (
    <div class="tip panel" style={{ transform: `translate(${x + 14}px, ${y + 14}px)` }}>
      <Glyph state={state} />
      <strong>{city.names[index]}</strong>
      <small>
        {STATE_LABELS[state][page.lang]} · {TYPE_LABELS[city.types[index] ?? "small"][page.lang]}
      </small>
    </div>
  );
});
