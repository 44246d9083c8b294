/** Preloaded into a program under measurement: tells its parent, when asked, what it has used. The program stays as it is. */
import { constants, monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import process from "node:process";

const LOOK_EVERY_MS = 20;

/** What a long watch wants to know besides; looked at from the first such question on. */
let watched = null;

process.on("message", (message) => {
  if (message !== "usage" && message !== "watched") return;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const usage = { cpu: (user + system) / 1e6, rss };
  process.send?.(message === "usage" ? usage : { ...usage, heap: heapUsed, ...look() });
});
// The question may come at any time; waiting for it must not keep the program alive.
process.channel?.unref();

function look() {
  watched ??= begin();
  const { delay, floor } = watched;
  // The histogram holds the whole time between two looks.
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - LOOK_EVERY_MS);
  const told = { heapFloor: floor.bytes, loopMaxMs: late(delay.max), loopP99Ms: late(delay.percentile(99)) };
  delay.reset();
  return told;
}

function begin() {
  const floor = { bytes: null };
  const collections = new PerformanceObserver((list) => {
    const isFull = list
      .getEntries()
      .some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (isFull) floor.bytes = process.memoryUsage().heapUsed;
  });
  collections.observe({ entryTypes: ["gc"] });
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  return { delay, floor };
}
