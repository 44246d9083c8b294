/** `deno task test`: the fast tests of the pure rooms, which must pass on every runtime. */
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./closing-line.ts";
import { PROJECT_ROOT, PURE } from "./suites.ts";

export default defineConfig({
  root: PROJECT_ROOT,
  test: {
    ...PURE,
    environment: "node",
    // A busy machine is no failure.
    testTimeout: 60_000,
    reporters: ["default", new ClosingLine({ notRun: [], requireAll: false })],
  },
});
