/** Requests to the server the page came from; errors are problem documents (RFC 9457) with status and reason. */
import type {
  Alert,
  CaseOrder,
  CaseState,
  CaseView,
  KitchenDetail,
  KitchenHistory,
  KitchenIndex,
  KitchenPositions,
  ListOrder,
  MonthlyList,
  Notice,
  Page,
  Session,
} from "./wire-types.ts";

export class ApiError extends Error {
  readonly status: number;
  /** Of a refused command: what is allowed instead. */
  readonly allowed: readonly string[];

  constructor(status: number, message: string, allowed: readonly string[] = []) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.allowed = allowed;
  }
}

/** Dispatched on `window` when the server does not know us any more. */
export const SIGNED_OUT = "warmcity-signed-out";

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init);
  if (response.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
  if (!response.ok) throw await errorOf(response);
  const body: T = await response.json();
  return body;
}

function send(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, { headers: { accept: "application/json" }, credentials: "same-origin", ...init });
}

function posted(body: object): RequestInit {
  return {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  if (!response.headers.get("content-type")?.includes("json"))
    return new ApiError(response.status, response.statusText);
  const problem: { title?: string; detail?: string; allowed?: readonly string[] } = JSON.parse(text);
  return new ApiError(response.status, problem.detail ?? problem.title ?? "", problem.allowed);
}

/** Who we are. */
export function getSession(): Promise<Session> {
  return ask("/v1/session");
}

export function getPositions(): Promise<KitchenPositions> {
  return ask("/v1/kitchens/positions");
}

export function getKitchen(id: string): Promise<KitchenDetail> {
  return ask(`/v1/kitchens/${encodeURIComponent(id)}`);
}

export function getIndex(kitchen: string): Promise<KitchenIndex> {
  return ask(`/v1/index/${encodeURIComponent(kitchen)}`);
}

/** Times in ms since epoch. */
export function getHistory(
  kitchen: string,
  query: { device: string; from: number; to: number; stepMs: number },
): Promise<KitchenHistory> {
  const parameters = new URLSearchParams({
    device: query.device,
    from: new Date(query.from).toISOString(),
    to: new Date(query.to).toISOString(),
    stepMs: String(query.stepMs),
  });
  return ask(`/v1/kitchens/${encodeURIComponent(kitchen)}/history?${parameters}`);
}

export function getFiringAlerts(cursor: string | null): Promise<Page<Alert>> {
  const parameters = new URLSearchParams({
    state: "firing",
    limit: "500",
    ...(cursor === null ? {} : { cursor }),
  });
  return ask(`/v1/alerts?${parameters}`);
}

/** Of the docket, those in one of these states. */
export function getCases(states: readonly CaseState[], cursor: string | null): Promise<Page<CaseView>> {
  const parameters = new URLSearchParams({
    state: states.join(","),
    limit: "1000",
    ...(cursor === null ? {} : { cursor }),
  });
  return ask(`/v1/cases?${parameters}`);
}

/** Every case of a kitchen that we see. */
export function getCasesOf(kitchen: string): Promise<Page<CaseView>> {
  return ask(`/v1/cases?${new URLSearchParams({ kitchen, limit: "1000" })}`);
}

/** One alert with its evidence, open or not. */
export function getAlert(id: string): Promise<Alert> {
  return ask(`/v1/alerts/${encodeURIComponent(id)}`);
}

/** The newest lists of a colour, one a banner. */
export function getLists(colour: "red" | "black"): Promise<{ readonly items: readonly MonthlyList[] }> {
  return ask(`/v1/lists/${colour}`);
}

/** The list as it stands after the command. A refusal is an `ApiError` 409 with what is allowed. */
export function commandList(list: string, order: ListOrder): Promise<MonthlyList> {
  return ask(`/v1/lists/${encodeURIComponent(list)}/commands`, posted(order));
}

export function getCase(id: string): Promise<CaseView> {
  return ask(`/v1/cases/${encodeURIComponent(id)}`);
}

/** The case as it stands after the command. A refusal is an `ApiError` 409 with what is allowed. */
export function commandCase(id: string, order: CaseOrder): Promise<CaseView> {
  return ask(`/v1/cases/${encodeURIComponent(id)}/commands`, posted(order));
}

/** Newest first. */
export function getNotices(ofCase: string): Promise<Page<Notice>> {
  return ask(`/v1/notifications?${new URLSearchParams({ case: ofCase })}`);
}

/** Kitchens whose name, code or id holds the text. */
export function findKitchens(text: string): Promise<Page<{ readonly id: string; readonly code: string }>> {
  return ask(`/v1/kitchens?${new URLSearchParams({ q: text })}`);
}

/** Throws an `ApiError` 401 for a token that the server does not know. */
export async function signIn(token: string): Promise<void> {
  const response = await send("/v1/session", posted({ token }));
  if (!response.ok) throw await errorOf(response);
}

export async function signOut(): Promise<void> {
  const response = await send("/v1/session", { method: "DELETE" });
  if (!response.ok) throw await errorOf(response);
}

/** A link of the form `/#token=…` signs in, and leaves no token in the address or the history. */
export async function signInFromAddress(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  await signIn(token);
}
