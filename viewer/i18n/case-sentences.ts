/**
 * What the case engine says of its steps and refusals (`twin/case-*.ts`), which it says in English, in the reader's
 * language. What people wrote, and what is not known here, stays as it is.
 */
import { commandName, recipientName } from "./case-words.ts";
import type { Lang } from "./dictionary.ts";
import { caseState, isCaseState, roleName } from "./enum-labels.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  "the condition has cleared": "情况已消除",
  "the same key again": "同一问题再次出现",
  "the same key again while the case is open": "案件未结，同一问题再次出现",
  "limit to dispatch passed": "派发时限已过",
  "a past episode was found in late data: to be reviewed": "迟到数据中发现过往情况，待复核",
  "not acknowledged in time": "逾期未签收",
  "escalated twice: Q owns it": "已两次升级，由旗区局负责",
  "no appeal in time": "期限内未申诉",
  "no answer to the appeal in time": "逾期未答复申诉",
  "not rechecked in time": "逾期未复查",
  "not decided in time whether to file": "逾期未决定是否立案",
  "not decided in time": "逾期未作决定",
  "not reviewed in time": "逾期未核实",
  "It needs a photo, clip or record as evidence": "需要照片、视频或记录作为凭证",
  "It needs a reason": "需要写明理由",
  "It needs another reviewer than who judged it before": "须由此前判断人以外的人核实",
  "A recheck on site needs two inspectors, named in `inspectors`": "现场复查须写明两名执法人员",
  "The condition has not been absent long enough": "情况消除的时间还不够长",
  "It needs a decision on a penalty or a warning, below the city bureau's limit":
    "需要处罚或警告决定，且罚款低于市局权限",
  "It needs a decision on a fine that is the city bureau's to decide": "需要由市局权限内的罚款决定",
  "It needs a decision": "需要决定",
  "The time for an audit has passed": "抽查期限已过",
  "The time to appeal has passed": "申诉期限已过",
  "It has no hit of a camera alone to confirm": "没有待核实的摄像头线索",
  "The limit can be extended once, before it has passed": "时限只能在到期前延长一次",
  "The time to decide on filing can be extended once, while it runs": "立案时限只能在期间内延长一次",
};

type Said = readonly [form: RegExp, zh: (...parts: string[]) => string];
const FORMS: readonly Said[] = [
  [/^merged into (.+)$/, (into = "") => `并入 ${into}`],
  [/^(L\d) to (L\d)$/, (from = "", to = "") => `${from} 升为 ${to}`],
  [/^not reviewed in time: passed on to (.+)$/, (to = "") => `逾期未核实，转 ${roleName(to, "zh")}`],
  [/^escalated to (.+)$/, (to = "") => `升级至 ${recipients(to)}`],
  [
    /^not put right in time: (.+) answers for it$/,
    (who = "") => `逾期未整改，由 ${roleName(who, "zh")} 负责`,
  ],
  [
    /^A case that is ([\w-]+) takes no ([\w-]+)$/,
    (state = "", command = "") => `案件“${stateText(state)}”时不能“${commandName(command, "zh")}”`,
  ],
  [
    /^The command ([\w-]+) is for (.+), not for (\w+)$/,
    (command = "", roles = "", role = "") =>
      `“${commandName(command, "zh")}”由 ${recipients(roles)} 办理，不由 ${roleName(role, "zh")} 办理`,
  ],
];

export function caseSentence(text: string, lang: Lang): string {
  if (lang === "en") return text;
  const known = SENTENCES[text];
  if (known !== undefined) return known;
  for (const [form, zh] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return zh(...found.slice(1));
  }
  return text;
}

function recipients(list: string): string {
  return list
    .split(", ")
    .map((to) => (to === "assignee" ? "责任方" : to === "reviewer" ? "核实人" : recipientName(to, "zh")))
    .join("、");
}

function stateText(state: string): string {
  return isCaseState(state) ? caseState(state, "zh") : state;
}
