/**
 * Loaded before a program under test (`--import`): its wall clock stands still where the test has put it, with the
 * environment variable STEERED_CLOCK at first and by messages `{ now }` (ms since epoch) later; each is answered alike.
 * With STEERED_CLOCK "null" the clock is the machine's.
 */
let now = Number(process.env.STEERED_CLOCK);
if (process.env.STEERED_CLOCK !== "null") Date.now = () => now;
process.on("message", (message) => {
  now = message.now;
  process.send({ now });
});
// Who was started by a test must not outlive it.
process.on("disconnect", () => process.exit(3));
process.channel?.unref();
