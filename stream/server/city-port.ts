/**
 * What the server needs of the running twin, and nothing else: the routes, MQTT and the feeds speak to the city only
 * through this. Times are event times in ms since epoch unless they are texts in an answer.
 */

import type { Principal } from "../../twin/authority/principal.ts";
import type { City } from "../../twin/city/city.ts";
import type { InputData } from "../../twin/events/catalogue.ts";
import type { Intake } from "../door/admission.ts";
import type { Output } from "../output.ts";
import type { DutyDesk } from "../projections/duties/duty-desk.ts";
import type { CityTotals } from "../wire.ts";
import type {
  Balance,
  CaseView,
  CityView,
  DeadLetter,
  IndexView,
  KitchenSummary,
  KitchenView,
  ListView,
  PlacedAlert,
  PublicKitchen,
  Series,
  TraceView,
} from "./answers.ts";
import type { WarningView } from "./city-duty-answers.ts";

/** A part of a list. `next` is the key after which the next part begins; the server wraps it into an opaque cursor. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export interface PageQuery {
  /** The `next` of the page before; `null` = the first page. */
  readonly after: string | null;
  readonly limit: number;
}

export interface KitchenFilter {
  /** Who asks: nothing outside its area and business is answered. */
  readonly principal: Principal;
  readonly banners: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly colors: readonly string[] | null;
  /** Text that name, id, code or address contain. */
  readonly text: string | null;
  /** West, south, east, north in degrees (WGS84). */
  readonly box: readonly [number, number, number, number] | null;
}

export interface AlertFilter {
  readonly principal: Principal;
  readonly states: readonly string[] | null;
  readonly levels: readonly string[] | null;
  readonly codes: readonly string[] | null;
  readonly kitchen: string | null;
  readonly banners: readonly string[] | null;
  /** Raised, or raised in level, at or after this time. */
  readonly since: number | null;
}

export interface CaseFilter {
  readonly principal: Principal;
  readonly states: readonly string[] | null;
  readonly levels: readonly string[] | null;
  readonly kitchen: string | null;
}

export interface HistoryQuery {
  /** Index of the kitchen. */
  readonly kitchen: number;
  /** Ordinal of the device; `null` = all of the kitchen's devices that measure. */
  readonly device: number | null;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly stepMs: number;
}

export interface TraceQuery {
  readonly lot: string;
  /** `null` = lots of this name of whatever product. */
  readonly product: string | null;
}

/** An output of the twin that is durable. Positions rise and are unique: they are the ids of the live stream. */
export interface PlacedOutput {
  readonly position: number;
  readonly output: Output;
  /** The CloudEvent as it stands on the log. */
  readonly json: string;
}

/** The newest states of all kitchens, in registry order. The arrays are live: read them at once, do not keep them. */
export interface KitchenStates {
  readonly time: number;
  readonly position: number;
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
}

export type CaseCommand = Omit<InputData<"warmcity.case.command">, "case">;
export type ListCommandBody = Omit<InputData<"warmcity.list.command">, "list">;
export type ListCommandResult =
  | { readonly done: true; readonly list: ListView }
  | { readonly done: false; readonly reason: string; readonly allowed: readonly string[] };

export type CommandResult =
  | { readonly done: true; readonly case: CaseView }
  | { readonly done: false; readonly reason: string; readonly allowed: readonly string[] };

export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly samples: readonly {
    readonly labels?: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

export interface Health {
  readonly ready: boolean;
  /** Why it is not ready, in plain words; empty if it is. */
  readonly reasons: readonly string[];
}

/** Any method may throw or reject with a `PortError` (see there for what each kind means). */
export interface CityPort {
  readonly city: City;

  /** Takes what the door sorted; resolves only when all that was admitted, and all dead letters, are durable. */
  ingest(intake: Intake): Promise<{ readonly accepted: number; readonly duplicates: number }>;
  /** Decides a command; resolves when it is durable and folded. `null` = no such case. */
  command(id: string, command: CaseCommand, principal: Principal): Promise<CommandResult | null>;

  /** Newest totals of what the principal sees, for the live feed. */
  totals(principal: Principal): CityTotals;
  /** Totals now (`at` null) or at an earlier event time. */
  cityView(at: number | null, principal: Principal): Promise<CityView>;
  /** In registry order. */
  kitchens(filter: KitchenFilter, page: PageQuery): Promise<Page<KitchenSummary>>;
  /** With those of its alerts and cases that the principal sees. */
  kitchen(index: number, at: number | null, principal: Principal): Promise<KitchenView>;
  publicKitchen(index: number): Promise<PublicKitchen>;
  history(query: HistoryQuery): Promise<readonly Series[]>;

  /** Newest first. */
  alerts(filter: AlertFilter, page: PageQuery): Promise<Page<PlacedAlert>>;
  alert(id: string): Promise<PlacedAlert | null>;
  /** Newest first; each with what the principal may command now. */
  cases(filter: CaseFilter, page: PageQuery): Promise<Page<CaseView>>;
  /** With what the principal may command now. */
  case(id: string, principal: Principal): Promise<CaseView | null>;
  /** The way of a lot; `null` = nobody knows it, or it is none of the asker's business. */
  trace(query: TraceQuery, principal: Principal): Promise<TraceView | null>;
  /** The index of a kitchen as of its last evaluation, and its risk. */
  index(kitchen: number): Promise<IndexView>;
  /** The lists of a colour and month (`null` = the newest) that the principal sees; `null` = what the public sees. */
  lists(colour: string, month: string | null, principal: Principal | null): Promise<readonly ListView[]>;
  /** Decides a command on a list; resolves when it is durable and folded. `null` = no such list. */
  commandList(id: string, command: ListCommandBody, principal: Principal): Promise<ListCommandResult | null>;

  /** What people owe and have done. */
  readonly duties: DutyDesk;
  /** Puts duties of one kind on the log, as `/systems/plan`; resolves when they are durable. */
  plan(
    kind: InputData<"warmcity.duty.planned">["kind"],
    duties: readonly { readonly duty: string; readonly kitchen: string }[],
    common: { readonly due: string; readonly assignee: string; readonly actor: string },
  ): Promise<void>;

  /** Decides a step of a warning; a sentence = why it cannot be done now. */
  commandWarning(
    command: InputData<"warmcity.warning.command">,
    principal: Principal,
  ): Promise<WarningView | string>;

  /** Newest first. */
  deadLetters(page: PageQuery): Promise<Page<DeadLetter>>;
  balance(): Balance;

  /** Position of the newest durable output; -1 if there is none. */
  newestOutput(): number;
  /** Durable outputs behind a position, in order, at most `limit`; empty if there are none yet. */
  outputsAfter(position: number, limit: number): Promise<readonly PlacedOutput[]>;
  /** Hears every output once it is durable, in order. Returns how to stop. */
  onOutputs(listener: (outputs: readonly PlacedOutput[]) => void): () => void;

  kitchenStates(): KitchenStates;
  /** Hears which kitchens (registry indices) changed in state or flags. Returns how to stop. */
  onStates(listener: (changed: readonly number[] | Uint16Array) => void): () => void;

  metrics(): readonly MetricFamily[];
  health(): Health;
}
