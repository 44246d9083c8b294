import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEventLog } from "./event-log.contract.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { nodeFiles } from "./node-files.ts";

describeEventLog("a real disk", async () => {
  const directory = await mkdtemp(join(tmpdir(), "warm-city-log-"));
  const cleanUp = () => rm(directory, { recursive: true, force: true });
  return { files: nodeFiles, directory, cleanUp };
});

describeEventLog("a disk in memory", async () => ({
  files: new FaultyFiles(),
  directory: "log",
  cleanUp: async () => undefined,
}));
