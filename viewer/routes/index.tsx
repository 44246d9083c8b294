/** The city: the globe under everything, panels over it. */
import {
  $,
  component$,
  type NoSerialize,
  noSerialize,
  useContextProvider,
  useSignal,
  useStore,
  useVisibleTask$,
} from "@builder.io/qwik";
import type { DocumentHead } from "@builder.io/qwik-city";
import { bannerOf } from "../../twin/city/geography.ts";
import { bannerView, HOME } from "../globe/views.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { STATE_LABELS, TYPE_LABELS } from "../i18n/enum-labels.ts";
import { ApiError, signInFromAddress } from "../live/api.ts";
import { CitySession } from "../live/city-session.ts";
import { PageContext, type PageState, SessionContext } from "../page-state.ts";
import { AlertPanel } from "../panels/alert-panel.tsx";
import { CityPanel } from "../panels/city-panel.tsx";
import { Glyph } from "../panels/glyph.tsx";
import { HeaderBar } from "../panels/header-bar.tsx";
import { HelpDialog } from "../panels/help-dialog.tsx";
import { Icon } from "../panels/icon.tsx";
import { listenToKeys } from "../panels/keyboard.ts";
import { KitchenDrawer } from "../panels/kitchen-drawer.tsx";
import { SignInDialog } from "../panels/sign-in-dialog.tsx";

const RETRY_MS = 3_000;

export default component$(() => {
  const page = useStore<PageState>(
    {
      lang: "zh",
      theme: "night",
      picture: null,
      filter: [],
      selected: null,
      signIn: false,
      help: false,
      failure: null,
      noWebgl: false,
      opened: false,
    },
    { deep: false },
  );
  const session = useSignal<NoSerialize<CitySession>>();
  const map = useSignal<HTMLElement>();
  const labels = useSignal<HTMLElement>();
  const tip = useSignal<{ index: number; x: number; y: number }>({ index: -1, x: 0, y: 0 });
  useContextProvider(PageContext, page);
  useContextProvider(SessionContext, session);
  const t = DICTIONARIES[page.lang];

  const open = $(async () => {
    const [mapHost, labelHost] = [map.value, labels.value];
    while (mapHost !== undefined && labelHost !== undefined && !page.opened) {
      try {
        await signInFromAddress();
        const opened = await CitySession.open({
          map: mapHost,
          labels: labelHost,
          lang: page.lang,
          theme: page.theme,
          still: matchMedia("(prefers-reduced-motion: reduce)").matches,
          picture: (picture) => {
            page.picture = picture;
          },
          clickKitchen: (id) => {
            page.selected = id;
          },
          hoverKitchen: (index, x, y) => {
            if (index >= 0 || tip.value.index >= 0) tip.value = { index, x, y };
          },
          chooseBanner: (code) => {
            const banner = bannerOf(code);
            if (banner !== undefined) session.value?.globe?.fly(bannerView(banner));
          },
        });
        session.value = noSerialize(opened);
        page.noWebgl = opened.globe === null;
        page.failure = null;
        page.opened = true;
      } catch (error) {
        page.signIn = error instanceof ApiError && error.status === 401;
        if (page.signIn) return;
        page.failure = error instanceof Error ? error.message : String(error);
        await new Promise((next) => setTimeout(next, RETRY_MS));
      }
    }
  });

  useVisibleTask$(
    ({ cleanup }) => {
      const { dataset, lang } = document.documentElement;
      page.theme = dataset.theme === "day" ? "day" : "night";
      page.lang = lang === "en" ? "en" : "zh";
      open();
      const deaf = listenToKeys({
        "/": (event) => {
          event.preventDefault();
          document.getElementById("search")?.focus();
        },
        "?": () => {
          page.help = !page.help;
        },
        h: () => session.value?.globe?.fly(HOME),
        t: () => document.getElementById("theme")?.click(),
        escape: () => {
          if (!page.help) page.selected = null;
        },
      });
      cleanup(() => {
        deaf();
        session.value?.close();
      });
    },
    { strategy: "document-ready" },
  );

  const city = session.value?.city;
  const stale = page.picture !== null && (page.picture.status === "lost" || page.picture.status === "stale");
  return (
    <main class={`city ${page.selected === null ? "" : "with-drawer"}`}>
      <div class="map" ref={map} role="application" aria-label={t.map} />
      <div class="labels" ref={labels} />
      <HeaderBar />
      <CityPanel />
      <AlertPanel />
      <KitchenDrawer />
      <nav class="map-tools panel" aria-label={t.map}>
        <button
          type="button"
          aria-label={t.home}
          title={t.home}
          onClick$={() => session.value?.globe?.fly(HOME)}
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
      <p class="map-note">{t.mapNote}</p>
      {stale && (
        <p class="stale" role="alert">
          {page.picture?.status === "lost" ? t.lost : ""} {t.staleBanner(Math.floor(page.picture?.ageS ?? 0))}
        </p>
      )}
      {!page.opened && !page.signIn && (
        <p class="loading" role="status">
          {page.failure === null ? t.loadingMap : `${t.failed}${page.failure}`}
        </p>
      )}
      {page.noWebgl && <p class="loading">{t.noWebgl}</p>}
      {tip.value.index >= 0 && city !== undefined && (
        <div
          class="tip panel"
          style={{ transform: `translate(${tip.value.x + 14}px, ${tip.value.y + 14}px)` }}
        >
          <Glyph state={city.stateOf(tip.value.index)} />
          <strong>{city.names[tip.value.index]}</strong>
          <small>
            {STATE_LABELS[city.stateOf(tip.value.index)][page.lang]} ·{" "}
            {TYPE_LABELS[city.types[tip.value.index] ?? "small"][page.lang]}
          </small>
        </div>
      )}
      <SignInDialog onSignedIn$={open} />
      <HelpDialog />
    </main>
  );
});

export const head: DocumentHead = { title: "暖城孪生 Warm City Twin" };
