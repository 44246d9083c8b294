/** A step in the making: moves the case through the machine and keeps what was changed, noted and notified on the way. */
import { edgesOf, nextCaseState } from "./case.machine.ts";
import { enter } from "./case-entry.ts";
import { type Case, type CaseChange, HISTORY_MAX, type Role } from "./case-file.ts";
import { audienceOf, type NoticePurpose, type NotificationRequest, notify } from "./case-notices.ts";
import { actorOf, type PersonalEvent, type SystemMove } from "./case-permission.ts";
import type { CasePolicy, Recipient } from "./case-policy.ts";
import type { CaseState } from "./events/output-events.ts";
import { sha256Hex } from "./kernel/sha256.ts";

export const SYSTEM = "system";

/** Past the maximum, the oldest goes that the system did by itself: what people did and what was late counts for long. */
function withStep(history: readonly CaseChange[], step: CaseChange): readonly CaseChange[] {
  const all = [...history, step];
  if (all.length <= HISTORY_MAX) return all;
  const routine = all.findIndex(({ role, what }) => role === null && what !== "limit-passed");
  return all.toSpliced(Math.max(0, routine), 1);
}

/** What happened; `null` = the system, and nothing to say. */
interface Account {
  readonly what: string;
  readonly by: PersonalEvent | null;
  readonly reason: string | null;
}

export class CaseDraft {
  readonly changes: CaseChange[] = [];
  readonly remarks: CaseChange[] = [];
  readonly notifications: NotificationRequest[] = [];
  readonly policy: CasePolicy;
  readonly time: number;
  #case: Case;

  constructor(current: Case, time: number, policy: CasePolicy) {
    this.#case = current;
    this.time = time;
    this.policy = policy;
  }

  get case(): Case {
    return this.#case;
  }

  set(change: Partial<Case>): void {
    this.#case = { ...this.#case, ...change };
  }

  replace(next: Case): void {
    this.#case = next;
  }

  /** The first entry of a new case. */
  open(what: string): void {
    this.#record(null, { what, by: null, reason: null });
  }

  /** A move of the system; `false` if the machine refuses it. */
  move(type: SystemMove, reason: string | null = null): boolean {
    const event = { type, time: this.time };
    const to = nextCaseState(this.#case.state, event, { case: this.#case, policy: this.policy });
    if (to === null) return false;
    this.#enter(to, event, { what: type, by: null, reason });
    return true;
  }

  /** A command; `false` if the machine refuses it. `noted` = what it changes where the state stays. */
  command(event: PersonalEvent, noted: (c: Case) => Case = (c) => c): boolean {
    const context = { case: this.#case, policy: this.policy };
    const to = nextCaseState(this.#case.state, event, context);
    if (to === null) return false;
    const account = { what: event.type, by: event, reason: event.reason };
    if (this.#hasNoTarget(event.type)) {
      this.#case = noted(this.#case);
      this.#note(account);
    } else this.#enter(to, event, account);
    return true;
  }

  #hasNoTarget(type: PersonalEvent["type"]): boolean {
    return edgesOf(this.#case.state, type).every(({ target }) => target === undefined);
  }

  #enter(to: CaseState, event: Parameters<typeof enter>[2], account: Account): void {
    const from = this.#case.state;
    this.#case = enter(this.#case, to, event, this.policy);
    this.#record(from, account);
  }

  /** The system notes something in the present state. */
  note(what: string, reason: string | null): void {
    this.#note({ what, by: null, reason });
  }

  #note(account: Account): void {
    this.#record(this.#case.state, account);
  }

  #record(from: CaseState | null, { what, by, reason }: Account): void {
    const step = this.#case.steps + 1;
    const evidence = by === null ? [] : by.evidence;
    const change: CaseChange = {
      step,
      time: this.time,
      from,
      to: this.#case.state,
      what,
      actor: by === null ? SYSTEM : actorOf(by),
      role: by === null ? null : by.role,
      reason,
      due: this.#case.due,
      evidence,
      ...(evidence.length > 0 && { evidenceHash: sha256Hex(JSON.stringify(evidence)) }),
      ...(by?.decision != null && by.type === "decide" && { decision: by.decision }),
      ...(by?.inspectors != null && { inspectors: by.inspectors }),
    };
    (from === change.to ? this.remarks : this.changes).push(change);
    const history = withStep(this.#case.history, change);
    this.#case = { ...this.#case, steps: step, history };
  }

  notify(to: readonly Recipient[], purpose: NoticePurpose): void {
    const { next, requests } = notify(this.#case, to, purpose, this.time, this.policy);
    this.#case = next;
    this.notifications.push(...requests);
  }

  /** The voice in the kitchen alone, where the code has one: it reminds at once, whether or not a person has confirmed. */
  speak(purpose: NoticePurpose): void {
    if (this.policy.codes[this.#case.code]?.voice !== true) return;
    const { next, requests } = notify(this.#case, ["O"], purpose, this.time, this.policy, ["voice"]);
    this.#case = next;
    this.notifications.push(...requests);
  }

  /** All who hear of the case at its present level. */
  notifyAll(purpose: NoticePurpose): void {
    this.notify(audienceOf(this.#case, this.policy), purpose);
  }

  handTo(owner: Role): void {
    this.set({ owner });
  }
}
