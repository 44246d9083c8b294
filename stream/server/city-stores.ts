/** What a city keeps beside its log, all of it made from the log: measurements, what was shown, whole states. */
import { join } from "node:path";
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import { ColumnsCodec } from "../door/columns-binary.ts";
import { HistoryStore } from "../history/history-store.ts";
import { PastStore } from "../history/past-store.ts";
import type { EventLog } from "../log/event-log.ts";
import type { FilePort } from "../log/file-port.ts";
import { ARCHIVE_FOLDER, SnapshotArchive } from "../log/snapshot-archive.ts";

/** Opens them in a data directory; they belong to `log` until they are closed, before it. */
export async function openStores(
  log: EventLog,
  options: {
    readonly city: City;
    readonly directory: string;
    readonly files: FilePort;
    readonly keepDays?: number | null;
    readonly report: (line: string) => void;
  },
): Promise<{ readonly history: HistoryStore; readonly past: PastStore }> {
  const { city, directory, files, keepDays = null, report } = options;
  const { registryHash } = new ColumnsCodec(city);
  const history = await HistoryStore.open({
    directory: join(directory, "history"),
    files,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: String(registryHash),
  });
  const past = await PastStore.open({
    ...{ city, files, report, keepDays },
    directory: join(directory, "past"),
    registry: registryHash,
    archive: new SnapshotArchive(join(directory, ARCHIVE_FOLDER), files),
    commit: () => log.commit(),
  });
  return { history, past };
}
