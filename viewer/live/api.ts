/** Requests to the server the page came from; errors are problem documents (RFC 9457) with status and reason. */
import type {
  Alert,
  CaseBrief,
  KitchenDetail,
  KitchenHistory,
  KitchenPositions,
  Page,
} from "./wire-types.ts";

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    credentials: "same-origin",
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new ApiError(response.status, await reasonOf(response));
  const body: T = await response.json();
  return body;
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.headers.get("content-type")?.includes("json")) return response.statusText;
  const problem: { title?: string; detail?: string } = JSON.parse(text);
  return [problem.title, problem.detail].filter(Boolean).join(": ");
}

export function getPositions(): Promise<KitchenPositions> {
  return get("/v1/kitchens/positions");
}

export function getKitchen(id: string, signal?: AbortSignal): Promise<KitchenDetail> {
  return get(`/v1/kitchens/${encodeURIComponent(id)}`, signal);
}

/** Times in ms since epoch. */
export function getHistory(
  kitchen: string,
  query: { device: string; from: number; to: number; stepMs: number },
  signal?: AbortSignal,
): Promise<KitchenHistory> {
  const parameters = new URLSearchParams({
    device: query.device,
    from: new Date(query.from).toISOString(),
    to: new Date(query.to).toISOString(),
    stepMs: String(query.stepMs),
  });
  return get(`/v1/kitchens/${encodeURIComponent(kitchen)}/history?${parameters}`, signal);
}

export function getFiringAlerts(cursor: string | null): Promise<Page<Alert>> {
  const parameters = new URLSearchParams({ state: "firing", ...(cursor === null ? {} : { cursor }) });
  return get(`/v1/alerts?${parameters}`);
}

export function getCase(id: string): Promise<CaseBrief> {
  return get(`/v1/cases/${encodeURIComponent(id)}`);
}

/** Kitchens whose name, code or id holds the text. */
export function findKitchens(text: string): Promise<Page<{ readonly id: string; readonly code: string }>> {
  return get(`/v1/kitchens?${new URLSearchParams({ q: text })}`);
}

/** Throws an `ApiError` 401 for a token that the server does not know. */
export async function signIn(token: string): Promise<void> {
  const response = await fetch("/v1/session", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw new ApiError(response.status, await reasonOf(response));
}

/** A link of the form `/#token=…` signs in, and leaves no token in the address or the history. */
export async function signInFromAddress(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  await signIn(token);
}
