/** Preloaded into a program under measurement: tells its parent, when asked, what it has used. The program stays as it is. */
import process from "node:process";

process.on("message", (message) => {
  if (message !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1e6, rss: process.memoryUsage().rss });
});
// The question may come at any time; waiting for it must not keep the program alive.
process.channel?.unref();
