/**
 * D03 晨检异常上岗: a symptom or a fever at the morning check, then a clock-in on the same day (DOMAIN R25). The newest
 * check before the clock-in counts. A medical note of that person is the clearance; going home alone is none.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { shanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, type Wording } from "./cause.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** From here on it is a fever. */
  feverC: 37.3,
};
type Context = RuleContext<typeof PARAMETERS>;

interface Finding {
  /** Shanghai day of the check. */
  day: number;
  temperature: number | null;
  cause: Cause;
  /** The person has clocked in all the same. */
  atWork: boolean;
}

interface SicknessState {
  /** Staff id -> the newest abnormal check that no normal one and no clearance has followed. */
  abnormal: Record<string, Finding>;
}

export const sickAtWork = defineRule<SicknessState, typeof PARAMETERS>({
  code: "D03",
  version: 1,
  level: "L2",
  validFrom: "2018-10-01",
  legalBasis: [foodSafetyLaw("45"), operatingCode("14.1")],
  title: { zh: "晨检异常上岗", en: "Sick at work" },
  autoClose: "condition+record",
  records: ["medical-note"],
  parameters: PARAMETERS,
  events: ["warmcity.staff.checked", "warmcity.staff.clocked-in", "warmcity.record.filed"],
  findings: [],
  initial: () => ({ abnormal: {} }),
  concerns: (state, input, { parameters }) => {
    if (input.kind !== "event") return false;
    const { event } = input;
    for (const _ in state.abnormal) return true;
    return (
      event.type === "warmcity.staff.checked" && (feverOf(event, parameters) !== null || hasSymptoms(event))
    );
  },
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type === "warmcity.staff.checked") check(state, event, context);
    else if (event.type === "warmcity.staff.clocked-in") clockIn(state, event, context);
    else if (event.type === "warmcity.record.filed") clearBy(state, event, context);
  },
});

type Check = EventOf<"warmcity.staff.checked">;

/** The temperature, if it is a fever. */
function feverOf({ data: { temperature } }: Check, { feverC }: typeof PARAMETERS): number | null {
  return temperature != null && temperature >= feverC ? temperature : null;
}

function hasSymptoms({ data }: Check): boolean {
  return data.symptoms != null && data.symptoms.length > 0;
}

function check(state: SicknessState, event: Check, context: Context): void {
  const { staff, temperature } = event.data;
  const today = shanghaiDay(context.now);
  for (const [id, finding] of Object.entries(state.abnormal)) {
    if (finding.day < today && !finding.atWork) delete state.abnormal[id];
  }
  const before = state.abnormal[staff];
  const fever = feverOf(event, context.parameters);
  if (fever === null && !hasSymptoms(event)) {
    if (before !== undefined && !before.atWork) delete state.abnormal[staff];
    return;
  }
  const wording = fever === null ? SYMPTOMS : feverText(fever);
  const atWork = before?.atWork === true && context.openLevel(assetOf(staff)) !== null;
  state.abnormal[staff] = {
    day: today,
    temperature: temperature ?? null,
    cause: causeOf(event, wording),
    atWork,
  };
}

function clockIn(state: SicknessState, event: EventOf<"warmcity.staff.clocked-in">, context: Context): void {
  const { staff } = event.data;
  const found = state.abnormal[staff];
  if (found === undefined || found.day !== shanghaiDay(context.now)) return;
  found.atWork = true;
  context.raise({
    asset: assetOf(staff),
    level: "L2",
    value: found.temperature === null ? null : { number: found.temperature, unit: "Cel" },
    because: [found.cause, causeOf(event, { zh: "随后上班打卡", en: "clocked in after it" })],
  });
}

/** A note that names neither a person nor a case is taken for everybody's. */
function clearBy(state: SicknessState, event: EventOf<"warmcity.record.filed">, context: Context): void {
  const { kind, staff, case: about } = event.data;
  if (kind !== "medical-note") return;
  for (const id of Object.keys(state.abnormal)) {
    if (staff != null && staff !== id) continue;
    if (about != null && about !== context.caseOf(assetOf(id))?.id) continue;
    delete state.abnormal[id];
    context.clear(assetOf(id), [causeOf(event, { zh: "已提交医疗机构证明", en: "medical note filed" })]);
  }
}

function assetOf(staff: string): string {
  return `staff:${staff}`;
}

/** What somebody suffers from is their own affair: the text says only that something was found. */
const SYMPTOMS: Wording = { zh: "晨检发现症状", en: "symptoms at the morning check" };

function feverText(temperature: number): Wording {
  return { zh: `晨检体温${temperature} °C`, en: `${temperature} °C at the morning check` };
}
