/** Appends records that hold their own position, and prints how many are acknowledged, until it is killed. */
import { EventLog } from "./event-log.ts";
import { nodeFiles } from "./node-files.ts";

const { log } = await EventLog.open({
  directory: process.argv[2],
  files: nodeFiles,
  segmentBytes: 256 * 1024,
});
for (let batch = 1; ; batch++) {
  for (let i = 0; i < (batch * 7) % 40; i++) {
    const bytes = new Uint8Array(4 + ((batch * 31 + i) % 900));
    new DataView(bytes.buffer).setUint32(0, log.next, true);
    log.append(1, bytes);
  }
  await log.commit();
  process.stdout.write(`${log.durable}\n`);
}
