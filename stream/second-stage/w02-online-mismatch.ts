/**
 * W02 平台信息不一致, what one kitchen cannot see: shops of one platform that share a licensed address, whichever kitchens
 * they belong to (each of them is told); and shops of no kitchen at all, whose licence nobody holds.
 */
import { endOf } from "../../twin/kernel/time.ts";
import { causeOf } from "../rules/cause.ts";
import {
  isNoLicence,
  type Listing,
  ONLINE_MISMATCH,
  type ONLINE_PARAMETERS,
  shopAsset,
} from "../rules/w02-online-mismatch.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";

interface ListedShop {
  /** Event time of its newest listing, ms since epoch. */
  readonly at: number;
  /** Index; -1 = of no kitchen. */
  readonly kitchen: number;
  /** Platform and address; "" = delisted. */
  readonly group: string;
}

interface PlatformState {
  /** Platform and asset -> the shop. */
  shops: Record<string, ListedShop>;
  /** Platform and address -> asset of each shop listed there -> its kitchen. */
  groups: Record<string, Record<string, number>>;
  /** Groups that share a kitchen now. */
  shared: Record<string, true>;
}

type Context = CityRuleContext<typeof ONLINE_PARAMETERS>;

export const onlineMismatches = defineCityRule<PlatformState, PlatformState, typeof ONLINE_PARAMETERS>({
  ...ONLINE_MISMATCH,
  events: ["warmcity.platform.listing"],
  initial: () => ({ shops: {}, groups: {}, shared: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.platform.listing") return;
    const { event } = input;
    const asset = shopAsset(event);
    const name = `${event.source} ${asset}`;
    const before = state.shops[name];
    if (before !== undefined && event.time < before.at) return;
    const group = event.data.state === "listed" ? groupOf(event, context) : "";
    state.shops[name] = { at: event.time, kitchen: event.kitchen, group };
    if (before !== undefined && before.group !== "" && before.group !== group)
      leave(state, before, asset, event, context);
    if (group !== "") enter(state, group, asset, event, context);
    if (event.kitchen < 0) judgeNobodys(asset, event, context);
  },
});

/** The licensed address counts; where the registry has none, each kitchen is a place of its own. */
function groupOf({ source, kitchen, data }: Listing, { city }: Context): string {
  const licensed = kitchen < 0 ? data.address : city.kitchens[kitchen]!.address;
  const place = licensed === null ? `kitchen ${kitchen}` : licensed.replace(/\s+/g, "");
  return place === "" ? "" : `${source} ${place}`;
}

function enter(state: PlatformState, group: string, asset: string, event: Listing, context: Context): void {
  const members = state.groups[group] ?? {};
  state.groups[group] = members;
  const isNew = members[asset] === undefined;
  members[asset] = event.kitchen;
  const isShared = Object.keys(members).length >= context.parameters.sharedCount;
  if (!isShared) return;
  const toTell = state.shared[group] === undefined ? Object.keys(members) : isNew ? [asset] : [];
  state.shared[group] = true;
  for (const member of toTell)
    tell(member, members[member]!, true, event, context, Object.keys(members).length);
}

/** The shop is delisted, or listed elsewhere: it is told before it is told of its new place. */
function leave(
  state: PlatformState,
  { group, kitchen }: ListedShop,
  asset: string,
  event: Listing,
  context: Context,
): void {
  const members = state.groups[group] ?? {};
  delete members[asset];
  if (Object.keys(members).length === 0) delete state.groups[group];
  if (state.shared[group] === undefined) return;
  tell(asset, kitchen, false, event, context, 0);
  const left = Object.keys(members).length;
  if (left >= context.parameters.sharedCount) return;
  delete state.shared[group];
  for (const [member, of] of Object.entries(members)) tell(member, of, false, event, context, left);
}

function tell(
  asset: string,
  kitchen: number,
  holds: boolean,
  event: Listing,
  context: Context,
  shops: number,
): void {
  const because = [
    causeOf(event, {
      zh: holds ? `同一地址有 ${shops} 家店铺` : "同一地址的店铺已减少",
      en: holds ? `${shops} shops at one licensed address` : "fewer shops at the address",
    }),
  ];
  if (kitchen >= 0) context.concern(kitchen, { asset, level: "L3", value: null, because, holds });
  else if (holds) context.raise({ asset, level: "L3", because });
}

/** A shop of no kitchen of the city: does anybody hold the licence that it shows? */
function judgeNobodys(asset: string, event: Listing, context: Context): void {
  const { licence, licenceValidTo, state } = event.data;
  const isKnown = context.city.kitchens.some((kitchen) => kitchen.licence.number === licence);
  const isRight = !isNoLicence(licence) && isKnown && endOf(licenceValidTo) > context.now;
  const says =
    state === "delisted"
      ? { zh: "店铺已下线", en: "shop delisted" }
      : isRight
        ? { zh: "许可证有效", en: "licence valid" }
        : { zh: `许可证 ${licence} 无人持有或已过期`, en: `licence ${licence} is nobody's, or expired` };
  if (state === "delisted" || isRight) context.clear(asset, [causeOf(event, says)]);
  else context.raise({ asset, level: "L2", because: [causeOf(event, says)] });
}
