/** What goes wrong before the eyes of the public: ordered reviews (DOMAIN §7: 1 % of the ratings), mobile units astray (our guess). */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Incident } from "../incidents.ts";
import type { World } from "../world.ts";
import { defineMishaps } from "./mishap.ts";
import { inMeal } from "./moments.ts";

const OTHER_TEXTS = ["太咸了", "送来已经凉了", "等太久", "不好吃"];
/** Some 11 km north: outside of every permit and place. */
const ASTRAY_DEGREES = 0.1;

const kitchenAt = (world: World, device: number) => world.city.kitchens[world.city.kitchenOfDevice[device]!]!;

export const publicMishaps = defineMishaps(
  "public-mishaps",
  [
    {
      name: "reviews ordered against a unit",
      rates: { baseline: 0.4, full: 0.4 },
      device: "camera",
      when: inMeal,
      incidents: (world, device, from, dice): Incident[] => [
        {
          kind: "review-storm",
          kitchen: kitchenAt(world, device).id,
          platform: "meituan",
          from,
          to: from + dice.int(20, 60) * MINUTE_MS,
          ratings: dice.int(40, 120),
          stars: 1,
          newShare: 0.85,
          noOrderShare: 0.8,
          copiedShare: 0.85,
          text: "卫生太差了吃完拉肚子千万别来",
          otherTexts: OTHER_TEXTS,
          code: "C03",
        },
      ],
    },
    {
      name: "mobile unit astray",
      rates: { baseline: 0.5, full: 0.5 },
      device: "gps",
      evenly: true,
      when: inMeal,
      incidents: (world, device, from, dice): Incident[] => {
        const { permit, position } = kitchenAt(world, device);
        const { lon, lat } = permit?.center ?? position;
        const to = from + dice.int(20, 60) * MINUTE_MS;
        const place = { lon, lat: Math.round((lat + ASTRAY_DEGREES) * 1e6) / 1e6 };
        return [{ kind: "route", device: world.city.devices[device]!.id, from, to, place, code: "B02" }];
      },
    },
  ],
  { felt: false },
);
