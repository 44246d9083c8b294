/** A city put together: the processor, the port that routes read, and the outlets, on one disk and one clock. */
import { join } from "node:path";
import { tap } from "rxjs";
import type { City } from "../../twin/city/city.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import type { LogOptions } from "../log/event-log.ts";
import type { FilePort } from "../log/file-port.ts";
import { OutputFiles } from "../outlets/output-files.ts";
import type { SimulatorSource } from "../sources/simulator.ts";
import type { HostTimers } from "./host-timers.ts";
import { LiveCity } from "./live-city.ts";
import { LivePort } from "./live-port.ts";

export interface CityAssembly {
  readonly city: City;
  /** `null` = no simulator. */
  readonly source: SimulatorSource | null;
  readonly policies: PolicyBook;
  readonly speed: number;
  readonly keepDays: number | null;
  /** The data directory. */
  readonly directory: string;
  readonly files: FilePort;
  /** Wall clock, ms since epoch. */
  readonly clock: () => number;
  readonly timers: HostTimers;
  /** Default: the log's own. */
  readonly logLimits?: Pick<LogOptions, "segmentBytes" | "batchBytes">;
  readonly report: (line: string) => void;
}

/** Nothing runs yet: `live.start()` opens the directory. The outlets are the feeds and read models, and the files. */
export function assembleCity(parts: CityAssembly): { live: LiveCity; port: LivePort; outputs: OutputFiles } {
  const { source, speed, directory, files, ...rest } = parts;
  const live: LiveCity = new LiveCity({
    ...rest,
    directory,
    files,
    simulator: source === null ? null : { source, speed },
    outlets: [
      (published) => published.pipe(tap((some) => port.hear(some))),
      (published) => published.pipe(tap((some) => outputs.hear(some))),
    ],
    onOpened: () => port.seed(),
  });
  const port = new LivePort(parts.city, live);
  const outputs = new OutputFiles(join(directory, "outputs"), files, () => live.processor.log);
  return { live, port, outputs };
}
