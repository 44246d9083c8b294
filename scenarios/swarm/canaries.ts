/**
 * Programs with a fault planted in them: whoever trusts the swarm must see it catch each of these. They are planted in the
 * ports that a process gets; the program itself has no switch for them.
 */
import type { FilePort, LogFile } from "../../stream/log/file-port.ts";
import type { Notice } from "../../stream/notify/notice.ts";
import { NoticeJournal } from "../../stream/notify/notice-journal.ts";
import type { FaultKind } from "./fault-plan.ts";
import type { Plants } from "./swarm-trial.ts";

export interface Canary {
  readonly name: string;
  readonly plants: Plants;
  /** The faults that its plans are made of. */
  readonly kinds: readonly FaultKind[];
  /** What must be said of it. */
  readonly caughtBy: RegExp;
}

/** A disk of which every file is wrapped. */
function withFiles(wrap: (file: LogFile, path: string) => LogFile): (files: FilePort) => FilePort {
  return (files) => ({ ...files, open: async (path) => wrap(await files.open(path), path) });
}

/** A disk whose syncs say that they are done, and have not begun. */
const acknowledgesBeforeSync = withFiles((file) => ({ ...file, datasync: () => Promise.resolve() }));

const HEADER_BYTES = 512;

/** A log of which a block's data are made durable before its header is written. */
const syncsDataBeforeHeader = withFiles((file, path) => {
  if (!path.endsWith(".segment")) return file;
  let header: { readonly bytes: Uint8Array; readonly offset: number } | null = null;
  return {
    ...file,
    async write(bytes, offset) {
      header = { bytes: bytes.slice(0, HEADER_BYTES), offset };
      await file.write(bytes.subarray(HEADER_BYTES), offset + HEADER_BYTES);
    },
    async datasync() {
      await file.datasync();
      if (header !== null) await file.write(header.bytes, header.offset);
      header = null;
    },
  };
});

/** A lock that never finds out that another has it. */
function withoutFence(files: FilePort): FilePort {
  return { ...files, lock: async (path) => ({ ...(await files.lock(path)), isHeld: () => true }) };
}

/** An outbox that begins anew at each start, and does not know what it has told. */
class ForgetfulJournal extends NoticeJournal {
  override get position(): number {
    return -1;
  }

  override get(_notification: string): Notice | undefined {
    return undefined;
  }
}

export const CANARIES: readonly Canary[] = [
  {
    name: "a lost acknowledgement: acknowledged before it is synced",
    plants: { files: acknowledgesBeforeSync },
    kinds: ["crash"],
    caughtBy: /acknowledged and lost|damaged/i,
  },
  {
    name: "a double alert: the stream resumes one position too early",
    plants: { readersGoBack: 1 },
    kinds: ["cut-reader", "crash"],
    caughtBy: /a reader of the alert stream got \S+ twice/,
  },
  {
    name: "a double notification: the outbox does not know how far it was",
    plants: { journal: ForgetfulJournal },
    kinds: ["restart", "crash"],
    caughtBy: /told notification \S+ again/,
  },
  {
    name: "a reordered sync: data before their header",
    plants: { files: syncsDataBeforeHeader },
    kinds: ["crash"],
    caughtBy: /acknowledged and lost|damaged/i,
  },
  {
    name: "a missing fence: two processes write one log",
    plants: { files: withoutFence },
    kinds: ["second-process", "bad-network"],
    caughtBy: /acknowledged and lost|damaged|hash chain|come to rest/i,
  },
];
