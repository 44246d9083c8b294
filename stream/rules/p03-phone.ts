/** P03 玩手机: a phone in use for 30 s in a food zone (DOMAIN R20, a house rule). A reminder that ends with its day. */
import { endOfDay } from "../../twin/kernel/calendar.ts";
import { seconds } from "../../twin/kernel/time.ts";
import { HIT_PARAMETERS, hitOf, type Stretches } from "./hit.ts";
import { foldLasting, type Lasting, lastingDue, stretchOf } from "./lasting.ts";
import { operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { FOOD_ZONES, zoneAsset, zoneKind } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** In use so long, without a break of more than `hitGapMs`. */
  holdMs: seconds(30),
};

const OVER = "over ";

interface PhoneState {
  stretches: Stretches;
}

export const phone = defineRule<PhoneState, typeof PARAMETERS>({
  code: "P03",
  version: 1,
  level: "L4",
  validFrom: "2022-02-22",
  legalBasis: [operatingCode("§14")],
  title: { zh: "玩手机", en: "Phone in use" },
  lead: true,
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.detection"],
  findings: [],
  initial: () => ({ stretches: {} }),
  fold: (state, input, context) => {
    const hit = hitOf(input, context);
    if (hit === null || hit.data.class !== "phone") return;
    const kind = zoneKind(context.kitchen, hit.data.zone);
    if (kind !== null && FOOD_ZONES.has(kind)) foldLasting(lasting(state, context), hit, context);
  },
  due: (state, key, context) => {
    if (key.startsWith(OVER)) context.clear(zoneAsset(context.kitchen, key.slice(OVER.length)));
    else lastingDue(lasting(state, context), key, context);
  },
});

function lasting({ stretches }: PhoneState, context: RuleContext<typeof PARAMETERS>): Lasting {
  return {
    stretches,
    dueOf: ({ from }) => from + context.parameters.holdMs,
    ring: ({ first, last, exercise }, key, at) => {
      const { zone } = stretchOf(key);
      const asset = zoneAsset(context.kitchen, zone);
      context.raise({ asset, level: "L4", at, because: [first, last], exercise });
      context.setTimer(OVER + zone, endOfDay(at));
    },
  };
}
