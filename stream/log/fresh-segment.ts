/**
 * What a log's new writer does when the one before may still be at work: it goes on in a copy of the last segment under the
 * same name, so that whatever the other one still writes, cuts or makes durable lands in a file that nobody reads. With the
 * look at the lock before every acknowledgement (`LogTail`), nothing that the other one acknowledged is missing in the copy,
 * and nothing that is missing in it is acknowledged.
 */
import type { FilePort } from "./file-port.ts";
import { segmentsAmong } from "./segment.ts";

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Half a copy or head, and a dead holder's lock on its way out. */
const LEFT_OVER = /\.draft$|^lock\.\w+$/;

/** Removes what processes left that were cut off; with the lock held. */
export async function clearLeftOvers(files: FilePort, directory: string): Promise<void> {
  for (const name of await files.list(directory))
    if (LEFT_OVER.test(name)) await files.remove(`${directory}/${name}`);
}

/** To be called with the lock held, before the end of the log is looked for. `token`: that of the lock. */
export async function freshenLastSegment(files: FilePort, directory: string, token: string): Promise<void> {
  const names = await files.list(directory);
  // An empty one may have been begun and given up; the one before it is then written to.
  for (const { name } of segmentsAmong(names).reverse()) {
    if ((await freshen(files, directory, name, token)) > 0) break;
  }
  await files.syncDirectory(directory);
}

/** Returns the bytes of the copy. */
async function freshen(files: FilePort, directory: string, name: string, token: string): Promise<number> {
  const draft = `${directory}/${name}.${token}.draft`;
  const from = files.openRead(`${directory}/${name}`);
  try {
    const to = await files.open(draft);
    try {
      let bytes = 0;
      for (const chunk = new Uint8Array(CHUNK_BYTES); ; ) {
        const got = await from.read(chunk, bytes);
        if (got > 0) await to.write(chunk.subarray(0, got), bytes);
        bytes += got;
        if (got < chunk.length) break;
      }
      await to.datasync();
      await files.rename(draft, `${directory}/${name}`);
      return bytes;
    } finally {
      await to.close();
    }
  } finally {
    from.closeSync();
  }
}
