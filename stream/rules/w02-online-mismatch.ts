/**
 * W02 平台信息不一致: what a platform shows of a shop against the registry. No licence, one of somebody else, or one that has
 * ended is probably a breach; an address that differs, a place without seats that does not say so, and three shops of one
 * platform at one licensed address (`second-stage/`) are a lesser one (DOMAIN R48). A listing that is right, or the delisting,
 * ends it.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { endOf } from "../../twin/kernel/time.ts";
import type { KitchenFacts } from "../facts.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { spellingMatch } from "./text-likeness.ts";

export const ONLINE_PARAMETERS = {
  /** An address that matches less than so differs: 1 - Levenshtein / longer length. */
  addressShare: 0.9,
  /** So many shops of one platform at one licensed address share a kitchen. */
  sharedCount: 3,
};

/** What the rule is, in the kitchen and in the second stage. */
export const ONLINE_MISMATCH = {
  code: "W02",
  version: 1,
  level: "L3",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("62"), "网络餐饮服务经营者规定 (2026)"],
  title: { zh: "平台信息不一致", en: "Online listing does not match" },
  autoClose: "condition",
  parameters: ONLINE_PARAMETERS,
} as const;

/** Shops remembered; a kitchen has a handful. */
const SHOPS_MAX = 64;
const EXPIRES = "expires ";

export type Listing = EventOf<"warmcity.platform.listing">;

interface Shop {
  /** Event time of the listing, ms since epoch. */
  readonly at: number;
  readonly licence: string;
  /** End of the licence as shown, ms since epoch. */
  readonly validUntil: number;
  readonly address: string;
  readonly lacksLabel: boolean;
  readonly cause: Cause;
  readonly exercise: boolean;
  /** What the second stage found; `null` = not shared. */
  shared: Cause | null;
}

interface ListingState {
  /** Asset -> the shop as listed now. */
  shops: Record<string, Shop>;
}

interface Fault {
  readonly level: Level;
  readonly says: Bilingual;
}

type Context = RuleContext<typeof ONLINE_PARAMETERS>;

export const onlineMismatch = defineRule<ListingState, typeof ONLINE_PARAMETERS>({
  ...ONLINE_MISMATCH,
  events: ["warmcity.platform.listing", "warmcity.licence.changed"],
  findings: ["concern"],
  initial: () => ({ shops: {} }),
  fold: (state, input, context) => {
    if (input.kind === "concern" && input.code === ONLINE_MISMATCH.code && input.asset !== null) {
      const shop = state.shops[input.asset];
      if (shop === undefined) return;
      shop.shared = input.holds ? (input.because[0] ?? null) : null;
      judge(input.asset, shop, context);
    } else if (input.kind === "event" && input.event.type === "warmcity.platform.listing") {
      list(state, input.event, context);
    } else if (input.kind === "event") {
      for (const [asset, shop] of Object.entries(state.shops)) judge(asset, shop, context);
    }
  },
  due: (state, key, context) => {
    const asset = key.slice(EXPIRES.length);
    const shop = state.shops[asset];
    if (shop !== undefined) judge(asset, shop, context);
  },
});

export function shopAsset({ data }: Listing): string {
  return `shop:${data.shop}`;
}

function list(state: ListingState, event: Listing, context: Context): void {
  const asset = shopAsset(event);
  const before = state.shops[asset];
  if (before !== undefined && event.time < before.at) return;
  const { licence, licenceValidTo, address, dineIn, noDineInLabel } = event.data;
  if (event.data.state === "delisted") {
    delete state.shops[asset];
    context.cancelTimer(EXPIRES + asset);
    context.clear(asset, [causeOf(event, { zh: "店铺已下线", en: "shop delisted" })]);
    return;
  }
  if (before === undefined && Object.keys(state.shops).length >= SHOPS_MAX) return;
  const shop: Shop = {
    at: event.time,
    licence,
    validUntil: endOf(licenceValidTo),
    address,
    lacksLabel: !dineIn && !noDineInLabel,
    cause: causeOf(event, { zh: `平台店铺 ${event.data.shop}`, en: `listing of shop ${event.data.shop}` }),
    exercise: event.exercise,
    shared: before?.shared ?? null,
  };
  state.shops[asset] = shop;
  judge(asset, shop, context);
}

function judge(asset: string, shop: Shop, context: Context): void {
  const { kitchen, facts, now, parameters } = context;
  const faults = [
    licenceFault(shop, kitchen.licence.number, facts, now),
    addressFault(shop, kitchen.address, parameters.addressShare),
    shop.lacksLabel ? lesser("未标注“无堂食”", "no “no dine-in” label") : null,
    shop.shared === null ? null : lesser("同一地址多家店铺", "several shops at one address"),
  ].filter((fault) => fault !== null);
  const expiry = [shop.validUntil, facts.licence.validUntil].filter((end) => end > now);
  if (expiry.length > 0) context.setTimer(EXPIRES + asset, Math.min(...expiry));
  if (faults.length === 0) {
    context.clear(asset, [shop.cause]);
    return;
  }
  context.raise({
    asset,
    level: faults.some(({ level }) => level === "L2") ? "L2" : "L3",
    because: [
      shop.cause,
      ...faults.map(({ says }) => findingOf(asset, says, now)),
      ...(shop.shared === null ? [] : [shop.shared]),
    ],
    exercise: shop.exercise,
  });
}

function findingOf(asset: string, says: Bilingual, now: number): Cause {
  return causeOfTime(now, `${asset} ${says.en}`, says);
}

const graver = (zh: string, en: string): Fault => ({ level: "L2", says: { zh, en } });
const lesser = (zh: string, en: string): Fault => ({ level: "L3", says: { zh, en } });

/** A platform has to show something, and shows this where there is nothing. */
const NOTHING: ReadonlySet<string> = new Set(["", "-", "无", "none", "null", "unknown", "n/a"]);

export function isNoLicence(licence: string): boolean {
  return NOTHING.has(licence.trim().toLowerCase());
}

/** A renewal that was accepted counts as an extension until it is decided (DOMAIN R27). */
function licenceFault(shop: Shop, own: string | null, { licence }: KitchenFacts, now: number): Fault | null {
  if (isNoLicence(shop.licence)) return graver("未公示许可证", "no licence shown");
  if (own !== null && own.trim() !== shop.licence.trim())
    return graver("公示许可证与登记不符", "another licence than the registered one");
  if (licence.state !== "valid") return graver("许可证已吊销或注销", "licence revoked or closed");
  if (licence.renewal === "accepted") return null;
  return Math.min(shop.validUntil, licence.validUntil) <= now
    ? graver("许可证已过期", "licence expired")
    : null;
}

function addressFault({ address }: Shop, own: string | null, least: number): Fault | null {
  if (own === null) return null;
  const match = spellingMatch(address, own);
  if (match >= least) return null;
  const percent = Math.floor(match * 100);
  return lesser(
    `公示地址与登记地址仅 ${percent}% 相符`,
    `address matches the registered one by ${percent} % only`,
  );
}
