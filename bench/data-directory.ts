/** A processor on a data directory, put together as the running city does it. */
import { join } from "node:path";
import { ColumnsCodec } from "../stream/door/columns-binary.ts";
import { HistoryStore } from "../stream/history/history-store.ts";
import { EventLog } from "../stream/log/event-log.ts";
import { nodeFiles } from "../stream/log/node-files.ts";
import { SnapshotFiles } from "../stream/log/snapshot-files.ts";
import { LOG_FOLDER } from "../stream/log/verify-command.ts";
import { type Opened, openProcessor } from "../stream/open-processor.ts";
import type { City } from "../twin/city/city.ts";
import { deviceKind } from "../twin/devices/catalogue.ts";

export async function openHistory(city: City, directory: string): Promise<HistoryStore> {
  return HistoryStore.open({
    directory,
    files: nodeFiles,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: String(new ColumnsCodec(city).registryHash),
  });
}

/** Opens the directory, lets `use` work with it, and closes it without a snapshot: as a crash leaves it. */
export async function onDataDirectory<T>(
  city: City,
  directory: string,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { log } = await EventLog.open({ directory: join(directory, LOG_FOLDER), files: nodeFiles });
  const history = await openHistory(city, join(directory, "history"));
  const snapshots = new SnapshotFiles(join(directory, "snapshots"), nodeFiles);
  try {
    return await use(await openProcessor({ city, log, history, snapshots }));
  } finally {
    await history.close();
    await log.close();
  }
}
