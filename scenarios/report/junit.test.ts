import { describe, expect, it } from "vitest";
import type { ScenarioRun } from "../scenario-run.ts";
import { equal } from "../verdict.ts";
import { escaped, junitXml } from "./junit.ts";

const run = (seen: string): ScenarioRun => ({
  scenario: { name: "sc<1>", title: { zh: "一", en: "one" }, test: "x" },
  story: null,
  seed: null,
  ways: [
    {
      way: "alone",
      wallMs: 1_234,
      verdicts: [
        { says: { zh: "小于", en: 'is < 5 & "good"' }, rows: [equal(1, 1)] },
        { says: { zh: "坏", en: "is bad" }, rows: [equal(seen, "x")] },
      ],
      violations: ["I1 broken"],
    },
  ],
});

describe("JUnit XML", () => {
  it("has a suite with its cases, failures and time", () => {
    const xml = junitXml([run("y")]);
    expect(xml).toContain(
      '<testsuite name="sc&lt;1&gt; alone" tests="3" failures="2" errors="0" skipped="0" time="1.234">',
    );
    expect(xml).toContain('name="is &lt; 5 &amp; &quot;good&quot;"');
    expect(xml).toContain('<failure message="wanted &quot;x&quot;; seen &quot;y&quot;">');
    expect(xml).toContain('name="keeps the invariants"');
    expect(xml).toContain("I1 broken");
  });

  it("stays well-formed whatever was seen", () => {
    const xml = junitXml([run('</failure><a href="x">&\u0000\u001b[31m]]>\ud800')]);
    expect(xml.match(/<[a-z/?]/g)).toEqual(junitXml([run("y")]).match(/<[a-z/?]/g));
    for (const bad of ["\u0000", "\u001b", "\ud800"]) expect(xml).not.toContain(bad);
  });

  it("escapes what XML cannot carry", () => {
    expect(escaped("a<b>&\"'\n\u0007")).toBe("a&lt;b&gt;&amp;&quot;'&#10;\ufffd");
    expect(escaped("鼠 🐀")).toBe("鼠 🐀");
  });
});
