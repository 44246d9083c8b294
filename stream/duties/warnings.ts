/**
 * 食品消费预警: warnings to the public. One person of a bureau drafts it, another of the city bureau signs it, and only then it
 * is shown, until its end or until it is withdrawn.
 */
import { endOf } from "../../twin/kernel/time.ts";
import { defineDuty } from "./duty.ts";

export interface Warning {
  readonly title: string;
  readonly text: string;
  /** Six-digit codes; none = the whole city. */
  readonly banners: readonly string[];
  /** ms since epoch. */
  readonly until: number;
  readonly draftedBy: string;
  signedBy: string | null;
  signedAt: number | null;
  withdrawnAt: number | null;
}

export interface WarningState {
  warning: Warning | null;
}

export const warnings = defineDuty<WarningState>({
  name: "warnings",
  version: 1,
  events: ["warmcity.warning.command"],
  initial: () => ({ warning: null }),
  keyOf: (event) => (event.type === "warmcity.warning.command" ? event.data.warning : null),
  fold(state, event) {
    if (event.type !== "warmcity.warning.command") return;
    const { command, draft } = event.data;
    const actor = event.data.actor ?? event.source;
    const { warning } = state;
    if (command === "draft") {
      if (warning !== null || draft == null) return;
      const { title, text, banners, until } = draft;
      state.warning = {
        title,
        text,
        banners,
        until: endOf(until),
        draftedBy: actor,
        signedBy: null,
        signedAt: null,
        withdrawnAt: null,
      };
    } else if (warningRefusal(warning, command, actor) === null && warning !== null) {
      if (command === "sign") {
        warning.signedBy = actor;
        warning.signedAt = event.time;
      } else warning.withdrawnAt = event.time;
    }
  },
});

/** Why it cannot be done now; `null` = it can. */
export function warningRefusal(
  warning: Warning | null,
  command: "draft" | "sign" | "withdraw",
  actor: string,
): string | null {
  if (command === "draft") return warning === null ? null : "There is a warning of this name already";
  if (warning === null) return "Nobody has drafted it";
  if (warning.withdrawnAt !== null) return "It was withdrawn";
  if (command === "withdraw") return null;
  if (warning.signedAt !== null) return "It is signed already";
  return warning.draftedBy === actor ? "Another person than the one who drafted it has to sign" : null;
}
