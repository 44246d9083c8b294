/**
 * T08 煎炸油超标: total polar material above 27 % or an acid value above 5 mg/g is to be thrown out, 24 to 27 % is a
 * reminder (DOMAIN R15). As everywhere, the alert is about the oil and the case about the deed: the alert ends when the
 * oil is measured good again (a TPM below 24 %; an acid value alone is also answered by an acid value up to 5), in
 * whatever order the record of new oil comes; without that record no case is closed or submitted by itself.
 */
import { graver } from "../../twin/alerts/level.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { causeOf } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

const PARAMETERS = {
  /** Total polar material from here on: a reminder; below it the oil is good. */
  warnPercent: 24,
  /** Above it the oil is to be thrown out. */
  limitPercent: 27,
  /** An acid value above it: the same. */
  acidMgPerG: 5,
};
type Context = RuleContext<typeof PARAMETERS>;

interface OilState {
  /** Asset ("" = measured by a person) -> what it is measured by that is too high. */
  bad: Record<string, { tpm: boolean; acid: boolean }>;
  /** Asset -> time of the newest TPM below 24 %, for measurements that come late, ms since epoch. */
  goodAt: Record<string, number>;
}

interface Measurement {
  /** The meter; `null` = a person measured. */
  readonly asset: string | null;
  /** Total polar material, %. */
  readonly tpm: number | null;
  /** mg/g. */
  readonly acid: number | null;
  readonly because: readonly Cause[];
}

export const fryingOil = defineRule<OilState, typeof PARAMETERS>({
  code: "T08",
  version: 1,
  level: "L4",
  validFrom: "2018-12-21",
  legalBasis: ["GB 2716-2018"],
  title: { zh: "煎炸油超标", en: "Frying oil spent" },
  autoClose: "condition+record",
  records: ["oil-change"],
  parameters: PARAMETERS,
  rising: [["warnPercent", "limitPercent"]],
  events: ["warmcity.oil.measured"],
  findings: ["read"],
  initial: () => ({ bad: {}, goodAt: {} }),
  fold: (state, input, context) => {
    const measurement = measurementOf(input, context);
    if (measurement !== null) judge(state, measurement, context);
  },
  due: (state, key, context) => {
    const asset = /^good (.*)$/.exec(key)?.[1];
    if (asset !== undefined) end(state, asset, context, []);
  },
});

function measurementOf(input: RuleInput, context: Context): Measurement | null {
  if (input.kind === "read") {
    if (context.city.devices[input.device]!.kind !== "oil-meter") return null;
    const asset = deviceId(context, input.device);
    return { asset, tpm: input.value, acid: null, because: input.because };
  }
  if (input.kind !== "event" || input.event.type !== "warmcity.oil.measured") return null;
  const { event } = input;
  const [tpm, acid] = [event.data.tpm ?? null, event.data.acidValue ?? null];
  return {
    asset: event.device < 0 ? null : deviceId(context, event.device),
    tpm,
    acid,
    because: [causeOf(event, measuredText(tpm, acid))],
  };
}

function measuredText(tpm: number | null, acid: number | null): Bilingual {
  const parts: Bilingual[] = [];
  if (tpm !== null) parts.push({ zh: `极性组分 ${tpm} %`, en: `TPM ${tpm} %` });
  if (acid !== null) parts.push({ zh: `酸价 ${acid} mg/g`, en: `acid value ${acid} mg/g` });
  return { zh: parts.map(({ zh }) => zh).join("，"), en: parts.map(({ en }) => en).join(", ") };
}

function judge(state: OilState, measurement: Measurement, context: Context): void {
  const { asset, tpm, acid, because } = measurement;
  const key = asset ?? "";
  const { parameters } = context;
  const level = levelOf(tpm, acid, parameters);
  if (level !== null) {
    const bad = state.bad[key] ?? { tpm: false, acid: false };
    const [byTpm, byAcid] = [levelOf(tpm, null, parameters), levelOf(null, acid, parameters)];
    state.bad[key] = { tpm: bad.tpm || byTpm !== null, acid: bad.acid || byAcid !== null };
    const isAcid = byAcid !== null && byTpm !== "L2";
    const value = isAcid ? { number: acid ?? 0, unit: "mg/g" } : { number: tpm ?? 0, unit: "%" };
    context.raise({ asset, level, value, because });
    const goodAt = state.goodAt[key] ?? Number.NEGATIVE_INFINITY;
    if (goodAt > context.now) context.setTimer(`good ${key}`, goodAt);
    return;
  }
  if (tpm !== null) state.goodAt[key] = Math.max(context.now, state.goodAt[key] ?? context.now);
  const bad = state.bad[key];
  if (bad === undefined) return;
  if (tpm !== null || !bad.tpm) end(state, key, context, because);
}

function end(state: OilState, key: string, context: Context, because: readonly Cause[]): void {
  delete state.bad[key];
  context.cancelTimer(`good ${key}`);
  context.clear(key === "" ? null : key, because);
}

function levelOf(
  tpm: number | null,
  acid: number | null,
  { warnPercent, limitPercent, acidMgPerG }: typeof PARAMETERS,
): Level | null {
  const byAcid = acid !== null && acid > acidMgPerG ? "L2" : null;
  const byTpm = tpm === null || tpm < warnPercent ? null : tpm > limitPercent ? "L2" : "L4";
  return byAcid === null || byTpm === null ? (byAcid ?? byTpm) : graver(byAcid, byTpm);
}
