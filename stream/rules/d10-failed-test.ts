/**
 * D10 抽检不合格: an accredited laboratory found a sample bad; a pathogen or an illegal additive is a danger to health.
 * What people decide ends it, a recheck included (FSL 88). Results without accreditation may neither be published nor
 * used against anybody (DOMAIN §0.6): a kitchen's own quick test makes no alert, no case and no notification; its event
 * on the log is the kitchen's own task and shows at the kitchen's end alone.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { causeOf } from "./cause.ts";
import { foodSafetyLaw, regulation } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

const LABORATORY = "/labs/";

export const failedTest = defineRule({
  code: "D10",
  version: 1,
  level: "L2",
  validFrom: "2019-12-01",
  legalBasis: [foodSafetyLaw("87"), foodSafetyLaw("88"), regulation("43")],
  title: { zh: "抽检不合格", en: "Failed test" },
  autoClose: "human",
  /** The sample was taken before; that the unit is closed today changes nothing. */
  mutedBy: [],
  events: ["warmcity.test.result"],
  findings: [],
  initial: () => ({}),
  fold: (_state, input, context) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.test.result") return;
    const { event } = input;
    const { accredited, passed, hazard } = event.data;
    if (passed || !accredited || !event.source.startsWith(LABORATORY)) return;
    context.raise({
      asset: assetOf(event),
      level: hazard === "pathogen" || hazard === "additive" ? "L1" : "L2",
      because: [
        causeOf(event, {
          zh: `检验不合格${HAZARD_ZH[hazard ?? "other"]}`,
          en: `failed${HAZARD_EN[hazard ?? "other"]}`,
        }),
      ],
    });
  },
});

const HAZARD_ZH = { pathogen: "：检出致病菌", additive: "：检出违法添加物", other: "" } as const;
const HAZARD_EN = { pathogen: ": pathogen found", additive: ": illegal additive found", other: "" } as const;

function assetOf({ id, data }: EventOf<"warmcity.test.result">): string {
  return data.lot == null ? `report:${data.report ?? id}` : `lot:${data.product}/${data.lot}`;
}
