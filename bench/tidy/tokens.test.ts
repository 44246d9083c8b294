import { describe, expect, it } from "vitest";
import { scan } from "./tokens.ts";

const words = (source: string, jsx = false): string[] =>
  scan(source, { jsx })
    .tokens.filter(({ kind }) => kind === "word")
    .map(({ text }) => text);
const kinds = (source: string, jsx = false): string[] =>
  scan(source, { jsx }).tokens.map(({ kind, text }) => `${kind} ${text}`);

describe("scan()", () => {
  it("knows code from comments, strings and templates", () => {
    const source = '// Date\n/* Date\n Date */ a(\'Date\', "Da\\"te", `Date ${b} Date \\${Date}`);';
    expect(words(source)).toEqual(["a", "b"]);
  });

  it("keeps the comments and the line of everything", () => {
    const { tokens, comments } = scan("/*\n*/ a // b\n`\n${c}\n`; d", { jsx: false });
    expect(comments).toEqual([
      { text: "/*\n*/", line: 1 },
      { text: "// b", line: 2 },
    ]);
    expect(tokens.filter(({ kind }) => kind === "word").map(({ text, line }) => [text, line])).toEqual([
      ["a", 2],
      ["c", 4],
      ["d", 5],
    ]);
  });

  it("nests templates and braces", () => {
    expect(words("`${a({ b: `${c}` })} Date ${`}`}` + d")).toEqual(["a", "b", "c", "d"]);
  });

  it.each([
    [
      "x = /Date'/g.test(y)",
      ["word x", "sign =", "regex /Date'/g", "sign .", "word test", "sign (", "word y", "sign )"],
    ],
    ["return /[/']/", ["word return", "regex /[/']/"]],
    ["a / b / c", ["word a", "sign /", "word b", "sign /", "word c"]],
    ["a[0]! / 2", ["word a", "sign [", "number 0", "sign ]", "sign !", "sign /", "number 2"]],
    [
      "!/x/.test(i++ / 2)",
      [
        "sign !",
        "regex /x/",
        "sign .",
        "word test",
        "sign (",
        "word i",
        "sign ++",
        "sign /",
        "number 2",
        "sign )",
      ],
    ],
    ["k.of / 2", ["word k", "sign .", "word of", "sign /", "number 2"]],
  ])("tells a division from a regular expression: %s", (source, expected) => {
    expect(kinds(source)).toEqual(expected);
  });

  it("reads numbers, private names and signs of several characters whole", () => {
    expect(kinds("#a ** 1_000.5 ?.b => 0xff")).toEqual([
      "word #a",
      "sign **",
      "number 1_000.5",
      "sign ?.",
      "word b",
      "sign =>",
      "number 0xff",
    ]);
  });

  it("knows JSX text, attributes and the code between them", () => {
    const source = `const a = <p class="Date" {...b} onClick$={() => c('x')}>Don't {d && <b>Date</b>} it's<br/></p>; e < f;`;
    expect(words(source, true)).toEqual([
      "const",
      "a",
      "p",
      "class",
      "b",
      "onClick$",
      "c",
      "d",
      "b",
      "br",
      "e",
      "f",
    ]);
  });

  it("takes type arguments and generic arrows in TSX for what they are", () => {
    expect(words("const a = useSignal<Date>(1); const b = <T,>(c: T) => c; d(<></>);", true)).toEqual(
      "const a useSignal Date const b T c T c d".split(" "),
    );
  });

  it("passes over a hashbang", () => {
    expect(words("#!/usr/bin/env node\na")).toEqual(["a"]);
  });

  it.each(["'a", "`a", "`${a", "/* a", "x = /a\n", "`${ { }"])("says that %j never ends", (source) => {
    expect(() => scan(source, { jsx: false })).toThrow(/line 1 .*never/);
  });

  it("says that an element never ends", () => {
    expect(() => scan("a = <p>text", { jsx: true })).toThrow(/line 1 .*never/);
    expect(() => scan("a = <p class=", { jsx: true })).toThrow(/line 1 .*never/);
  });
});
