/**
 * P04 生熟混用/裸手: raw and cooked food handled with the same tools, or ready food with bare hands (DOMAIN R20, R21). One
 * hit is a lead and no more: only a person can confirm it, and while nobody does it goes from reviewer to reviewer.
 */
import { causeOfHit, HIT_PARAMETERS, hitOf } from "./hit.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";
import { zoneAsset, zoneKind } from "./zone.ts";

export const crossContamination = defineRule<object, typeof HIT_PARAMETERS>({
  code: "P04",
  version: 1,
  level: "L3",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("33(2)"), foodSafetyLaw("33(4)"), operatingCode("§11")],
  title: { zh: "生熟混用/裸手", en: "Cross-contamination or bare hands" },
  lead: true,
  autoClose: "human",
  parameters: HIT_PARAMETERS,
  events: ["warmcity.detection"],
  findings: [],
  initial: () => ({}),
  fold: (_state, input, context) => {
    const hit = hitOf(input, context);
    if (hit === null || (hit.data.class !== "cross_use" && hit.data.class !== "bare_hand")) return;
    if (zoneKind(context.kitchen, hit.data.zone) === "dining") return;
    const asset = zoneAsset(context.kitchen, hit.data.zone);
    context.raise({ asset, level: "L3", because: [causeOfHit(hit)] });
  },
});
