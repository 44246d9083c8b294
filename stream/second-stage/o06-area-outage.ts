/**
 * O06 区域断电断网: 30 % of what shares a feeder, a network segment, an office or a banner goes dark within 5 min. One
 * alert for the area stands for all of its devices: the kitchens there are told, and mute their own O01 under it.
 *
 * Which area? `area-candidates.ts` says. Areas whose dark devices lie to 80 % in areas that are down already give way,
 * and an area that had the name for less than 5 min gives it up to a larger failure around it. Three banners make one
 * alert of the city: it takes over the areas' alerts, gains the areas that fail later, and ends when their devices
 * together are back; an area that is still dark by then goes on under its own name.
 *
 * Back = 95 % for 10 min, of the devices that were online before: the 3 to 5 % that are always silent somewhere would
 * else keep a small area dark for ever. A rate that wobbles neither opens it (that takes losses within 5 min) nor ends it.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { minutes } from "../../twin/kernel/time.ts";
import { CITY_PLAN } from "../rules/legal-basis.ts";
import {
  CANDIDATE_PARAMETERS,
  type Candidate,
  type Candidates,
  darkInside,
  gather,
  nextNamed,
} from "./area-candidates.ts";
import { AreaSilences, type SavedSilences } from "./area-silences.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";
import { bannersHit, causeOfArea, witnesses } from "./outage-evidence.ts";
import { tellOutage } from "./outage-notice.ts";

const PARAMETERS = {
  ...CANDIDATE_PARAMETERS,
  /** A larger failure around an area takes over its name if so much of its darkness lies inside, */
  insideShare: 0.8,
  /** and the area has had it for no longer than this. */
  youngMs: minutes(5),
  /** Back when this share of the devices that were online before is, for `backForMs`. */
  backShare: 0.95,
  backForMs: minutes(10),
  /** So many banners hit make it one outage of the city. */
  bannersOfCityCount: 3,
  /** The areas have so long to show which they are, then the city's alert takes over, dated back to the last banner needed. */
  rollUpAfterMs: minutes(1),
};
type Context = CityRuleContext<typeof PARAMETERS>;

/**
 * So long after the end the kitchens stay muted: O01 of a device that came back last ends after 10 min online, and
 * would ring before if the mute ended with the alert.
 */
const UNMUTE_AFTER_MS = minutes(11);
const CITY = "city";

interface Outage {
  readonly since: number;
  /** Devices that were silent before it began. */
  readonly silentBefore: number;
  readonly banners: readonly string[];
  /** Since when its devices are back, ms since epoch; `null` = they are not. */
  backSince: number | null;
}

interface OutageState {
  readonly silences: AreaSilences;
  readonly candidates: Candidates;
  /** Areas that are down. */
  readonly down: Map<string, Outage>;
  /** One alert stands for all of them. */
  city: { backSince: number | null } | null;
}

interface SavedOutages {
  readonly silences: SavedSilences;
  readonly candidates: [string, Candidate][];
  readonly down: [string, Outage][];
  readonly city: { backSince: number | null } | null;
}

export const areaOutage = defineCityRule<OutageState, SavedOutages, typeof PARAMETERS>({
  code: "O06",
  version: 1,
  level: "L2",
  validFrom: "2023-09-07",
  legalBasis: [CITY_PLAN],
  title: { zh: "区域断电断网", en: "Area outage" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: [],
  initial: () => ({ silences: new AreaSilences(), candidates: new Map(), down: new Map(), city: null }),
  areas: {
    device: ({ silences, down }, device, change, time, { areas }) => {
      if (change === "silent") silences.fell(device, time, (area) => down.has(area), areas);
      else if (change === "back") silences.back(device, areas);
      else silences.gone(device, areas);
    },
    moment: (state, touched, context) => {
      state.silences.expire(context.now - context.parameters.withinMs, context.areas);
      gather(state.candidates, touched, state.silences, context);
      nameOutages(state, context);
      followBack(state, touched, context);
    },
  },
  due: (state, key, context) => {
    const area = key.slice(key.indexOf(" ") + 1);
    if (key === CITY) openCity(state, context);
    else if (key.startsWith("wait ")) {
      nameOutages(state, context);
      followBack(state, state.down.keys(), context);
    } else if (key.startsWith("unmute ")) tellOutage("outage-ended", area, "", context);
    else if (area === CITY) endCity(state, context);
    else endArea(state, area, context);
  },
  form: {
    save: ({ silences, candidates, down, city }) => ({
      silences: silences.save(),
      candidates: [...candidates],
      down: [...down],
      city,
    }),
    restore: ({ silences, candidates, down, city }) => ({
      silences: new AreaSilences(silences),
      candidates: new Map(candidates),
      down: new Map(down),
      city,
    }),
  },
});

function nameOutages(state: OutageState, context: Context): void {
  const { candidates, silences } = state;
  while (candidates.size > 0) {
    const named = nextNamed(candidates, silences, context);
    if (named === null) return;
    begin(state, ...named, context);
  }
}

function begin(state: OutageState, area: string, candidate: Candidate, context: Context): void {
  const { silences, down } = state;
  const { known, online } = context.areas.count(area)!;
  down.set(area, {
    since: candidate.since,
    silentBefore: known - online - silences.silent(area),
    banners: bannersHit(area, silences, context),
    backSince: null,
  });
  silences.cover(area, context.areas);
  if (state.city !== null) return;
  raise(
    area,
    { at: candidate.since, share: candidate.share, because: witnesses(silences, area, context) },
    context,
  );
  takeOver(state, area, context);
  const cityAt = lastBannerAt(down, context);
  if (cityAt !== null) context.setTimer(CITY, cityAt + context.parameters.rollUpAfterMs);
}

/** When the last banner was hit that makes it one outage of the city; `null` = there are fewer. */
function lastBannerAt(down: OutageState["down"], { parameters }: Context): number | null {
  const hitAt = new Map<string, number>();
  for (const { since, banners } of down.values()) {
    for (const banner of banners) hitAt.set(banner, Math.min(since, hitAt.get(banner) ?? since));
  }
  return [...hitAt.values()].sort((a, b) => a - b)[parameters.bannersOfCityCount - 1] ?? null;
}

/** A young outage whose dark devices lie in `area` was only the first sign of it. */
function takeOver({ silences, down }: OutageState, area: string, context: Context): void {
  const inside = darkInside(area, silences, context);
  for (const [other, { since }] of [...down]) {
    const isYoung = context.now - since <= context.parameters.youngMs;
    if (other === area || !isYoung) continue;
    if ((inside.get(other) ?? 0) < context.parameters.insideShare * silences.fallen(other)) continue;
    down.delete(other);
    handOver(other, area, context);
    silences.uncover((one) => down.has(one), context.areas);
  }
}

function openCity(state: OutageState, context: Context): void {
  const at = lastBannerAt(state.down, context);
  if (at === null) return;
  const { known, online } = context.areas.count(CITY)!;
  const because = [...state.down.keys()].map((area) => causeOfArea(area, context));
  state.city = { backSince: null };
  raise(CITY, { at, share: (known - online) / known, because }, context);
  for (const area of state.down.keys()) handOver(area, CITY, context);
}

/** A graver outage takes over the area's alert and mutes its kitchens from now on. */
function handOver(area: string, to: string, context: Context): void {
  context.cancelTimer(`back ${area}`);
  context.retire(({ code, asset }) => code === "O06" && asset === area, "outage", context.openAlert(to));
  tellOutage("outage-ended", area, "", context);
}

function raise(
  area: string,
  dark: { readonly at?: number; readonly share: number; readonly because: readonly Cause[] },
  context: Context,
): void {
  context.raise({
    asset: area,
    level: "L2",
    at: dark.at ?? context.now,
    value: { number: Math.round(dark.share * 1_000) / 10, unit: "%" },
    because: [causeOfArea(area, context), ...dark.because],
  });
  context.cancelTimer(`unmute ${area}`);
  tellOutage("outage-began", area, context.openAlert(area) ?? area, context);
}

/** Whether the devices of what is down are back: of the city's areas together, else of each. */
function followBack({ down, city }: OutageState, touched: Iterable<string>, context: Context): void {
  if (city !== null) {
    follow(city, CITY, backShare(down, context), context);
    return;
  }
  for (const area of touched) {
    const outage = down.get(area);
    if (outage !== undefined) follow(outage, area, backShare([[area, outage]], context), context);
  }
}

/** Waits until the share has held long enough. */
function follow(waiting: { backSince: number | null }, area: string, share: number, context: Context): void {
  if (share < context.parameters.backShare) {
    if (waiting.backSince !== null) context.cancelTimer(`back ${area}`);
    waiting.backSince = null;
  } else if (waiting.backSince === null) {
    waiting.backSince = context.now;
    context.setTimer(`back ${area}`, context.now + context.parameters.backForMs);
  }
}

/** Share of the devices online before that are online now, over all the areas given. */
function backShare(outages: Iterable<[string, Outage]>, { areas }: Context): number {
  let online = 0;
  let before = 0;
  for (const [area, { silentBefore }] of outages) {
    const count = areas.count(area)!;
    before += Math.max(0, count.known - silentBefore);
    online += count.online;
  }
  return before === 0 ? 1 : online / before;
}

function endArea(state: OutageState, area: string, context: Context): void {
  state.down.delete(area);
  end(state, area, context);
}

function endCity(state: OutageState, context: Context): void {
  state.city = null;
  for (const [area, outage] of [...state.down]) {
    const { known, online } = context.areas.count(area)!;
    const stillDark = known === 0 ? 0 : (known - online - outage.silentBefore) / known;
    if (stillDark < context.parameters.darkShare) state.down.delete(area);
    else {
      outage.backSince = null;
      raise(area, { share: stillDark, because: [] }, context);
    }
  }
  end(state, CITY, context);
}

function end({ silences, down }: OutageState, area: string, context: Context): void {
  silences.uncover((other) => down.has(other), context.areas);
  context.clear(area, [causeOfArea(area, context)]);
  context.setTimer(`unmute ${area}`, context.now + UNMUTE_AFTER_MS);
}
