/** Made-up cases of the made-up alerts: dispatched, and moved by a few commands. */
import type { Alert } from "../../twin/events/output-events.ts";
import type { CaseCommand, CaseOrder, CaseState, CaseView, Notice } from "../live/wire-types.ts";
import type { StubAlerts } from "./stub-alerts.ts";

/** What may be done in a state, by whom, and what it becomes. */
const MOVES: Readonly<Partial<Record<CaseState, Readonly<Partial<Record<CaseCommand, CaseState>>>>>> = {
  verifying: { "review-confirm": "confirmed", "review-false": "false" },
  dispatched: { acknowledge: "acked", dispute: "verifying", audit: "verifying" },
  acked: { start: "rectifying", audit: "verifying" },
  rectifying: { submit: "submitted" },
};

export interface Refusal {
  readonly detail: string;
  readonly allowed: readonly CaseCommand[];
}

export class StubCases {
  readonly #alerts: StubAlerts;
  readonly #moved = new Map<string, CaseView>();

  constructor(alerts: StubAlerts) {
    this.#alerts = alerts;
  }

  ofAlert(alert: Alert): CaseView {
    return this.#moved.get(alert.case) ?? dispatched(alert);
  }

  all(): CaseView[] {
    return this.#alerts.all.map((alert) => this.ofAlert(alert));
  }

  find(id: string): CaseView | null {
    const alert = this.#alerts.all.find((known) => known.case === id);
    return alert === undefined ? null : this.ofAlert(alert);
  }

  /** Lets somebody else be quicker. */
  move(id: string, state: CaseState): void {
    const view = this.find(id);
    if (view !== null) this.#moved.set(id, { ...view, state, allowed: allowedIn(state) });
  }

  obey(id: string, { command, role, reason, evidence }: CaseOrder, actor: string): CaseView | Refusal {
    const view = this.find(id);
    if (view === null || !view.allowed.includes(command))
      return {
        detail: `A case that is ${view?.state ?? "gone"} takes no ${command}`,
        allowed: view?.allowed ?? [],
      };
    const to = MOVES[view.state]?.[command] ?? view.state;
    const step = {
      time: new Date().toISOString(),
      from: view.state,
      to,
      actor,
      role,
      reason: reason ?? null,
      what: command,
      evidence: evidence ?? [],
      evidenceHash: null,
      inspectors: null,
    };
    const after = { ...view, state: to, allowed: allowedIn(to), steps: [...view.steps, step] };
    this.#moved.set(id, after);
    return after;
  }
}

function allowedIn(state: CaseState): CaseCommand[] {
  const moves: readonly CaseCommand[] = ["review-confirm", "review-false", "acknowledge", "start", "submit"];
  const own = [...moves, "dispute" as const, "audit" as const].filter(
    (command) => MOVES[state]?.[command] !== undefined,
  );
  return [...own, "comment"];
}

function dispatched({ case: id, code, level, alert, raisedAt, kitchen, asset }: Alert): CaseView {
  const system = {
    time: raisedAt,
    actor: "system",
    role: null,
    reason: null,
    evidence: [],
    evidenceHash: null,
    inspectors: null,
  };
  return {
    case: id,
    kitchen,
    code,
    policy: "ordos-2026@1",
    asset,
    level,
    state: "dispatched",
    openedAt: raisedAt,
    changedAt: raisedAt,
    due: raisedAt,
    dueProvisional: false,
    owner: "O",
    alerts: [alert],
    allowed: allowedIn("dispatched"),
    lead: false,
    exercise: false,
    clocks: [],
    hold: { until: null, reason: "open" },
    steps: [
      { ...system, from: null, to: "new", what: "opened" },
      { ...system, from: "new", to: "dispatched", what: "send", reason: "limit to dispatch passed" },
    ],
  };
}

export function noticesOf(id: string): Notice[] {
  const time = new Date().toISOString();
  const notice = { time, at: time, ring: true, notBefore: null, reason: null };
  const text = { zh: "燃气泄漏，请立即处置", en: "Gas leak, act at once" };
  return [
    { ...notice, notification: `${id}-1`, to: "O", channel: "sms", state: "shown", text },
    { ...notice, notification: `${id}-2`, to: "C-duty", channel: "call", state: "no-address", text },
  ];
}
