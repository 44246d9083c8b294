/** What platforms show of their shops: each shop is synchronised once a week, in the night; now and then something is wrong. */
import { unitProfiles } from "../../twin/city/unit-profiles.ts";
import { formatDate, HOUR_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import type { Dice } from "../dice.ts";
import { beginIncident } from "../effects/begin-incident.ts";
import type { PlatformListing } from "../incidents.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

const EVERY_DAYS = 7;
const PLATFORMS = ["meituan", "meituan", "meituan", "eleme", "eleme", "jd"] as const;
/** Some six listings a day are wrong (our guess), and put right within a day. */
const WRONG_SHARE = 0.005;
/** One letter of the address is not as registered: nobody minds. */
const TYPO_SHARE = 0.05;
const FAULTS = ["expired", "no-label", "elsewhere"] as const;

export const listings = defineProcess({
  name: "listings",
  planKitchen({ kitchen, seed, day, start, dice, plan }) {
    if (unitProfiles[kitchen.type].deliveryShare === 0 || (seed + day) % EVERY_DAYS !== 0) return;
    plan(start + Math.floor(dice.between(2, 5) * HOUR_MS), 0);
  },
  act(world, planned) {
    const dice = world.diceOf(planned);
    const right = listingOf(world, planned, dice);
    const isWrong = world.isFallible(planned.kitchen) && dice.chance(WRONG_SHARE);
    if (right === null) return;
    if (!isWrong) {
      beginIncident(world, right);
      return;
    }
    const until = planned.time + Math.floor(dice.between(6, 20) * HOUR_MS);
    beginIncident(world, {
      ...right,
      data: { ...right.data, ...faultOf(planned, dice) },
      code: "W02",
      until,
    });
    beginIncident(world, { ...right, at: until });
  },
});

/** Where a kitchen sells, if it does. */
function platformOf({ kitchens }: World, kitchen: number): string {
  return PLATFORMS[kitchens.seed[kitchen]! % PLATFORMS.length]!;
}

/** What the platform calls the shop of a kitchen. */
export function shopOf(world: World, kitchen: number): string {
  return `${platformOf(world, kitchen)}-${world.city.kitchens[kitchen]!.id}`;
}

/** `null` = the registry does not say enough of the kitchen. */
function listingOf(world: World, { kitchen, time }: Readonly<Planned>, dice: Dice): PlatformListing | null {
  const { id, licence, address } = world.city.kitchens[kitchen]!;
  if (licence.number === null || address === null) return null;
  const isShown = dice.chance(TYPO_SHARE) ? `${address.slice(0, -1)}呺` : address;
  const platform = platformOf(world, kitchen);
  return {
    kind: "platform-listing",
    kitchen: id,
    platform,
    at: time,
    data: {
      shop: shopOf(world, kitchen),
      licence: licence.number,
      licenceValidTo: formatDate(shanghaiDay(time) + dice.int(400, 1_400)),
      address: isShown,
      dineIn: true,
      noDineInLabel: false,
      state: "listed",
    },
  };
}

function faultOf({ time }: Readonly<Planned>, dice: Dice): Partial<PlatformListing["data"]> {
  switch (dice.pick(FAULTS)) {
    case "expired":
      return { licenceValidTo: formatDate(shanghaiDay(time) - dice.int(1, 60)) };
    case "no-label":
      return { dineIn: false, noDineInLabel: false };
    case "elsewhere":
      return { address: "内蒙古鄂尔多斯市待核实" };
  }
}
