/** Why the log refused or failed. */
import type { Fault } from "../../twin/kernel/fault.ts";

/**
 * `full`: no room (ENOSPC, EDQUOT, EFBIG) · `read-only`: may not be written (EROFS, EACCES, EPERM) · `io`: the disk or the system
 * failed · `damaged`: what was written is not what is read · `locked`: another process has the log · `closed`: used after `close()`.
 */
export type LogErrorCode = "full" | "read-only" | "io" | "damaged" | "locked" | "closed";

export class LogError extends Error {
  override readonly name = "LogError";
  readonly code: LogErrorCode;
  /** `pointer` is `/<file>` or `/<segment file>/<byte offset>` in the log's directory. */
  readonly fault: Fault;
  /** The same call may succeed later, after `recover()`, when there is room or the disk is writable again. */
  readonly retryable: boolean;

  constructor(code: LogErrorCode, fault: Fault, cause?: unknown) {
    super(`Log ${code} at ${fault.pointer === "" ? "/" : fault.pointer}: ${fault.reason}`, { cause });
    this.code = code;
    this.fault = fault;
    this.retryable = code === "full" || code === "read-only" || code === "io";
  }
}

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM"]);

/** What a failed file call means for the log; a `LogError` stays itself. */
export function logError(cause: unknown, pointer: string, action: string): LogError {
  if (cause instanceof LogError) return cause;
  const errno = systemCode(cause);
  const code: LogErrorCode = FULL.has(errno) ? "full" : READ_ONLY.has(errno) ? "read-only" : "io";
  const said = cause instanceof Error ? cause.message : String(cause);
  return new LogError(code, { pointer, reason: `Cannot ${action}: ${said}` }, cause);
}

/** Whether another process has the log: this one may say nothing any more. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof LogError && error.code === "locked";
}

/** The `code` of a system error ("ENOSPC"), else "". */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

export function damage(segment: string, offset: number, reason: string): LogError {
  return new LogError("damaged", { pointer: `/${segment}/${offset}`, reason });
}
