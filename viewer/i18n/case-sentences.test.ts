import { describe, expect, it } from "vitest";
import { command, isRefusal, opened } from "../../twin/case.fixture.ts";
import { caseStates } from "../../twin/case.machine.ts";
import { stepCase } from "../../twin/case.ts";
import { ORDOS_CASES } from "../../twin/case-policy.ts";
import type { CaseState } from "../../twin/events/output-events.ts";
import { CASE_COMMANDS, ROLES } from "../../twin/events/public-events.ts";
import { caseSentence } from "./case-sentences.ts";

const STATES = Object.keys(caseStates).filter((state): state is CaseState => state in caseStates);

/** Every refusal that the engine gives to anybody who tries anything in any state, with nothing brought along. */
function refusals(): Set<string> {
  const { next } = opened();
  const said = new Set<string>();
  for (const state of STATES) {
    for (const name of CASE_COMMANDS) {
      for (const role of ROLES) {
        const bare = command(name, role, { reason: null, evidence: [] });
        const step = stepCase({ ...next, state }, bare, next.since + 400 * 86_400_000, ORDOS_CASES);
        if (isRefusal(step)) said.add(step.refused);
      }
    }
  }
  return said;
}

describe("what the case engine says", () => {
  it("is said in Chinese, whatever is refused to whomever", () => {
    const said = [...refusals()];
    expect(said.length).toBeGreaterThan(100);
    for (const text of said) expect(caseSentence(text, "zh"), text).not.toMatch(/[a-z]{3}/);
  });

  it("is said in English as it comes", () => {
    expect(caseSentence("It needs a reason", "en")).toBe("It needs a reason");
  });

  it("names levels, roles and cases", () => {
    expect(caseSentence("L4 to L3", "zh")).toBe("L4 升为 L3");
    expect(caseSentence("escalated to Q, C-duty", "zh")).toBe("升级至 旗区局、市局值班");
    expect(caseSentence("merged into C-7", "zh")).toBe("并入 C-7");
  });

  it("leaves alone what people wrote", () => {
    expect(caseSentence("seen on site", "zh")).toBe("seen on site");
  });
});
