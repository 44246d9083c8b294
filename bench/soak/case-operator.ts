/** Somebody who acts on cases: takes what is open, newest first, and does what its state asks for next. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CaseView } from "../../stream/server/answers.ts";
import type { CaseCommand } from "../../stream/server/city-port.ts";
import type { CaseState } from "../../twin/events/output-events.ts";
import { ROLES } from "../../twin/events/public-events.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { reasonOf, Troubles } from "./troubles.ts";

const LOOKS_EVERY_MS = 1_000;
const ACTS_A_LOOK = 20;
/** A case that took no step is left alone for so many looks. */
const RESTS_LOOKS = 60;
const WITHDRAWN_WITHIN_MS = 30_000;
const JSON_TYPE = "application/json";

type Act = Pick<CaseCommand, "command" | "role">;

/** What a case in this state asks for; `null` = nobody's turn. */
export function nextAct({
  state,
  owner,
  kitchen,
}: Pick<CaseView, "state" | "owner" | "kitchen">): Act | null {
  const turn = ROLES.find((role) => role === owner) ?? "C";
  const office: CaseCommand["role"] = kitchen === null ? "C" : "S";
  const bureau: CaseCommand["role"] = kitchen === null ? "C" : "Q";
  const whoPutsRight: CaseCommand["role"] = kitchen === null ? turn : "O";
  const acts: Partial<Record<CaseState, Act>> = {
    verifying: { command: "review-confirm", role: turn },
    confirmed: { command: "dispatch", role: office },
    dispatched: { command: "acknowledge", role: whoPutsRight },
    acked: { command: "start", role: whoPutsRight },
    rectifying: { command: "submit", role: whoPutsRight },
    submitted: { command: "recheck-start", role: office },
    recheck: { command: "recheck-pass", role: office },
    filed: { command: "decide", role: bureau },
    decided: { command: "close", role: bureau },
    "no-penalty": { command: "close", role: bureau },
  };
  return acts[state] ?? null;
}

const STATES = "verifying,confirmed,dispatched,acked,rectifying,submitted,recheck,filed,decided,no-penalty";

export class CaseOperator {
  readonly troubles = new Troubles();
  done = 0;
  /** Commands that the case did not allow then: a lawful answer. */
  refused = 0;
  closed = 0;
  /** Cases that were gone when somebody acted on them, since their alert was withdrawn. */
  withdrawn = 0;
  readonly #city: SoakedCity;
  /** Case -> the look from which on it is tried again. */
  readonly #resting = new Map<string, number>();
  #looks = 0;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(city: SoakedCity) {
    this.#city = city;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#look();
      } catch (error) {
        this.troubles.add(reasonOf(error));
      }
      await sleep(LOOKS_EVERY_MS);
    }
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const { status, body } = await this.#city.client.request("GET", `/v1/cases?state=${STATES}&limit=200`);
    if (status !== 200) throw new Error(`GET /v1/cases: ${status}`);
    const { items }: { items: CaseView[] } = JSON.parse(body);
    for (const [id, until] of this.#resting) if (until <= look) this.#resting.delete(id);
    const mine = items.filter((one) => !this.#resting.has(one.case) && nextAct(one) !== null);
    for (const one of mine.slice(0, ACTS_A_LOOK)) {
      if (this.#stopped) return;
      await this.#act(one, look);
    }
  }

  /** What went out early and is not confirmed goes at once as a case; its alert says so when the watermark has come by. */
  async #isWithdrawn({ alerts }: CaseView): Promise<boolean> {
    for (let left = WITHDRAWN_WITHIN_MS; left > 0; left -= LOOKS_EVERY_MS) {
      const reasons = await Promise.all(alerts.map((id) => this.#reasonOf(id)));
      if (reasons.every((reason) => reason === "withdrawn")) return true;
      await sleep(LOOKS_EVERY_MS);
    }
    return false;
  }

  async #reasonOf(alert: string): Promise<string | null> {
    const { status, body } = await this.#city.client.request(
      "GET",
      `/v1/alerts/${encodeURIComponent(alert)}`,
    );
    const told: { reason: string | null } = status === 200 ? JSON.parse(body) : { reason: null };
    return told.reason;
  }

  async #act(one: CaseView, look: number): Promise<void> {
    const act = nextAct(one);
    if (act === null) return;
    const command = {
      ...act,
      actor: `soak-${act.role.toLowerCase()}`,
      reason: "soak",
      evidence: [`photo-${one.case}`],
      ...(act.command === "recheck-pass" && { inspectors: ["soak-1", "soak-2"] }),
      ...(act.command === "decide" && { decision: { kind: "warning" } }),
    };
    const path = `/v1/cases/${encodeURIComponent(one.case)}/commands`;
    const { status, body } = await this.#city.client.request(
      "POST",
      path,
      JSON.stringify(command),
      JSON_TYPE,
    );
    if (status === 200) {
      this.done++;
      const { state }: CaseView = JSON.parse(body);
      if (state === "closed") this.closed++;
    } else if (status === 409) {
      this.refused++;
      this.#resting.set(one.case, look + RESTS_LOOKS);
    } else if (status === 404 && (await this.#isWithdrawn(one))) {
      this.withdrawn++;
    } else {
      this.troubles.add(`${act.command} by ${act.role}: ${status} ${body.slice(0, 200)}`);
      this.#resting.set(one.case, look + RESTS_LOOKS);
    }
  }
}
