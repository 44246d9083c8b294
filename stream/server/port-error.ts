/** How the city says that it cannot answer; the server knows the HTTP status of each kind. */
export type PortErrorKind =
  /** Nothing could be made durable or read just now: disk full, log closed. Try again later. */
  | "unavailable"
  /** The question lies outside of what is kept: a time before the log, a cursor that no longer exists. */
  | "out-of-range";

export class PortError extends Error {
  readonly kind: PortErrorKind;

  constructor(kind: PortErrorKind, message: string) {
    super(message);
    this.name = "PortError";
    this.kind = kind;
  }
}
