/**
 * O05 时钟偏移: a gateway's clock runs more than 120 s ahead, or behind, in ten messages in a row; right again below 30 s
 * for 1 h. What tells a clock that runs behind from a backlog: `order/slow-clocks.ts`.
 */
import { SECOND_MS } from "../../twin/kernel/time.ts";
import { SKEW_NUMBERS } from "../order/gateway-clocks.ts";
import { defineRule } from "./rule.ts";

/** They are judged where messages are put in order, before any rule. */
const PARAMETERS = SKEW_NUMBERS;

export const clockSkew = defineRule<object, typeof PARAMETERS>({
  code: "O05",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: ["行政处罚法 Art. 41"],
  title: { zh: "时钟偏移", en: "Clock skew" },
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["rightMs", "skewMs"]],
  events: [],
  findings: ["skewed", "clock-right"],
  initial: () => ({}),
  fold: (_state, input, context) => {
    if (input.kind === "skewed") {
      context.raise({
        asset: `gateway:${input.gateway}`,
        level: "L4",
        value: { number: Math.round(input.offsetMs / SECOND_MS), unit: "s" },
        because: input.because,
      });
    } else if (input.kind === "clock-right") context.clear(`gateway:${input.gateway}`, input.because);
  },
});
