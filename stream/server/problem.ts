/** Errors as `application/problem+json` (RFC 9457). */
import { STATUS_CODES } from "node:http";
import { LogError } from "../log/log-error.ts";
import { PortError, type PortErrorKind } from "./port-error.ts";

export const PROBLEM_TYPE = "application/problem+json";

/** Thrown by routes; becomes the answer. */
export class Problem extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: { members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.members = more.members ?? {};
    this.headers = more.headers ?? {};
  }

  /** The document; `instance` = the path that was asked for. */
  document(instance: string): Record<string, unknown> {
    const title = STATUS_CODES[this.status] ?? "Error";
    return {
      type: "about:blank",
      title,
      status: this.status,
      detail: this.message,
      instance,
      ...this.members,
    };
  }
}

const STATUS: Readonly<Record<PortErrorKind, number>> = {
  unavailable: 503,
  "out-of-range": 404,
};

/** Any error as a problem. What is not meant for callers is told to `report` and answered without its words. */
export function problemOf(error: unknown, report: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof PortError) {
    const headers: Record<string, string> = error.kind === "unavailable" ? { "retry-after": "2" } : {};
    return new Problem(STATUS[error.kind], error.message, { headers });
  }
  if (error instanceof LogError) {
    report(error);
    const detail = `Nothing was accepted: the log cannot be written (${error.code}). Try again later.`;
    return new Problem(503, detail, { headers: { "retry-after": "5" } });
  }
  const status = httpStatus(error);
  if (status !== null && error instanceof Error) return new Problem(status, error.message);
  report(error);
  return new Problem(500, "Something went wrong here; it has been noted.");
}

/** The status that the HTTP framework gave a fault of the caller; `null` if it is none. */
function httpStatus(error: unknown): number | null {
  if (typeof error !== "object" || error === null) return null;
  const status: unknown = Reflect.get(error, "statusCode");
  return typeof status === "number" && status >= 400 && status < 500 ? status : null;
}
