import { describe, expect, it } from "vitest";
import { defineScenario, type Scenario } from "../scenario.ts";
import { toldBy } from "../scenario-run.ts";
import { at, Story } from "../story.ts";
import { chapterOf, htmlReport } from "./html-report.ts";

const says = { zh: "先报警", en: "rings <first>" };
const scenario = (wanted: string): Scenario =>
  defineScenario({
    name: "sc98-test",
    title: { zh: "试验 <故事>", en: "a <story> to test" },
    story: new Story({
      from: "05-12 14:00",
      until: "05-12 14:40",
      kitchens: [
        {
          id: "K",
          type: "medium",
          devices: [{ id: "K/gas-1", kind: "gas", zone: "cooking", reportEveryMs: 5_000 }],
        },
      ],
      incidents: [
        {
          kind: "gas-release",
          device: "K/gas-1",
          steps: [[at("05-12 14:10"), 60]],
          until: at("05-12 14:12"),
        },
      ],
    }),
    ways: null,
    expects: [{ says, alertsOf: "K", which: /raised/, are: [["05-12 14:10:05", wanted, 1]] }],
  });

function pageOf(wanted: string): string {
  const told = scenario(wanted);
  const alone = { way: "alone" as const, wallMs: 5, ...toldBy("alone", told, told.story) };
  return htmlReport([chapterOf({ scenario: told, story: told.story, seed: null, ways: [alone] })]);
}

/** Tags that were opened and not closed, or closed and not opened. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const body = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
  for (const [, slash, name = "", , self] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/g)) {
    if (self === "/" || ["meta", "br"].includes(name)) continue;
    if (slash === "") open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}

describe("the HTML report", () => {
  const page = pageOf("T09 raised L1 zone:K/cooking");

  it("needs nothing from elsewhere", () => {
    expect(page).not.toMatch(/\b(src|href)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
  });

  it("is well-formed, and escapes what stories say", () => {
    expect(unbalanced(page)).toEqual([]);
    expect(page).toContain("a &lt;story&gt; to test");
    expect(page).not.toContain("<first>");
  });

  it("speaks both languages wherever it speaks", () => {
    const count = (name: string) => page.split(`class="${name}"`).length - 1;
    expect(count("zh")).toBeGreaterThan(10);
    expect(count("zh")).toBe(count("en"));
  });

  it("draws truth, findings, what is expected, alerts, cases and the readings they rest on", () => {
    expect(page).toContain("燃气泄漏 → T09");
    for (const mark of [
      "span truth",
      "point finding",
      "point met",
      "span l1",
      "span case-dispatched",
      "values",
    ])
      expect(page).toContain(`class="${mark}"`);
    expect(page).toMatch(/class="limit-name"[^>]*>T09 20 %LEL/);
  });

  it("shows what is not as expected beside what was", () => {
    const bad = pageOf("T09 raised L2 zone:K/cooking");
    expect(bad).toContain('class="point unmet"');
    expect(bad).toContain("<details open>");
    expect(bad).toMatch(/<tr class="bad"><td>.*raised L2.*<\/td><td>.*raised L1/);
    expect(bad).toMatch(/<tr class="bad"><td>.*发出 二级.*<\/td><td>.*发出 一级/);
    expect(page).not.toContain("<details open>");
  });
});
