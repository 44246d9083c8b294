/** Incidents that platforms, guests and mobile units tell of: listings, storms of reviews, banquets, routes. */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import { Dice } from "../dice.ts";
import type { Banquet, PlatformListing, ReviewStorm, Route } from "../incidents.ts";
import type { World } from "../world.ts";
import { deviceNamed, kitchenNamed } from "./named-devices.ts";

export function beginPublic(world: World, incident: PlatformListing | ReviewStorm | Banquet | Route): void {
  switch (incident.kind) {
    case "platform-listing":
      listShop(world, incident);
      break;
    case "review-storm":
      stormReviews(world, incident);
      break;
    case "banquet":
      holdBanquet(world, incident);
      break;
    case "route":
      travel(world, incident);
      break;
  }
}

function listShop(
  world: World,
  { kitchen: id, at, platform, data, code, until, kind }: PlatformListing,
): void {
  const kitchen = kitchenNamed(world, id);
  world.scheduler.at(at, () => {
    if (code !== undefined) {
      const asset = `shop:${data.shop}`;
      world.truth.add({ code, cause: kind, kitchen: id, asset, from: at, to: until ?? null });
    }
    world.tell(`/platforms/${platform}`, kitchen, "warmcity.platform.listing", at, data);
  });
}

/** Ratings come evenly; each share of them is spread evenly as well. */
function stormReviews(world: World, storm: ReviewStorm): void {
  const { kitchen: id, platform, from, to, ratings, stars, code, kind } = storm;
  const kitchen = kitchenNamed(world, id);
  const dice = new Dice().seat(world.seed, Math.floor(from / 1_000), ratings, stars);
  world.scheduler.at(from, () =>
    world.truth.add({ code: code ?? "", cause: kind, kitchen: id, asset: null, from, to }),
  );
  for (let n = 0; n < ratings; n++) {
    const at = from + Math.floor(((to - from) * n) / ratings);
    const isNew = isChosen(n, storm.newShare, 0);
    const isBought = !isChosen(n, storm.noOrderShare, 0.3);
    const text = isChosen(n, storm.copiedShare, 0.6)
      ? `${storm.text}${"！".repeat(dice.int(0, 2))}`
      : dice.pick(storm.otherTexts);
    const accountAgeDays = isNew ? dice.int(0, 6) : dice.int(30, 2_000);
    world.scheduler.at(at, () =>
      world.tell(`/platforms/${platform}`, kitchen, "warmcity.rating.posted", at, {
        stars,
        text,
        accountAgeDays,
        orderVerified: isBought,
      }),
    );
  }
}

/** Whether the n-th of many belongs to a share of them that is spread evenly. */
function isChosen(n: number, share: number, phase: number): boolean {
  return Math.floor((n + 1) * share + phase) > Math.floor(n * share + phase);
}

function holdBanquet(world: World, { kitchen: id, at, data, changed, code, kind }: Banquet): void {
  const kitchen = kitchenNamed(world, id);
  const type = changed === true ? "warmcity.banquet.changed" : "warmcity.banquet.filed";
  world.scheduler.at(at, () => {
    if (code !== undefined) {
      const asset = `banquet:${data.banquet}`;
      world.truth.add({ code, cause: kind, kitchen: id, asset, from: at, to: null });
    }
    world.tell(`/kitchens/${id}`, kitchen, type, at, data);
  });
}

const POSITION_EVERY_MS = 5 * MINUTE_MS;

/** The GPS says where it is, and nothing else says so meanwhile. */
function travel(world: World, { device: id, from, to, place, everyMs, code, kind }: Route): void {
  const device = deviceNamed(world, id);
  world.scheduler.at(from, () => {
    world.faults.set("routed", device, from, to);
    if (code !== undefined) world.tellTruth(code, kind, device, { from, to });
  });
  for (let at = from; at < to; at += everyMs ?? POSITION_EVERY_MS)
    world.scheduler.at(at, () =>
      world.uplink.event(device, "warmcity.position", at, { lon: place.lon, lat: place.lat }),
    );
}
