/**
 * A small scanner for TypeScript and TSX: enough to know code from comments, strings, templates, regular expressions
 * and JSX text, with line numbers. (TypeScript 7 offers no JavaScript API, and taste needs no syntax tree.)
 */

export interface Token {
  /** `text` is JSX text. A template arrives as its literal pieces and the tokens of its `${}`. */
  readonly kind: "word" | "number" | "string" | "template" | "regex" | "sign" | "text";
  /** The source text; of strings, what stands between the quotes. */
  readonly text: string;
  readonly line: number;
}

export interface Comment {
  readonly text: string;
  readonly line: number;
}

export interface Scan {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

/** Throws a SyntaxError with the line when a string, template, comment or JSX element does not end. */
export function scan(source: string, options: { jsx: boolean }): Scan {
  const scanner = new Scanner(source, options.jsx);
  scanner.hashbang();
  scanner.code("");
  return { tokens: scanner.tokens, comments: scanner.comments };
}

/** After these words a `/` begins a regular expression and a `<` begins JSX. */
const BEFORE_EXPRESSION = new Set(
  "return typeof case in of delete void throw new else do await yield instanceof default extends".split(" "),
);
const SIGNS = ["...", "**=", "=>", "**", "?.", "??", "&&", "||", "++", "--"];
const WORD = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\d[\w.]*/y;
/** Up to the closing backtick or the next `${`. */
const TEMPLATE_PIECE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
const SPACE = /\s+/y;

class Scanner {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly #source: string;
  readonly #jsx: boolean;
  #at = 0;
  #line = 1;

  constructor(source: string, jsx: boolean) {
    this.#source = source;
    this.#jsx = jsx;
  }

  hashbang(): void {
    if (this.#source.startsWith("#!")) this.#comment("\n");
  }

  /** Scans up to `close` (`""`: to the end of the source) and takes it, minding brackets of the same kind. */
  code(close: "" | "}"): void {
    const begun = this.#line;
    for (let depth = 0; this.#at < this.#source.length; ) {
      const char = this.#source[this.#at]!;
      if (char === "{") depth++;
      if (char === "}" && close !== "" && depth-- === 0) {
        this.#sign("}");
        return;
      }
      this.#one(char);
    }
    if (close !== "") throw new SyntaxError(`Cannot scan: the "{" of line ${begun} is never closed`);
  }

  #one(char: string): void {
    const rest = this.#source.startsWith.bind(this.#source);
    if (this.#match(SPACE) !== "") return;
    if (rest("//", this.#at)) this.#comment("\n");
    else if (rest("/*", this.#at)) this.#comment("*/");
    else if (char === '"' || char === "'") this.#string(char);
    else if (char === "`") this.#template();
    else if (char === "/" && this.#expectsExpression()) this.#regex();
    else if (char === "<" && this.#beginsJsx()) this.#element();
    else if (!this.#take("word", WORD) && !this.#take("number", NUMBER)) {
      this.#sign(SIGNS.find((sign) => rest(sign, this.#at)) ?? char);
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] ?? "";
    this.#advance(text.length);
    return text;
  }

  #advance(length: number): void {
    const end = this.#at + length;
    for (; this.#at < end; this.#at++) if (this.#source[this.#at] === "\n") this.#line++;
  }

  #take(kind: Token["kind"], pattern: RegExp): boolean {
    const line = this.#line;
    const text = this.#match(pattern);
    if (text !== "") this.tokens.push({ kind, text, line });
    return text !== "";
  }

  #sign(text: string): void {
    this.tokens.push({ kind: "sign", text, line: this.#line });
    this.#advance(text.length);
  }

  #comment(end: "\n" | "*/"): void {
    const found = this.#source.indexOf(end, this.#at + 2);
    if (found < 0 && end === "*/")
      throw new SyntaxError(`Cannot scan: the comment of line ${this.#line} never ends`);
    const stop = found < 0 ? this.#source.length : found + (end === "*/" ? 2 : 0);
    this.comments.push({ text: this.#source.slice(this.#at, stop), line: this.#line });
    this.#advance(stop - this.#at);
  }

  /** The index of the first unescaped `quote` at or after `from`. */
  #closing(quote: string, from: number): number {
    for (let i = from; i < this.#source.length; i++) {
      if (this.#source[i] === "\\") i++;
      else if (this.#source[i] === quote) return i;
    }
    throw new SyntaxError(`Cannot scan: the ${quote} of line ${this.#line} is never closed`);
  }

  #string(quote: string): void {
    const end = this.#closing(quote, this.#at + 1);
    this.tokens.push({ kind: "string", text: this.#source.slice(this.#at + 1, end), line: this.#line });
    this.#advance(end + 1 - this.#at);
  }

  #template(): void {
    const begun = this.#line;
    this.#advance(1);
    for (let from = this.#at; ; from = this.#at) {
      this.#match(TEMPLATE_PIECE);
      this.tokens.push({ kind: "template", text: this.#source.slice(from, this.#at), line: begun });
      const char = this.#source[this.#at];
      if (char === undefined) break;
      this.#advance(1);
      if (char === "`") return;
      this.#sign("{");
      this.code("}");
    }
    throw new SyntaxError(`Cannot scan: the template of line ${begun} is never closed`);
  }

  #regex(): void {
    const from = this.#at;
    let inClass = false;
    let end = from + 1;
    for (; inClass || this.#source[end] !== "/"; end++) {
      const char = this.#source[end];
      if (char === undefined || char === "\n") {
        throw new SyntaxError(`Cannot scan: the regular expression of line ${this.#line} never ends`);
      }
      if (char === "\\") end++;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
    }
    while (/[a-z]/.test(this.#source[end + 1] ?? "")) end++;
    this.tokens.push({ kind: "regex", text: this.#source.slice(from, end + 1), line: this.#line });
    this.#advance(end + 1 - from);
  }

  /** Whether an operand may stand here, so that `/` is no division and `<` no comparison. */
  #expectsExpression(): boolean {
    const last = this.tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === "word") return BEFORE_EXPRESSION.has(last.text) && this.tokens.at(-2)?.text !== ".";
    if (last.kind !== "sign") return false;
    if (last.text === "!") return !isOperandEnd(this.tokens.at(-2));
    return !isOperandEnd(last);
  }

  #beginsJsx(): boolean {
    if (!this.#jsx || !this.#expectsExpression()) return false;
    const after = this.#source.slice(this.#at + 1, this.#at + 200);
    return /^[A-Za-z>]/.test(after) && !/^\w+\s*(,|extends\b)/.test(after);
  }

  #element(): void {
    const begun = this.#line;
    this.#sign("<");
    if (this.#attributes() === "/>") return;
    while (this.#at < this.#source.length) {
      this.#take("text", /[^<{]+/y);
      if (this.#source.startsWith("</", this.#at)) {
        this.#advance(this.#source.indexOf(">", this.#at) + 1 - this.#at);
        this.tokens.push({ kind: "sign", text: "/>", line: this.#line });
        return;
      }
      if (this.#source[this.#at] === "<") this.#element();
      else this.#braces();
    }
    throw new SyntaxError(`Cannot scan: the element of line ${begun} is never closed`);
  }

  #braces(): void {
    this.#sign("{");
    this.code("}");
  }

  #attributes(): ">" | "/>" {
    const begun = this.#line;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at]!;
      if (char === ">") {
        this.#sign(">");
        return ">";
      }
      if (this.#source.startsWith("/>", this.#at)) {
        this.#sign("/>");
        return "/>";
      }
      if (char === "{") this.#braces();
      else if (char === '"' || char === "'") {
        const end = this.#source.indexOf(char, this.#at + 1);
        if (end < 0) break;
        this.tokens.push({ kind: "string", text: this.#source.slice(this.#at + 1, end), line: this.#line });
        this.#advance(end + 1 - this.#at);
      } else if (this.#match(SPACE) === "" && !this.#take("word", /[\w$:.-]+/y)) this.#sign(char);
    }
    throw new SyntaxError(`Cannot scan: the tag of line ${begun} is never closed`);
  }
}

function isOperandEnd(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "word") return !BEFORE_EXPRESSION.has(token.text);
  if (token.kind !== "sign") return true;
  return [")", "]", "}", "++", "--", "/>"].includes(token.text);
}
