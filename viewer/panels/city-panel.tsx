/** Left: the city in numbers, the nine banners, and the legend that is also the filter of the map. */
import { $, component$, useContext } from "@builder.io/qwik";
import { MAP_STATES, type MapState } from "../../stream/wire.ts";
import { bannerOf, banners } from "../../twin/city/geography.ts";
import { bannerView } from "../globe/views.ts";
import { areaText } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { bannerShortName, LEVEL_WORDS, STATE_LABELS } from "../i18n/enum-labels.ts";
import { noCounts } from "../live/city-session.ts";
import { type StateCounts, totalOf } from "../live/city-state.ts";
import { isOwnBanner, PageContext, SessionContext } from "../page-state.ts";
import { WORST_FIRST } from "../palette.ts";
import { Glyph } from "./glyph.tsx";

const LEVELS = ["L1", "L2", "L3", "L4"] as const;
/** Share of devices that must be online (DOMAIN §1 no. 24). */
const ONLINE_DUTY = 0.9;

export const CityPanel = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { picture } = page;
  const totals = picture?.totals ?? null;
  const counts = picture?.counts ?? noCounts();
  const kitchens = totalOf(counts);
  const rate =
    totals === null || totals.devices.known === 0 ? null : totals.devices.online / totals.devices.known;
  const open = totals?.openAlerts ?? picture?.openAlerts ?? { L1: 0, L2: 0, L3: 0, L4: 0 };
  return (
    <aside class="left panel" aria-label={t.banners}>
      <section class="total">
        <p class="big">
          <strong id="kitchen-total">{kitchens === 0 ? "—" : kitchens.toLocaleString("en")}</strong>
          <span>
            {t.kitchensUnit} {t.kitchens}
          </span>
        </p>
        <p class="rate">
          <span>{t.onlineRate}</span>
          <strong class={rate !== null && rate < ONLINE_DUTY ? "bad" : ""}>
            {rate === null ? "—" : `${(rate * 100).toFixed(1)}%`}
          </strong>
          <span class="gauge" aria-hidden="true">
            <i style={{ width: `${(rate ?? 0) * 100}%` }} />
            <b style={{ left: `${ONLINE_DUTY * 100}%` }} />
          </span>
          <small>{t.onlineDuty}</small>
        </p>
        <Outside />
      </section>
      <section>
        <h2>{t.openAlerts}</h2>
        <ul class="levels">
          {LEVELS.map((level) => (
            <li key={level} class={`state-${level}`}>
              <strong>{open[level].toLocaleString("en")}</strong>
              <span>
                <Glyph state={level} />
                {page.lang === "zh" && `${level} `}
                {LEVEL_WORDS[level][page.lang]}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <BannerTable />
      <Legend />
    </aside>
  );
});

/** For who sees a part of the city: which part, and how much of the map is not that. */
const Outside = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const { who } = page;
  if (who === null || who.kitchens === null) return null;
  const count = (session.value?.city.size ?? 0) - who.kitchens.length;
  return (
    <p class="outside">
      <strong>{areaText(who.area, page.lang)}</strong>
      <small>{DICTIONARIES[page.lang].outsideArea(count)}</small>
    </p>
  );
});

const BannerTable = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const all = page.picture?.banners ?? {};
  const rows = banners
    .filter(({ code }) => isOwnBanner(page, code))
    .map(({ code }) => ({ code, counts: all[code] ?? noCounts() }))
    .sort((a, b) => totalOf(b.counts) - totalOf(a.counts));
  const fly = $((code: string) => {
    const banner = bannerOf(code);
    page.banner = code;
    page.sheet = "map";
    if (banner !== undefined) session.value?.globe?.fly(bannerView(banner));
  });
  return (
    <section>
      <h2>{t.banners}</h2>
      <ul class="banners">
        {rows.map(({ code, counts }) => (
          <li key={code}>
            <button
              type="button"
              aria-label={`${bannerShortName(code, page.lang)}, ${totalOf(counts).toLocaleString("en")}`}
              aria-pressed={page.banner === code}
              onClick$={() => fly(code)}
            >
              <span class="name">{bannerShortName(code, page.lang)}</span>
              <StateBar counts={counts} />
              <span class="count">{totalOf(counts).toLocaleString("en")}</span>
              <Worst counts={counts} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
});

/** How the alerts of a banner divide, as a bar whose length is their share of its kitchens. */
const StateBar = component$<{ counts: StateCounts }>(({ counts }) => {
  const total = Math.max(1, totalOf(counts));
  return (
    <span class="bar" aria-hidden="true">
      {(["L1", "L2", "L3", "L4", "offline"] as const).map((state) => (
        <i
          key={state}
          class={`state-${state}`}
          style={{ width: `${Math.min(100, (counts[state] / total) * 100 * BAR_SCALE)}%` }}
        />
      ))}
    </span>
  );
});
/** Alerts concern some per cent of the kitchens: the bar's full length is a quarter of them. */
const BAR_SCALE = 4;

const Worst = component$<{ counts: StateCounts }>(({ counts }) => {
  const page = useContext(PageContext);
  const worst = LEVELS.find((level) => counts[level] > 0);
  if (worst === undefined) return <span class="worst" />;
  return (
    <span class={`worst state-${worst}`} title={STATE_LABELS[worst][page.lang]}>
      <Glyph state={worst} />
      {counts[worst]}
    </span>
  );
});

const Legend = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const counts = page.picture?.counts ?? noCounts();
  const apply = $((filter: MapState[]) => {
    page.filter = filter;
    session.value?.globe?.showOnly(filter.length === 0 ? null : new Set(filter));
  });
  const toggle = $((state: MapState) => {
    const filter = page.filter.includes(state)
      ? page.filter.filter((other) => other !== state)
      : [...page.filter, state];
    return apply(filter.length === MAP_STATES.length ? [] : filter);
  });
  return (
    <section>
      <h2 title={t.legendHint}>
        {t.legend}
        {page.filter.length > 0 && (
          <button type="button" class="link" onClick$={() => apply([])}>
            {t.showAll}
          </button>
        )}
      </h2>
      <ul class="legend">
        {WORST_FIRST.map((state) => (
          <li key={state}>
            <button
              type="button"
              data-state={state}
              title={t.legendHint}
              aria-pressed={page.filter.includes(state)}
              class={page.filter.length > 0 && !page.filter.includes(state) ? "dim" : ""}
              onClick$={() => toggle(state)}
            >
              <Glyph state={state} />
              <span class="name">{STATE_LABELS[state][page.lang]}</span>
              <span class="count">{counts[state].toLocaleString("en")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
});
