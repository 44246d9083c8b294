/** Entry of a fork's thread: where the runtime does not read TypeScript itself, its loader is put in first. */
import process from "node:process";

if (!process.features.typescript && !("Deno" in globalThis)) {
  const { register } = await import("tsx/esm/api");
  register();
}
await import("./fork-worker.ts");
