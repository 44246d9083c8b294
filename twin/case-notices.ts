/**
 * Who hears of a case, by what, and whether it may ring (DOMAIN §5.1). Nobody hears twice of the same case and level by
 * the same channel (SCENARIOS I2), however often the case comes back; but a new episode at L1 or L2 is a new danger to
 * somebody's health, so it is told again, and the voice in the kitchen speaks once per episode at any level, because
 * whoever stands there now has not heard it.
 */
import { severity } from "./alerts/level.ts";
import type { Case } from "./case-file.ts";
import type { CasePolicy, Channel, LevelPolicy, Recipient } from "./case-policy.ts";
import type { Level } from "./events/fields.ts";
import { whenWindowOpens, withinSpans } from "./kernel/calendar.ts";
import { hashHex } from "./kernel/hash.ts";

export type NoticePurpose = "raised" | "unacknowledged" | "overdue" | "repeated";

export interface NotificationRequest {
  /** Deterministic id of the notification. */
  readonly key: string;
  readonly level: Level;
  readonly to: Recipient;
  readonly channel: Channel;
  readonly purpose: NoticePurpose;
  /** It may make a noise; `false` = it lies there silently. */
  readonly ring: boolean;
  /** Not to be delivered before (a call waits for the morning), ms since epoch; `null` = at once. */
  readonly notBefore: number | null;
}

/** Everybody who hears of the case at its level as it stands now. */
export function audienceOf(c: Case, policy: CasePolicy): Recipient[] {
  const level = policy.levels[c.level];
  const isDispatched = c.dispatchedAt !== null;
  const to: Recipient[] = [
    ...(c.kitchen >= 0 ? (["O"] as const) : []),
    c.assignee,
    ...level.notify,
    ...(isDispatched ? level.notifyAtDispatch : []),
    ...extraOf(c, policy),
  ];
  return [...new Set(to)].filter((recipient) => recipient !== "B" || c.kitchen >= 0);
}

function extraOf(c: Case, policy: CasePolicy): Recipient[] {
  return (policy.codes[c.code]?.notify ?? [])
    .filter(({ levels }) => levels === undefined || levels.includes(c.level))
    .filter(({ types }) => types === undefined || (c.kitchenType !== null && types.includes(c.kitchenType)))
    .map(({ to }) => to);
}

/** The requests that are not made yet, by any channel or `only` some, and the case that remembers them. A drill notifies nobody. */
export function notify(
  c: Case,
  to: readonly Recipient[],
  purpose: NoticePurpose,
  time: number,
  policy: CasePolicy,
  only?: readonly Channel[],
): { next: Case; requests: NotificationRequest[] } {
  if (c.exercise) return { next: c, requests: [] };
  const level = policy.levels[c.level];
  const isDay = withinSpans([policy.dayWindow], time);
  const requests: NotificationRequest[] = [];
  const notified = [...c.notified];
  for (const recipient of to) {
    for (const channel of channelsOf(c, recipient, level, isDay, policy)) {
      if (only?.includes(channel) === false) continue;
      const mark = markOf(c, recipient, channel);
      if (notified.includes(mark)) continue;
      notified.push(mark);
      requests.push({
        key: keyOf(c, mark),
        level: c.level,
        to: recipient,
        channel,
        purpose,
        ring: isDay || level.ringsAtNight,
        notBefore: channel === "call" && !isDay ? whenWindowOpens(policy.dayWindow, time) : null,
      });
    }
  }
  return requests.length === 0 ? { next: c, requests } : { next: { ...c, notified }, requests };
}

function channelsOf(
  c: Case,
  to: Recipient,
  level: LevelPolicy,
  isDay: boolean,
  policy: CasePolicy,
): Channel[] {
  if (to === "Q-board") return ["in-app"];
  const mustAct = to === c.assignee || to === "O" || to === "S";
  const channels = (mustAct ? level.channels : level.otherChannels).filter(
    (channel) => isDay || level.nightChannels.includes(channel),
  );
  const isSpoken =
    channels.includes("voice") || (policy.codes[c.code]?.voice === true && canSpeak(level, isDay));
  const silent = channels.filter((channel) => channel !== "voice");
  return to === "O" && isSpoken ? ["voice", ...silent] : silent;
}

function canSpeak(level: LevelPolicy, isDay: boolean): boolean {
  return isDay || level.ringsAtNight;
}

/** What was told; of what is told once per episode the mark names the episode. */
function markOf(c: Case, to: Recipient, channel: Channel): string {
  const mark = `${c.level}|${to}|${channel}`;
  return isGrave(c.level) || channel === "voice" ? `${mark}|${c.alert}` : mark;
}

function keyOf(c: Case, mark: string): string {
  return `N-${hashHex(`${c.id}|${mark}`)}`;
}

/** Danger to life or health, or a probable serious breach: each episode of it is told. */
export function isGrave(level: Level): boolean {
  return severity(level) <= 2;
}

/** What was told of episodes gone by need not be remembered. */
export function forgetEpisodes(notified: readonly string[]): readonly string[] {
  return notified.some(isOfEpisode) ? notified.filter((mark) => !isOfEpisode(mark)) : notified;
}

function isOfEpisode(mark: string): boolean {
  return mark.split("|").length > 3;
}

/** The case as if these notifications (by key) had never been asked for: they did not go out. */
export function untold(c: Case, keys: readonly string[]): Case {
  const notified = c.notified.filter((mark) => !keys.includes(keyOf(c, mark)));
  return notified.length === c.notified.length ? c : { ...c, notified };
}
