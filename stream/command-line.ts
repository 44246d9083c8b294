/** Options of a command, typed and checked: long flags, one frozen list per command, `--help` from the same list. */

export interface OptionDefinition {
  readonly name: string;
  /** Placeholder in `--help`; absent = a switch. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandDefinition {
  /** `npm run <verb>` */
  readonly verb: string;
  readonly purpose: string;
  readonly options: readonly OptionDefinition[];
}

/** Bad usage: the program prints the message and exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The options given, by name; switches are `"true"`. Throws a UsageError that says what would be right. */
export function readOptions(
  definition: CommandDefinition,
  argv: readonly string[],
): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const [flag, inline] = splitFlag(argv[i]!);
    const option = definition.options.find(({ name }) => `--${name}` === flag);
    if (option === undefined)
      throw new UsageError(`unknown option ${argv[i]}; see npm run ${definition.verb} -- --help`);
    if (option.value === undefined) {
      given.set(option.name, "true");
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined)
      throw new UsageError(`--${option.name} wants a value: --${option.name} ${option.value}`);
    given.set(option.name, value);
  }
  return given;
}

function splitFlag(argument: string): [string, string | undefined] {
  const at = argument.indexOf("=");
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** A whole number in range. Throws a UsageError. */
export function wholeNumber(
  options: ReadonlyMap<string, string>,
  name: string,
  range: { readonly default: number; readonly min: number; readonly max: number },
): number {
  const text = options.get(name);
  if (text === undefined) return range.default;
  const number = Number(text);
  if (!Number.isInteger(number) || number < range.min || number > range.max) {
    throw new UsageError(
      `--${name} is ${JSON.stringify(text)}; expected a whole number ${range.min} … ${range.max}`,
    );
  }
  return number;
}

/** One of some words. Throws a UsageError. */
export function oneWord<const T extends readonly string[]>(
  options: ReadonlyMap<string, string>,
  name: string,
  words: T,
  otherwise: T[number],
): T[number] {
  const text = options.get(name);
  if (text === undefined) return otherwise;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw new UsageError(`--${name} is ${JSON.stringify(text)}; expected ${words.join(" or ")}`);
  return word;
}

/** The text of `--help`. */
export function helpOf(definition: CommandDefinition): string {
  const rows = definition.options.map(({ name, value, help }) => {
    const flag = `--${name}${value === undefined ? "" : ` ${value}`}`;
    return `  ${flag.padEnd(28)} ${help}`;
  });
  return [`npm run ${definition.verb} -- [options]`, "", definition.purpose, "", ...rows, ""].join("\n");
}
