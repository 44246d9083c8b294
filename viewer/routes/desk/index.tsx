/** The regulator's desk: the docket, the chosen case beside it, and the monthly lists. No globe. */
import {
  $,
  component$,
  type NoSerialize,
  noSerialize,
  type QRL,
  type Signal,
  useContextProvider,
  useSignal,
  useStore,
  useTask$,
  useVisibleTask$,
} from "@builder.io/qwik";
import type { DocumentHead } from "@builder.io/qwik-city";
import { DeskContext, DeskSessionContext, type DeskState, firstDeskState, TABS } from "../../desk-state.ts";
import type { CitySession } from "../../live/city-session.ts";
import { filterOf, queryOf } from "../../live/desk-filter.ts";
import { DeskSession } from "../../live/desk-session.ts";
import { type DeskView, EMPTY_DESK } from "../../live/desk-window.ts";
import { openUntilThere, readLook, watchSignOut } from "../../page-opening.ts";
import { firstPageState, PageContext, type PageState, SessionContext } from "../../page-state.ts";
import { DeskBulk } from "../../panels/desk-bulk.tsx";
import { DeskCard } from "../../panels/desk-card.tsx";
import { DeskFilters } from "../../panels/desk-filters.tsx";
import { deskKeys } from "../../panels/desk-keys.ts";
import { DeskKeysDialog } from "../../panels/desk-keys-dialog.tsx";
import { DeskList } from "../../panels/desk-list.tsx";
import { DeskLists } from "../../panels/desk-lists.tsx";
import { DeskNotice } from "../../panels/desk-notice.tsx";
import { DeskTabs } from "../../panels/desk-tabs.tsx";
import { HeaderBar } from "../../panels/header-bar.tsx";
import { listenToKeys } from "../../panels/keyboard.ts";
import { SignInDialog } from "../../panels/sign-in-dialog.tsx";
import "../../style/desk.css";
import "../../style/lists.css";
import "../../style/print.css";

export default component$(() => {
  const page = useStore<PageState>(firstPageState(), { deep: false });
  const desk = useStore<DeskState>(firstDeskState(), { deep: false });
  const session = useSignal<NoSerialize<DeskSession>>();
  const city = useSignal<NoSerialize<CitySession>>();
  const view = useSignal<DeskView>(EMPTY_DESK);
  useContextProvider(PageContext, page);
  useContextProvider(SessionContext, city);
  useContextProvider(DeskContext, desk);
  useContextProvider(DeskSessionContext, session);

  const open = useOpenDesk(page, desk, session, city);
  useTask$(({ track }) => {
    const filter = track(() => desk.filter);
    const opened = track(() => desk.opened);
    const tab = track(() => desk.tab);
    if (typeof window !== "undefined" && page.opened) writeAddress({ filter, opened, tab });
  });

  return (
    <main class={`desk ${desk.opened === null ? "" : "with-card"}`}>
      <HeaderBar link="city">
        <DeskTabs />
      </HeaderBar>
      <DeskNotice />
      {desk.tab === "cases" && (
        <>
          <DeskFilters view={view} />
          <DeskBulk />
          <div class="desk-body">
            <DeskList view={view} />
            <DeskCard />
          </div>
        </>
      )}
      {desk.tab !== "cases" && <DeskLists key={desk.tab} colour={desk.tab} />}
      <SignInDialog onSignedIn$={open} />
      <DeskKeysDialog />
    </main>
  );
});

/** Opens the desk when the page is there, and keeps its keys; gives what opens it after a sign-in. */
function useOpenDesk(
  page: PageState,
  desk: DeskState,
  session: Signal<NoSerialize<DeskSession>>,
  city: Signal<NoSerialize<CitySession>>,
): QRL<() => Promise<void>> {
  const open = $(() =>
    openUntilThere(page, async () => {
      const opened = await openDesk(page, desk);
      session.value = noSerialize(opened);
      city.value = noSerialize(opened.city);
      return opened.city;
    }).then(() => {
      if (page.opened) desk.listings++;
    }),
  );
  useVisibleTask$(
    ({ cleanup }) => {
      readLook(page);
      readAddress(desk);
      open();
      const unwatch = watchSignOut(page);
      const stay = (event: BeforeUnloadEvent) => {
        if (session.value?.bulk.isBusy) event.preventDefault();
      };
      window.addEventListener("beforeunload", stay);
      const deaf = listenToKeys(deskKeys(page, desk, () => session.value));
      cleanup(() => {
        deaf();
        unwatch();
        window.removeEventListener("beforeunload", stay);
        session.value?.close();
      });
    },
    { strategy: "document-ready" },
  );
  return open;
}

async function openDesk(page: PageState, desk: DeskState): Promise<DeskSession> {
  let [drawn, wasRead] = [-1, false];
  let opened: DeskSession | null = null;
  opened = await DeskSession.open({
    picture: (picture) => {
      page.picture = picture;
      const second = Math.floor(picture.time / 1_000) * 1_000;
      if (second !== desk.now) desk.now = second;
      if (opened === null) return;
      const now = opened.version;
      if (opened.isRead && !wasRead) {
        wasRead = true;
        desk.listings++;
      }
      if (now === drawn) return;
      drawn = now;
      desk.version++;
    },
    bulk: (state) => {
      desk.bulk = state;
      desk.version++;
    },
  });
  return opened;
}

function readAddress(desk: DeskState): void {
  const query = new URLSearchParams(location.search);
  desk.filter = filterOf(query);
  desk.opened = query.get("case");
  desk.tab = TABS.find((tab) => tab === query.get("tab")) ?? "cases";
}

function writeAddress({ filter, opened, tab }: Pick<DeskState, "filter" | "opened" | "tab">): void {
  const query = queryOf(filter);
  const before = new URLSearchParams(location.search);
  for (const name of ["lang", "theme"]) if (before.has(name)) query.set(name, before.get(name) ?? "");
  if (tab !== "cases") query.set("tab", tab);
  if (opened !== null) query.set("case", opened);
  const text = query.size === 0 ? location.pathname : `${location.pathname}?${query}`;
  history.replaceState(history.state, "", text);
}

export const head: DocumentHead = { title: "监管工作台 Regulator desk · 暖城孪生 Warm City Twin" };
