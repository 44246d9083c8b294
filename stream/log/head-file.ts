/**
 * `head.json`: how far the log had come when it was last closed or began a new segment. A log that ends before its head has lost
 * what was durable; the end of the log alone could not tell that from a torn last block.
 */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { type FilePort, readText, replaceText } from "./file-port.ts";
import { LogError } from "./log-error.ts";

export const HEAD_NAME = "head.json";

const Head = Type.Object({
  /** Position after the last record. */
  position: Type.Integer({ minimum: 0 }),
  /** SHA-256 of the block that ends there, hex. */
  sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});

export interface Head {
  readonly position: number;
  readonly sha256: string;
}

/** `token`: that of the lock. */
export async function writeHead(
  files: FilePort,
  directory: string,
  head: Head,
  token: string,
): Promise<void> {
  await replaceText(files, directory, HEAD_NAME, `${JSON.stringify(head)}\n`, `${HEAD_NAME}.${token}.draft`);
}

/** `null` when there is none yet. Throws a `LogError` "damaged" when it cannot be read. */
export async function readHead(files: FilePort, directory: string): Promise<Head | null> {
  const text = await readText(files, directory, HEAD_NAME);
  if (text === null) return null;
  const head = parse(text);
  if (!Value.Check(Head, head)) {
    const reason = 'Expected { "position": whole number, "sha256": 64 hex digits }';
    throw new LogError("damaged", { pointer: `/${HEAD_NAME}`, reason });
  }
  return head;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
