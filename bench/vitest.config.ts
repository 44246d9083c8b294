/** `npm test`: the fast tests, which need nothing but the npm packages. */
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./closing-line.ts";
import { FAST, notRunByFast, PROJECT_ROOT } from "./suites.ts";

export default defineConfig({
  root: PROJECT_ROOT,
  test: {
    ...FAST,
    environment: "node",
    // A busy machine is no failure.
    testTimeout: 60_000,
    reporters: ["default", new ClosingLine({ notRun: notRunByFast(), requireAll: false })],
  },
});
