/** A story about the program itself, which kills and starts it: told by a slow test of its own, not by folding lines. */
import type { Bilingual } from "../twin/events/output-events.ts";

export interface ProgramScenario {
  readonly name: string;
  readonly title: Bilingual;
  /** The test that tells it, from the project's root. */
  readonly test: string;
}

export const PROGRAM_SCENARIOS: readonly ProgramScenario[] = [
  {
    name: "sc24-restart",
    title: {
      zh: "事件进行中处理程序被杀并重启",
      en: "the processor is killed and started again during incidents",
    },
    test: "stream/server/sc24-restart.slow.test.ts",
  },
];
