/** What the steps of a case give out: its transitions, and the notifications they ask for (CONTRACT §4). */
import type { Case, CaseChange, NotificationRequest } from "../twin/case.ts";
import type { CasePolicy } from "../twin/case-policy.ts";
import { isDueProvisional } from "../twin/case-provisional.ts";
import type { Bilingual } from "../twin/events/output-events.ts";
import { formatTime } from "../twin/kernel/time.ts";
import { assetName } from "../twin/words/asset-name.ts";
import { type OutputOf, outputId } from "./output.ts";

export function caseChanged(
  one: Case,
  change: CaseChange,
  place: string | null,
  policy: CasePolicy,
): OutputOf<"warmcity.case.changed"> {
  return {
    type: "warmcity.case.changed",
    id: outputId("warmcity.case.changed", one.id, change.step, change.to, change.time),
    time: change.time,
    subject: place,
    data: {
      case: one.id,
      alert: one.alert,
      from: change.from,
      to: change.to,
      actor: change.actor,
      role: change.role,
      reason: change.reason,
      due: change.due === null ? null : formatTime(change.due),
      dueProvisional: change.due === one.due && isDueProvisional(one, policy),
      evidence: [...change.evidence],
      evidenceHash: change.evidenceHash ?? null,
    },
  };
}

export function notificationRequested(
  one: Case,
  request: NotificationRequest,
  about: {
    readonly title: Bilingual;
    readonly at: number;
    readonly place: string | null;
    /** Of the kitchen; `null` for what belongs to no one kitchen. */
    readonly name: string | null;
  },
): OutputOf<"warmcity.notification.requested"> {
  const asset = one.asset === null ? null : assetName(one.asset, about.place);
  const whereIn = (language: "zh" | "en") =>
    [about.name, asset?.[language]].filter((part) => part != null).join(" ");
  return {
    type: "warmcity.notification.requested",
    id: outputId("warmcity.notification.requested", request.key),
    time: about.at,
    subject: about.place,
    data: {
      notification: request.key,
      case: one.id,
      level: request.level,
      to: request.to,
      channel: request.channel,
      ring: request.ring,
      notBefore: request.notBefore === null ? null : formatTime(request.notBefore),
      text: {
        zh: `【${request.level}】${about.title.zh}：${whereIn("zh")}`,
        en: `[${request.level}] ${about.title.en}: ${whereIn("en")}`,
      },
    },
  };
}
