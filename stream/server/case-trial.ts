/** A running city with people of every role, for tests of what they may do with a case. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AccountRole, Area } from "../../twin/authority/principal.ts";
import type { CommandName, Role } from "../../twin/case.ts";
import { formatTime, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { CaseView, pageOf } from "./answers.ts";
import type { CaseCommand } from "./city-port.ts";
import { dutyTown } from "./duty-town.ts";
import { LiveTrial } from "./live-trial.ts";

const office = (name: string): Area => ({ kind: "office", office: name });
const banner = (name: string): Area => ({ kind: "banner", banner: name });
const kitchens = (...names: string[]): Area => ({ kind: "kitchens", kitchens: names });
const CITY: Area = { kind: "city" };

/** K-01 lies in office 150602-01; the second of each kind is a colleague, `far` ones have another area. */
export const PEOPLE = {
  "s-1": ["S", office("150602-01")],
  "s-2": ["S", office("150602-01")],
  "s-far": ["S", office("150602-02")],
  "q-1": ["Q", banner("150602")],
  "q-2": ["Q", banner("150602")],
  "q-far": ["Q", banner("150603")],
  "c-1": ["C", CITY],
  "b-1": ["B", kitchens("K-01")],
  "o-1": ["O", kitchens("K-01")],
  "o-far": ["O", kitchens("K-10")],
  "h-1": ["H", CITY],
  "pl-1": ["PL", CITY],
  "ops-1": ["OPS", CITY],
} as const satisfies Record<string, readonly [AccountRole & Role, Area]>;
export type Person = keyof typeof PEOPLE;

export const PHOTO = { sha256: "c".repeat(64), uri: "s3://evidence/7.jpg" };
const Refusal = Type.Object({
  detail: Type.String(),
  allowed: Type.Optional(Type.Array(Type.String())),
});
type More = Partial<Omit<CaseCommand, "command">>;

/** An answer to a command: the case as it then stands, or why not and what is. */
export interface Obeyed {
  readonly status: number;
  readonly view: CaseView | null;
  readonly refused: string | null;
  readonly allowed: readonly string[];
}

export class CaseTrial {
  readonly city: LiveTrial;
  #now: number;

  private constructor(city: LiveTrial, now: number) {
    this.city = city;
    this.#now = now;
  }

  /** `at` = `2026-11-02 09:00`, Asia/Shanghai. */
  static async open(at: string): Promise<CaseTrial> {
    const time = `${at.replace(" ", "T")}:00+08:00`;
    const city = await LiveTrial.open(dutyTown(), time);
    for (const [id, [role, area]] of Object.entries(PEOPLE)) await city.account(id, role, area);
    return new CaseTrial(city, parseTime(time));
  }

  get now(): string {
    return formatTime(this.#now);
  }

  /** Lets minutes pass. */
  async later(minutes: number): Promise<void> {
    this.#now += minutes * MINUTE_MS;
    await this.city.becomes(this.now);
  }

  /** Lets it become so late; `at` as in `open`. */
  async until(at: string): Promise<void> {
    await this.later((parseTime(`${at.replace(" ", "T")}:00+08:00`) - this.#now) / MINUTE_MS);
  }

  /** An accredited laboratory found K-01's food bad: a case of level L2, of L1 with a hazard, for people to verify. */
  async failedTest(report: string, hazard?: "pathogen"): Promise<string> {
    const data = { report, product: "tofu", accredited: true, passed: false, ...(hazard && { hazard }) };
    await this.city.says("warmcity.test.result", this.now, data, { source: "/labs/l-1", subject: "K-01" });
    return this.caseOf("D10", `report:${report}`);
  }

  /** A camera saw somebody smoke: L3, a lead. */
  async smoke(): Promise<string> {
    for (const second of [0, 20]) {
      this.#now += second * 1_000;
      await this.city.says(
        "warmcity.detection",
        this.now,
        { class: "smoking", confidence: 0.95, box: [0, 0, 1, 1], zone: "cooking", model: "m-1" },
        { source: "/devices/K-01/cam-1", subject: "K-01" },
      );
    }
    return this.caseOf("P02", "zone:K-01/cooking");
  }

  /** Training is overdue: L4, sent out unreviewed when the city opens. */
  reminder(): Promise<string> {
    return this.caseOf("D06", "staff:K-01/s-2");
  }

  async caseOf(code: string, asset: string): Promise<string> {
    const page = Value.Decode(pageOf(CaseView), (await this.city.ask("admin", "/v1/cases?limit=200")).body);
    const found = page.items.find((one) => one.code === code && one.asset === asset);
    if (found === undefined) throw new Error(`No case ${code} of ${asset}`);
    return found.case;
  }

  async view(id: string, who: Person | "admin" = "admin"): Promise<CaseView> {
    return Value.Decode(CaseView, (await this.city.ask(who, `/v1/cases/${id}`)).body);
  }

  /** Somebody commands in his own role, unless `more` names another. */
  async act(who: Person, id: string, command: CommandName, more: More = {}): Promise<Obeyed> {
    const body = { command, role: PEOPLE[who][0], reason: `${command} of ${who}`, ...more };
    const { status, body: said } = await this.city.post(who, `/v1/cases/${id}/commands`, body);
    if (status === 200) return { status, view: Value.Decode(CaseView, said), refused: null, allowed: [] };
    const { detail, allowed = [] } = Value.Decode(Refusal, said);
    return { status, view: null, refused: detail, allowed };
  }

  /** Steps that must be taken, one after the other; the state that each leads to. */
  async walk(id: string, ...steps: readonly (readonly [Person, CommandName, More?])[]): Promise<string[]> {
    const states: string[] = [];
    for (const [who, command, more] of steps) {
      const { status, view, refused } = await this.act(who, id, command, more);
      if (view === null) throw new Error(`${who} may not ${command}: ${status} ${refused}`);
      states.push(view.state);
    }
    return states;
  }

  /** Whom a case was told, `role channel` of each, in order. */
  told(id: string): string[] {
    return this.city.outputs.flatMap((output) =>
      output.type === "warmcity.notification.requested" && output.data.case === id
        ? [`${output.data.to} ${output.data.channel}`]
        : [],
    );
  }

  close(): Promise<void> {
    return this.city.close();
  }
}
