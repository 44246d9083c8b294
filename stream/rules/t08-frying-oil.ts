/**
 * T08 煎炸油超标: total polar material above 27 % or an acid value above 5 mg/g is to be thrown out, 24 to 27 % is a
 * reminder (DOMAIN R15). New oil is proved by its record and a TPM below 24 %, in either order.
 */
import { graver } from "../../twin/alerts/level.ts";
import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { causeOf } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

const TPM_WARNS = 24;
const TPM_MAX = 27;
const ACID_MAX = 5;

interface OilState {
  /** Asset ("" = measured by a person) of each open condition -> when new oil was recorded since. */
  changedAt: Record<string, number | null>;
  /** Asset -> when TPM was below 24 % though the record was still missing. */
  cleanAt: Record<string, number>;
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

export const fryingOil = defineRule<OilState>({
  code: "T08",
  version: 1,
  level: "L4",
  validFrom: "2018-12-21",
  legalBasis: ["GB 2716-2018"],
  title: { zh: "煎炸油超标", en: "Frying oil spent" },
  autoClose: "condition+record",
  records: ["oil-change"],
  events: ["warmcity.oil.measured", "warmcity.record.filed"],
  findings: ["read"],
  initial: () => ({ changedAt: {}, cleanAt: {} }),
  fold: (state, input, context) => {
    if (input.kind === "event" && input.event.type === "warmcity.record.filed") {
      noteNewOil(state, input.event, context);
      return;
    }
    const measurement = measurementOf(input, context);
    if (measurement !== null) judge(state, measurement, context);
  },
});

function measurementOf(input: RuleInput, context: RuleContext): Measurement | null {
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

function judge(state: OilState, measurement: Measurement, context: RuleContext): void {
  const { asset, tpm, acid, because } = measurement;
  const key = asset ?? "";
  const level = levelOf(tpm, acid);
  if (level !== null) {
    if (context.openLevel(asset) === null) state.changedAt[key] = null;
    delete state.cleanAt[key];
    const isAcid = acid !== null && acid > ACID_MAX && (tpm ?? 0) <= TPM_MAX;
    const value = isAcid ? { number: acid, unit: "mg/g" } : { number: tpm ?? 0, unit: "%" };
    context.raise({ asset, level, value, because });
    return;
  }
  const changedAt = state.changedAt[key] ?? null;
  if (tpm === null || context.openLevel(asset) === null) return;
  if (changedAt === null || context.now <= changedAt) {
    state.cleanAt[key] = context.now;
    return;
  }
  end(state, asset, context, because);
}

function end(state: OilState, asset: string | null, context: RuleContext, because: readonly Cause[]): void {
  delete state.changedAt[asset ?? ""];
  delete state.cleanAt[asset ?? ""];
  context.clear(asset, because);
}

function levelOf(tpm: number | null, acid: number | null): Level | null {
  const byAcid = acid !== null && acid > ACID_MAX ? "L2" : null;
  const byTpm = tpm === null || tpm < TPM_WARNS ? null : tpm > TPM_MAX ? "L2" : "L4";
  return byAcid === null || byTpm === null ? (byAcid ?? byTpm) : graver(byAcid, byTpm);
}

/** A record that names neither meter nor case is taken for all the oil of the kitchen. */
function noteNewOil(state: OilState, { data }: EventOf<"warmcity.record.filed">, context: RuleContext): void {
  if (data.kind !== "oil-change") return;
  for (const key of Object.keys(state.changedAt)) {
    const asset = key === "" ? null : key;
    if (data.device != null && asset !== null && data.device !== asset) continue;
    if (data.case != null && data.case !== context.caseOf(asset)?.id) continue;
    state.changedAt[key] = context.now;
    if (state.cleanAt[key] !== undefined) end(state, asset, context, []);
  }
}
