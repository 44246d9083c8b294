/** Cursors of lists: opaque to callers, who hand back what they were given. */
import { Problem } from "./problem.ts";

export function encodeCursor(key: string | null): string | null {
  return key === null ? null : Buffer.from(key, "utf8").toString("base64url");
}

/** Throws a Problem (400) for what was never a cursor. */
export function decodeCursor(cursor: string | undefined): string | null {
  if (cursor === undefined || cursor === "") return null;
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (encodeCursor(key) !== cursor) {
    throw new Problem(400, "`cursor` is none of ours; expected the `next` of an earlier page");
  }
  return key;
}
