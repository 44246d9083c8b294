/** `npm test`: the fast tests, which need nothing but the npm packages. */
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./closing-line.ts";
import { FAST, notRunByFast, PROJECT_ROOT } from "./suites.ts";

export default defineConfig({
  root: PROJECT_ROOT,
  test: {
    ...FAST,
    environment: "node",
    reporters: ["default", new ClosingLine({ notRun: notRunByFast(), requireAll: false })],
  },
});
