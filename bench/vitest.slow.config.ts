/**
 * `npm run test:slow`: what takes minutes, a browser or programs from outside npm; one file after the other, since
 * such tests start servers and fill disks. With `REQUIRE_ALL=1` a skipped test fails the run.
 */
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./closing-line.ts";
import { PROJECT_ROOT, SLOW } from "./suites.ts";

export default defineConfig({
  root: PROJECT_ROOT,
  test: {
    ...SLOW,
    environment: "node",
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    reporters: ["default", new ClosingLine({ notRun: [], requireAll: process.env.REQUIRE_ALL === "1" })],
  },
});
