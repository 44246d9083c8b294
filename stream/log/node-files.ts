/** The real disk. */
import {
  closeSync,
  close as fsClose,
  fdatasync as fsDatasync,
  fsync as fsFsync,
  ftruncate as fsFtruncate,
  open as fsOpen,
  read as fsRead,
  fstatSync,
  write as fsWrite,
  openSync,
  readSync,
} from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { lockFile } from "./directory-lock.ts";
import type { FilePort, LogFile } from "./file-port.ts";
import { lockGround } from "./lock-ground.ts";

const open: (path: string, flags: string, mode: number) => Promise<number> = promisify(fsOpen);
const close = promisify(fsClose);
const datasync = promisify(fsDatasync);
const fsync = promisify(fsFsync);
const ftruncate = promisify(fsFtruncate);

/** A plain descriptor: `FileHandle` costs several times as much per call. */
class NodeFile implements LogFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async write(bytes: Uint8Array, offset: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) done += await this.#writeSome(bytes, done, offset + done);
  }

  #writeSome(bytes: Uint8Array, from: number, offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fsWrite(this.#descriptor, bytes, from, bytes.length - from, offset, (error, written) =>
        error === null ? resolve(written) : reject(error),
      );
    });
  }

  datasync(): Promise<void> {
    return datasync(this.#descriptor);
  }

  async read(target: Uint8Array, offset: number): Promise<number> {
    let done = 0;
    while (done < target.length) {
      const got = await this.#readSome(target, done, offset + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  }

  #readSome(target: Uint8Array, from: number, offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fsRead(this.#descriptor, target, from, target.length - from, offset, (error, got) =>
        error === null ? resolve(got) : reject(error),
      );
    });
  }

  readSync(target: Uint8Array, offset: number): number {
    let done = 0;
    while (done < target.length) {
      const got = readSync(this.#descriptor, target, done, target.length - done, offset + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  }

  truncate(bytes: number): Promise<void> {
    return ftruncate(this.#descriptor, bytes);
  }

  size(): number {
    return fstatSync(this.#descriptor).size;
  }

  close(): Promise<void> {
    return close(this.#descriptor);
  }

  closeSync(): void {
    closeSync(this.#descriptor);
  }
}

/** Read and write, create, never truncate: "a+" would append whatever the offset says, "r+" does not create. */
async function openOrCreate(path: string): Promise<number> {
  const created = await open(path, "a", 0o600);
  await close(created);
  return open(path, "r+", 0o600);
}

export const nodeFiles: FilePort = Object.freeze({
  async makeDirectory(directory: string) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  },
  async list(directory: string) {
    return (await readdir(directory)).sort();
  },
  async open(path: string) {
    return new NodeFile(await openOrCreate(path));
  },
  openRead(path: string) {
    return new NodeFile(openSync(path, "r"));
  },
  async remove(path: string) {
    await rm(path, { force: true });
  },
  rename,
  async syncDirectory(directory: string) {
    const descriptor = await open(directory, "r", 0);
    try {
      await fsync(descriptor);
    } finally {
      await close(descriptor);
    }
  },
  lock(path: string) {
    return lockFile(path, lockGround);
  },
});
