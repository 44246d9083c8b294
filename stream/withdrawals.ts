/** What takes back or corrects what went out ahead of the watermark and the ordered fold did not confirm (CONTRACT §8). */
import { edgesOf } from "../twin/case.machine.ts";
import type { Case } from "../twin/case.ts";
import type { Alert, CaseState } from "../twin/events/output-events.ts";
import { formatTime } from "../twin/kernel/time.ts";
import { type Output, type OutputOf, outputId } from "./output.ts";

type CaseChanged = OutputOf<"warmcity.case.changed">;
const REASON = "withdrawn";

/** The alert never was. */
export function withdrawn(alert: Alert, subject: string | null, at: number): Output {
  const data: Alert = { ...alert, state: "resolved", resolvedAt: formatTime(at), reason: REASON };
  return alertOutput("warmcity.alert.resolved", REASON, data, subject, at);
}

/** It had been given out at a graver level than is settled. */
export function lowered(alert: Alert, at: number): Output {
  return alertOutput("warmcity.alert.level-changed", "lowered", alert, alert.kitchen, at);
}

/** It had been given out as over, too early. */
export function raisedAgain(alert: Alert, subject: string | null, at: number): Output {
  return alertOutput("warmcity.alert.raised", "again", alert, subject, at);
}

function alertOutput(
  type: "warmcity.alert.raised" | "warmcity.alert.resolved" | "warmcity.alert.level-changed",
  what: string,
  data: Alert,
  subject: string | null,
  time: number,
): Output {
  return { type, id: outputId(type, data.alert, what, time), time, subject, data };
}

/**
 * Puts right what was told of a case: `told` = the last change that went out and is not so, `known` = the case as it is.
 * One that never was ends where the machine lets the system end it; one that stands otherwise is said to stand there.
 * `null` = what was told is right after all.
 */
export function caseCorrected(told: CaseChanged, known: Case | undefined, at: number): CaseChanged | null {
  const from = told.data.to;
  const to = known === undefined ? endOf(from) : known.state;
  if (from === to) return null;
  const due = known?.due ?? null;
  return {
    type: told.type,
    id: outputId(told.type, told.data.case, REASON, to, at),
    time: at,
    subject: told.subject,
    data: {
      ...told.data,
      alert: known?.alert ?? told.data.alert,
      from,
      to,
      actor: "system",
      role: null,
      reason: REASON,
      due: due === null ? null : formatTime(due),
      dueProvisional: false,
      evidence: [],
      evidenceHash: null,
    },
  };
}

function endOf(state: CaseState): CaseState {
  return edgesOf(state, "close-alone").length > 0 || state === "closed" ? "closed" : "suppressed";
}
