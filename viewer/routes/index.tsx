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
import { openGlobe } from "../globe/open-globe.ts";
import { bannerView } from "../globe/views.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { CitySession } from "../live/city-session.ts";
import { openUntilThere, readLook, watchSignOut } from "../page-opening.ts";
import { firstPageState, PageContext, type PageState, SessionContext } from "../page-state.ts";
import { AlertPanel } from "../panels/alert-panel.tsx";
import { AreaDrawer } from "../panels/area-drawer.tsx";
import { CityPanel } from "../panels/city-panel.tsx";
import { HeaderBar } from "../panels/header-bar.tsx";
import { HelpDialog } from "../panels/help-dialog.tsx";
import { listenToKeys } from "../panels/keyboard.ts";
import { KitchenDrawer } from "../panels/kitchen-drawer.tsx";
import { HoverTip, MapNotices, MapTools, type Tip } from "../panels/map-overlay.tsx";
import { SearchBox } from "../panels/search-box.tsx";
import { SheetTabs } from "../panels/sheet-tabs.tsx";
import { SignInDialog } from "../panels/sign-in-dialog.tsx";

export default component$(() => {
  const page = useStore<PageState>(firstPageState(), { deep: false });
  const session = useSignal<NoSerialize<CitySession>>();
  const map = useSignal<HTMLElement>();
  const labels = useSignal<HTMLElement>();
  const tip = useSignal<Tip>({ index: -1, x: 0, y: 0 });
  useContextProvider(PageContext, page);
  useContextProvider(SessionContext, session);

  const open = $(async () => {
    const [mapHost, labelHost] = [map.value, labels.value];
    if (mapHost === undefined || labelHost === undefined) return;
    await openUntilThere(page, async () => {
      const opened = await openCity(page, mapHost, labelHost, (next) => {
        if (next.index >= 0 || tip.value.index >= 0) tip.value = next;
      });
      session.value = noSerialize(opened);
      page.noWebgl = opened.globe === null;
      return opened;
    });
  });
  useVisibleTask$(
    ({ cleanup }) => {
      readLook(page);
      open();
      const home = () => {
        page.banner = null;
        const open = session.value;
        open?.globe?.fly(open.home);
      };
      const unwatch = watchSignOut(page);
      const deaf = listenToKeys(pageKeys(page, home));
      cleanup(() => {
        deaf();
        unwatch();
        session.value?.close();
      });
    },
    { strategy: "document-ready" },
  );

  const isDrawn = page.selected !== null || page.areaAlert !== null;
  return (
    <main class={`city sheet-${page.sheet} ${isDrawn ? "with-drawer" : ""}`}>
      <div class="map" ref={map} role="application" aria-label={DICTIONARIES[page.lang].map} />
      <div class="labels" ref={labels} />
      <CityHeader />
      <CityPanel />
      <AlertPanel />
      <KitchenDrawer />
      <AreaDrawer />
      <SheetTabs />
      <MapTools />
      <MapNotices />
      <HoverTip tip={tip} />
      <SignInDialog onSignedIn$={open} />
      <HelpDialog />
    </main>
  );
});

const CityHeader = component$(() => (
  <HeaderBar link="desk">
    <SearchBox />
  </HeaderBar>
));

async function openCity(
  page: PageState,
  map: HTMLElement,
  labels: HTMLElement,
  hover: (tip: Tip) => void,
): Promise<CitySession> {
  const opened: CitySession = await CitySession.open({
    picture: (picture) => {
      page.picture = picture;
    },
    drawn: (city) =>
      openGlobe(city, {
        map,
        labels,
        lang: page.lang,
        theme: page.theme,
        still: matchMedia("(prefers-reduced-motion: reduce)").matches,
        clickKitchen: (id) => {
          page.selected = id;
        },
        hoverKitchen: (index, x, y) => hover({ index, x, y }),
        chooseBanner: (code) => {
          const banner = bannerOf(code);
          page.banner = code;
          if (banner !== undefined) opened.globe?.fly(bannerView(banner));
        },
      }),
  });
  return opened;
}

function pageKeys(page: PageState, home: () => void) {
  return {
    "/": (event: KeyboardEvent) => {
      event.preventDefault();
      document.getElementById("search")?.focus();
    },
    "?": () => {
      page.help = !page.help;
    },
    h: home,
    t: () => document.getElementById("theme")?.click(),
    escape: ({ target }: KeyboardEvent) => {
      if (target instanceof HTMLElement && target.closest("form.act") !== null) return;
      if (page.signIn && page.opened && !page.sessionEnded) page.signIn = false;
      else if (!page.help) Object.assign(page, { selected: null, areaAlert: null });
    },
  };
}

export const head: DocumentHead = { title: "暖城孪生 Warm City Twin" };
