/**
 * O04 数据疑似造假: a thermometer whose readings show no life for 6 h while its door is opened five times or its compressor
 * switches, readings copied from another device, a jump of more than 5 °C a minute. From a flat line or a copy on the
 * device is suspect and its readings are kept, but used by no other rule, until people close the case or the device is
 * repaired, calibrated or replaced. A jump alone makes one reading doubtful: what follows may be a fridge left open, and
 * must be able to ring.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import { hours } from "../../twin/kernel/time.ts";
import type { SeriesFinding } from "../detectors/finding.ts";
import { SERIES_NUMBERS } from "../detectors/series-numbers.ts";
import { causeOfTime } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** Doors opened so often within `windowMs` of a flat line. */
  opensCount: 5,
  windowMs: hours(6),
  ...SERIES_NUMBERS,
};

type Context = RuleContext<typeof PARAMETERS>;

interface FakeState {
  /** Ordinal of a thermometer -> when its door was opened, the newest few. */
  opens: Record<string, number[]>;
  /** Ordinal -> when its compressor was switched, as a contact says. */
  switched: Record<string, number>;
  /** Ordinal -> its flat line, as found last. */
  flat: Record<string, SeriesFinding>;
}

export const fakeReadings = defineRule<FakeState, typeof PARAMETERS>({
  code: "O04",
  version: 1,
  level: "L3",
  validFrom: "2023-09-07",
  legalBasis: [regulation("29"), "安全生产法 Art. 36"],
  title: { zh: "数据疑似造假", en: "Readings suspected to be fake" },
  autoClose: "human",
  parameters: PARAMETERS,
  rising: [["flatK", "offMeanK"]],
  events: ["warmcity.door", "warmcity.power", "warmcity.device.maintained", "warmcity.case.command"],
  findings: ["flat", "lively", "cloned", "jumped"],
  initial: () => ({ opens: {}, switched: {}, flat: {} }),
  fold: (state, input, context) => {
    if (input.kind === "event") foldEvent(state, input.event, context);
    else if (input.kind === "flat") {
      state.flat[input.device] = input;
      judge(state, input.device, context);
    } else if (input.kind === "lively") delete state.flat[input.device];
    else if (input.kind === "cloned" || input.kind === "jumped") raise(input, context);
  },
});

function foldEvent(state: FakeState, event: CityEvent, context: Context): void {
  if (event.type === "warmcity.case.command") {
    for (const device of Object.keys(context.facts.suspects)) {
      const now = context.caseOf(deviceId(context, Number(device)))?.state;
      if (now === "closed" || now === "false") context.trust(Number(device));
    }
    return;
  }
  if (event.device < 0) return;
  if (event.type === "warmcity.device.maintained") {
    delete state.flat[event.device];
    delete state.opens[event.device];
    context.trust(event.device);
    context.clear(deviceId(context, event.device));
    return;
  }
  const { of } = context.city.devices[event.device]!;
  const watched = of === null ? -1 : context.city.deviceOrdinal(of);
  if (watched < 0) return;
  if (event.type === "warmcity.door" && event.data.state === "open") {
    const opens = [...(state.opens[watched] ?? []), event.time].sort((a, b) => a - b);
    state.opens[watched] = opens.slice(-context.parameters.opensCount);
  } else if (event.type === "warmcity.power") state.switched[watched] = event.time;
  if (state.flat[watched] !== undefined) judge(state, watched, context);
}

/** A flat line is suspicious where something happens that it should show. */
function judge(state: FakeState, device: number, context: Context): void {
  const { opensCount, windowMs } = context.parameters;
  const flat = state.flat[device]!;
  const since = context.now - windowMs;
  const opens = (state.opens[device] ?? []).filter((at) => at >= since && at <= context.now);
  const switchedAt = Math.max(flat.switchedAt ?? 0, state.switched[device] ?? 0);
  if (opens.length >= opensCount) {
    const words = {
      zh: `期间柜门开启 ${opensCount} 次以上`,
      en: `its door was opened ${opensCount} times or more meanwhile`,
    };
    raise(flat, context, words);
  } else if (switchedAt >= since) {
    raise(flat, context, { zh: "期间压缩机有启停", en: "its compressor switched meanwhile" });
  }
}

function raise(found: SeriesFinding, context: Context, besides?: { zh: string; en: string }): void {
  const { device, kind, value } = found;
  const asset = deviceId(context, device);
  const more =
    besides === undefined ? [] : [causeOfTime(context.now, `activity-${asset}-${context.now}`, besides)];
  context.raise({
    asset,
    level: "L3",
    value: { number: Math.round(value * 1_000) / 1_000, unit: kind === "cloned" ? "1" : "Cel" },
    because: [...found.because, ...more],
    exercise: found.exercise,
  });
  if (kind !== "jumped") context.suspect(device);
}
