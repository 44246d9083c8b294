/**
 * D02 健康证到期: whoever works on ready-to-eat food needs a valid health certificate (DOMAIN R24). A reminder 30 d before
 * it ends; a breach when that person clocks in after its end, graver where the vulnerable eat. An approved certificate,
 * or leaving that work, ends it. A shift that began before the end is not judged; the next clock-in is. Texts name
 * nobody: the asset holds the staff id, and no number of a certificate is read at all.
 */
import { oneUp, servesVulnerable } from "../../twin/alerts/level.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { EventOf } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { endOf, formatDate, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** The reminder comes at the beginning of the day so many days before the certificate's last one. */
  remindDays: 30,
};
type Context = RuleContext<typeof PARAMETERS>;

const READY_TO_EAT = "rte";

interface Member {
  /** `null` = not known. */
  job: string | null;
  active: boolean;
  /** End of the certificate, ms since epoch; `null` = not known, which breaks no rule. */
  validUntil: number | null;
}

interface CertificateState {
  /** Staff id -> what was said since the registry was written. */
  changed: Record<string, Member>;
  /** Reminders up to here have been given, ms since epoch. */
  remindedTo: number;
}

export const healthCertificate = defineRule<CertificateState, typeof PARAMETERS>({
  code: "D02",
  version: 1,
  level: "L4",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("45")],
  title: { zh: "健康证到期", en: "Health certificate expiring" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.staff.certificate", "warmcity.staff.changed", "warmcity.staff.clocked-in"],
  findings: [],
  initial: () => ({ changed: {}, remindedTo: 0 }),
  concerns: (state, input, { kitchen, now }) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.staff.clocked-in") return true;
    const validUntil = endFor(memberOf(state, input.event.data.staff, kitchen));
    return validUntil !== null && validUntil <= now;
  },
  begin: remind,
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type === "warmcity.staff.certificate") renew(state, event, context);
    else if (event.type === "warmcity.staff.changed") changeJob(state, event, context);
    else if (event.type === "warmcity.staff.clocked-in") judge(state, event, context);
  },
  due: (state, key, context) => {
    if (key === "remind") remind(state, context);
  },
});

function memberOf(state: CertificateState, staff: string, kitchen: Kitchen): Member {
  const changed = state.changed[staff];
  if (changed !== undefined) return changed;
  const listed = kitchen.staff.find(({ id }) => id === staff);
  if (listed === undefined) return { job: null, active: true, validUntil: null };
  const { job, certificateValidTo } = listed;
  return { job, active: true, validUntil: certificateValidTo === null ? null : endOf(certificateValidTo) };
}

/** End of the certificate of somebody who needs one, ms since epoch; `null` = needs none, or it is not known. */
function endFor({ job, active, validUntil }: Member): number | null {
  return active && job === READY_TO_EAT ? validUntil : null;
}

function remindAt(validUntil: number, { parameters }: Context): number {
  return startOfShanghaiDay(shanghaiDay(validUntil - 1) - parameters.remindDays);
}

/** Gives the reminders that are due, and sets the timer for the next. */
function remind(state: CertificateState, context: Context): void {
  let next = Number.POSITIVE_INFINITY;
  const listed = context.kitchen.staff.map(({ id }) => id);
  for (const staff of new Set([...listed, ...Object.keys(state.changed)])) {
    const validUntil = endFor(memberOf(state, staff, context.kitchen));
    if (validUntil === null) continue;
    const at = remindAt(validUntil, context);
    if (at > context.now) next = Math.min(next, at);
    else if (at > state.remindedTo) raiseReminder(staff, validUntil, at, context);
  }
  state.remindedTo = Math.max(state.remindedTo, context.now);
  if (next < Number.POSITIVE_INFINITY) context.setTimer("remind", next);
  else context.cancelTimer("remind");
}

function raiseReminder(staff: string, validUntil: number, at: number, context: Context): void {
  const because = [calendarCause(staff, validUntil, at)];
  context.raise({ asset: assetOf(staff), level: "L4", at, because, receivedAt: null });
}

function renew(
  state: CertificateState,
  event: EventOf<"warmcity.staff.certificate">,
  context: Context,
): void {
  const { staff, validTo, state: verdict } = event.data;
  if (verdict !== "approved") return;
  const member = memberOf(state, staff, context.kitchen);
  const validUntil = endOf(validTo);
  if (validUntil <= (member.validUntil ?? 0)) return;
  const renewed = { ...member, validUntil };
  state.changed[staff] = renewed;
  if (validUntil > context.now) context.clear(assetOf(staff), [causeOf(event, APPROVED)]);
  remindAnew(state, staff, renewed, context);
}

function changeJob(
  state: CertificateState,
  event: EventOf<"warmcity.staff.changed">,
  context: Context,
): void {
  const { staff, job, active } = event.data;
  const changed = { ...memberOf(state, staff, context.kitchen), job, active };
  state.changed[staff] = changed;
  if (endFor(changed) === null) context.clear(assetOf(staff), [causeOf(event, OFF_THE_WORK)]);
  else remindAnew(state, staff, changed, context);
}

/** A certificate or a job that is new: what is due of it already, and the next timer. */
function remindAnew(state: CertificateState, staff: string, member: Member, context: Context): void {
  const validUntil = endFor(member);
  const isDue = validUntil !== null && remindAt(validUntil, context) <= context.now;
  if (isDue && context.openLevel(assetOf(staff)) === null) {
    raiseReminder(staff, validUntil, context.now, context);
  }
  remind(state, context);
}

function judge(state: CertificateState, event: EventOf<"warmcity.staff.clocked-in">, context: Context): void {
  const { staff } = event.data;
  const validUntil = endFor(memberOf(state, staff, context.kitchen));
  if (validUntil === null || validUntil > context.now) return;
  context.raise({
    asset: assetOf(staff),
    level: servesVulnerable(context.kitchen.type) ? oneUp("L3") : "L3",
    because: [calendarCause(staff, validUntil, validUntil), causeOf(event, CLOCKED_IN)],
  });
}

function assetOf(staff: string): string {
  return `staff:${staff}`;
}

function calendarCause(staff: string, validUntil: number, at: number): Cause {
  const lastDay = formatDate(shanghaiDay(validUntil - 1));
  return causeOfTime(at, `certificate-${staff}-to-${lastDay}`, {
    zh: `健康证有效期至${lastDay}`,
    en: `health certificate valid to ${lastDay}`,
  });
}

const APPROVED: Bilingual = { zh: "新健康证已通过审核", en: "new health certificate approved" };
const OFF_THE_WORK: Bilingual = {
  zh: "已不从事接触直接入口食品工作",
  en: "no longer works on ready-to-eat food",
};
const CLOCKED_IN: Bilingual = {
  zh: "在接触直接入口食品岗位上班打卡",
  en: "clocked in to work on ready-to-eat food",
};
