/**
 * The file calls that the log needs, so that tests can put a disk under it that fills up, tears writes and loses power
 * (`faulty-files.ts`). The real disk is `node-files.ts`. Failures are system errors with a `code` ("ENOSPC").
 */

import type { DirectoryLock } from "./directory-lock.ts";

export interface LogFile {
  /** Writes all of `bytes` at `offset`, or throws; after a throw any part of them may stand there. */
  write(bytes: Uint8Array, offset: number): Promise<void>;
  /** Resolves when all written before, and the size, outlive a loss of power. */
  datasync(): Promise<void>;
  /** Fills `target` from `offset`; fewer bytes only at the end of the file. */
  read(target: Uint8Array, offset: number): Promise<number>;
  readSync(target: Uint8Array, offset: number): number;
  truncate(bytes: number): Promise<void>;
  size(): number;
  close(): Promise<void>;
  closeSync(): void;
}

export interface FilePort {
  makeDirectory(directory: string): Promise<void>;
  /** Names in it, in code unit order. */
  list(directory: string): Promise<string[]>;
  /** Reads and writes; creates the file where there is none. */
  open(path: string): Promise<LogFile>;
  /** Reads only; the file must be there. */
  openRead(path: string): LogFile;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Makes creations, renames and removals in it outlive a loss of power. */
  syncDirectory(directory: string): Promise<void>;
  /** Keeps other processes out until it is released or this process ends. Throws a `LogError` "locked" that names the holder. */
  lock(path: string): Promise<DirectoryLock>;
}

/**
 * Replaces a small file so that at any moment either the old or the new text stands there. Two processes that may do so at
 * the same time need drafts of different names.
 */
export async function replaceText(
  files: FilePort,
  directory: string,
  name: string,
  text: string,
  draftName = `${name}.draft`,
): Promise<void> {
  const draft = `${directory}/${draftName}`;
  const file = await files.open(draft);
  try {
    await file.truncate(0);
    await file.write(new TextEncoder().encode(text), 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await files.rename(draft, `${directory}/${name}`);
  await files.syncDirectory(directory);
}

/** The text of a small file; `null` when there is none. */
export async function readText(files: FilePort, directory: string, name: string): Promise<string | null> {
  if (!(await files.list(directory)).includes(name)) return null;
  const file = files.openRead(`${directory}/${name}`);
  try {
    const bytes = new Uint8Array(file.size());
    return new TextDecoder().decode(bytes.subarray(0, await file.read(bytes, 0)));
  } finally {
    file.closeSync();
  }
}
