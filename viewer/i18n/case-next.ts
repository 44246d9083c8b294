/** What happens next with a case, and the clocks of the law that run for it, in words. */
import type { CaseState } from "../live/wire-types.ts";
import type { Lang } from "./dictionary.ts";
import { type Label, label } from "./enum-labels.ts";
import { legalText } from "./law-names.ts";

/** What a case in a state waits for, and what comes of it if nobody acts (DOMAIN §5.1, §5.3). */
const WAITS: Readonly<Partial<Record<CaseState, readonly [waits: Label, otherwise: Label | null]>>> = {
  new: [label("系统在 60 秒内分流", "The system sorts it within 60 s"), null],
  verifying: [
    label("核实人确认属实或判为误报", "A reviewer confirms it or finds it false"),
    label("转下一级核实人，绝不自动属实", "the next reviewer gets it; it is never confirmed by itself"),
  ],
  confirmed: [
    label("派发给责任方", "It is sent to who must put it right"),
    label("系统自动派发", "the system sends it out itself"),
  ],
  dispatched: [
    label("责任方签收", "Who is responsible acknowledges"),
    label("升级到上一级", "it goes up a level"),
  ],
  escalated: [
    label("重新派发，最多两次", "It is sent out again, twice at most"),
    label("由旗区局负责", "the banner bureau owns it"),
  ],
  acked: [
    label("责任方开始整改", "The fix begins"),
    label(
      "按整改逾期（S01）告警，升级责任人",
      "an overdue fix (S01) rings, and the next level answers for it",
    ),
  ],
  rectifying: [
    label("责任方提交整改凭证", "The fix is handed in with its proof"),
    label(
      "按整改逾期（S01）告警，升级责任人",
      "an overdue fix (S01) rings, and the next level answers for it",
    ),
  ],
  submitted: [
    label(
      "监管所复查：一般问题远程，严重问题现场两人",
      "The office rechecks: remotely, or on site by two for L1 and L2",
    ),
    label("转旗区局负责", "the banner bureau owns it"),
  ],
  recheck: [
    label("复查通过即办结，不通过退回整改", "It passes and is closed, or goes back to be put right"),
    label("转旗区局负责", "the banner bureau owns it"),
  ],
  filed: [
    label("作出处罚或不予处罚决定", "A penalty is decided on, or none"),
    label("转市局决定", "it is the city bureau's to decide"),
  ],
  decided: [label("当事人可申诉；之后办结", "It may be appealed against; then it is closed"), null],
  "no-penalty": [label("办结", "It is closed"), null],
  transferred: [label("受移送机关办理，旗区局办结", "Another authority has it; the bureau closes it"), null],
  appealed: [
    label("由另一名核实人答复申诉", "Another reviewer answers the appeal"),
    label("上报市局", "the city bureau is asked"),
  ],
  reopened: [label("重新派发", "It is sent out again"), null],
};

export function waitsFor(state: CaseState, lang: Lang): string | null {
  return WAITS[state]?.[0][lang] ?? null;
}

export function otherwise(state: CaseState, lang: Lang): string | null {
  return WAITS[state]?.[1]?.[lang] ?? null;
}

const CLOCKS = {
  report: label("事故报告", "Report the accident"),
  file: label("决定是否立案", "Decide whether to file"),
  decide: label("作出处罚决定", "Decide on the penalty"),
} as const;

export function clockName(clock: keyof typeof CLOCKS, lang: Lang): string {
  return CLOCKS[clock][lang];
}

/** By which law a clock runs. */
export function clockBasis(basis: string, lang: Lang): string {
  return basis
    .split("; ")
    .map((law) => legalText(law.replace(/^FSL /, "食品安全法 Art. "), lang))
    .join(" · ");
}
