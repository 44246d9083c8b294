/** The processor on a data directory without the city around it: no clock, no ticks, nobody who speaks to it. */
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import { HistoryStore } from "../../stream/history/history-store.ts";
import { EventLog } from "../../stream/log/event-log.ts";
import type { FilePort } from "../../stream/log/file-port.ts";
import { SnapshotFiles } from "../../stream/log/snapshot-files.ts";
import { type Opened, openProcessor } from "../../stream/open-processor.ts";
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";

export interface OpenedLog extends Opened {
  readonly log: EventLog;
  close(): Promise<void>;
}

/** Opens what stands in `directory`, or begins there. */
export async function opened(city: City, files: FilePort, directory: string): Promise<OpenedLog> {
  const { log } = await EventLog.open({ directory: `${directory}/log`, files });
  const history = await HistoryStore.open({
    directory: `${directory}/history`,
    files,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: String(new ColumnsCodec(city).registryHash),
  });
  const snapshots = new SnapshotFiles(`${directory}/snapshots`, files);
  const parts = await openProcessor({ city, log, history, snapshots });
  const close = async () => {
    await history.close();
    await log.close();
  };
  return { ...parts, log, close };
}
