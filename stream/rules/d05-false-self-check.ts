/**
 * D05 自查造假: a self-check that cannot be true. A daily form that came more than 24 h off the time it claims (the clock
 * of a device that is trusted stands for itself; weekly and monthly forms claim a period, not a time); ten forms within a
 * minute; a photo used again for another claim of the same cadence; or "in order" with a temperature 2 K and more off
 * what the device itself showed while it was over its limit. 2 K is what a thermometer in the door and a probe at the
 * wall may differ; a device within its limits contradicts nobody, for who would lie about it.
 *
 * One alert for the kitchen, however many forms: what comes within a minute of the first goes into one report.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { endOf, hours, minutes, parseDate, parseTime, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { initialOverLimit, noteOverLimit, type OverLimit, shownAt } from "./device-over-limit.ts";
import { dutyRules } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** A daily form that came later, or earlier, than it claims by more than this. */
  offMs: hours(24),
  formsCount: 10,
  formsWithinMs: minutes(1),
  /** How far a stated temperature may lie from the device's own. */
  toleranceK: 2,
  /** The report waits so long for further forms. */
  gatherMs: minutes(1),
};
type Context = RuleContext<typeof PARAMETERS>;
type Form = EventOf<"warmcity.selfcheck.submitted">;

/** Photos remembered, by the first 64 bits of their hash. */
const PHOTOS_MAX = 60;
const HASH_DIGITS = 16;

interface FalseCheckState {
  /** Times of the newest forms, sorted. */
  forms: number[];
  /** Newest photos and the claims that they were handed in for. */
  photos: { hash: string; claim: string }[];
  overLimit: OverLimit;
  /** What goes into the next report, and when that is due, ms since epoch. */
  gathered: Cause[];
  reportAt: number;
  exercise: boolean;
}

export const falseSelfCheck = defineRule<FalseCheckState, typeof PARAMETERS>({
  code: "D05",
  version: 1,
  level: "L3",
  validFrom: "2022-11-01",
  legalBasis: [dutyRules("10–12")],
  title: { zh: "自查造假", en: "False self-check" },
  autoClose: "human",
  parameters: PARAMETERS,
  events: ["warmcity.selfcheck.submitted"],
  findings: ["held", "eased", "cleared", "silent"],
  initial: () => ({
    forms: [],
    photos: [],
    overLimit: initialOverLimit(),
    gathered: [],
    reportAt: 0,
    exercise: false,
  }),
  fold: (state, input, context) => {
    if (input.kind !== "event") {
      noteOverLimit(state.overLimit, input, context);
      return;
    }
    if (input.event.type === "warmcity.selfcheck.submitted") examine(state, input.event, context);
  },
  due: (state, key, context) => {
    if (key === "report") report(state, context);
  },
});

function examine(state: FalseCheckState, form: Form, context: Context): void {
  const doubts = [
    claimedFarOff(form, context),
    tooManyAtOnce(state, form, context),
    photoUsedBefore(state, form),
    ...againstDevices(state, form, context),
  ].filter((doubt) => doubt !== null);
  if (doubts.length === 0) return;
  if (state.gathered.length === 0) {
    state.reportAt = context.now + context.parameters.gatherMs;
    context.setTimer("report", state.reportAt);
  }
  const wording = { zh: doubts.map(({ zh }) => zh).join("；"), en: doubts.map(({ en }) => en).join("; ") };
  state.gathered.push(causeOf(form, wording));
  state.exercise ||= form.exercise;
}

function report(state: FalseCheckState, context: Context): void {
  const { gathered, reportAt, exercise } = state;
  context.raise({
    asset: null,
    level: "L3",
    at: reportAt,
    value: { number: gathered.length, unit: "1" },
    because: gathered,
    exercise,
  });
  state.gathered = [];
  state.exercise = false;
}

function claimedFarOff(form: Form, { parameters }: Context): Bilingual | null {
  const { cadence, claimed, deviceTimeTrusted } = form.data;
  if (cadence !== "daily" || deviceTimeTrusted === true) return null;
  const arrivedAt = form.receivedAt ?? form.time;
  const day = parseDate(claimed);
  const from = Number.isNaN(day) ? parseTime(claimed) : startOfShanghaiDay(day);
  const off = Math.max(arrivedAt - endOf(claimed), from - arrivedAt);
  if (off <= parameters.offMs) return null;
  const h = Math.floor(off / hours(1));
  return { zh: `声称时间与接收时间相差${h}小时`, en: `claimed ${h} h off its receipt` };
}

function tooManyAtOnce(state: FalseCheckState, { time }: Form, { parameters }: Context): Bilingual | null {
  const { formsCount, formsWithinMs } = parameters;
  state.forms = [...state.forms, time].sort((a, b) => a - b).slice(-formsCount);
  const [first = 0, last = 0] = [state.forms[0], state.forms.at(-1)];
  if (state.forms.length < formsCount || last - first > formsWithinMs) return null;
  const s = formsWithinMs / 1_000;
  return { zh: `${s}秒内提交${formsCount}份`, en: `${formsCount} forms within ${s} s` };
}

/** The same claim handed in again (a correction) may keep its photo. */
function photoUsedBefore(state: FalseCheckState, { data }: Form): Bilingual | null {
  const claim = `${data.cadence} ${data.claimed}`;
  const hashes = new Set(
    (data.photos ?? []).flatMap(({ sha256 }) =>
      sha256 == null ? [] : [sha256.slice(0, HASH_DIGITS).toLowerCase()],
    ),
  );
  let isUsed = false;
  for (const hash of hashes) {
    const before = state.photos.filter((photo) => photo.hash === hash);
    isUsed ||= before.some((photo) => photo.claim !== claim && photo.claim.startsWith(data.cadence));
    if (!before.some((photo) => photo.claim === claim)) state.photos.push({ hash, claim });
  }
  state.photos = state.photos.slice(-PHOTOS_MAX);
  return isUsed ? { zh: "照片与其他自查重复", en: "photo of another self-check" } : null;
}

function againstDevices({ overLimit }: FalseCheckState, form: Form, context: Context): Bilingual[] {
  const { claimed, items } = form.data;
  const at = Number.isNaN(parseDate(claimed)) ? parseTime(claimed) : form.time;
  return (items ?? []).flatMap(({ device, value, ok }) => {
    const ordinal = device == null ? -1 : context.city.deviceOrdinal(device);
    if (value == null || ok === false || ordinal < 0) return [];
    const shown = shownAt(overLimit, ordinal, Math.min(at, form.time));
    if (shown === null || Math.abs(shown - value) <= context.parameters.toleranceK) return [];
    return [
      {
        zh: `${device}自查填报${value} °C，设备显示${shown} °C`,
        en: `${device} stated at ${value} °C, showed ${shown} °C`,
      },
    ];
  });
}
