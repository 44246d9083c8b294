/**
 * The accounts of a data directory: `accounts.json`, readable by its owner alone. Tokens are shown once, when they are
 * made; the file holds only their SHA-256. The running server takes up changes within a second.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import {
  ACCOUNT_ROLES,
  type AccountRole,
  type Area,
  areaFault,
  areaText,
  type Principal,
  readArea,
} from "../../../twin/authority/principal.ts";
import { schemaFaults } from "../../door/data-checks.ts";

const FILE = "accounts.json";
const LOOK_EVERY_MS = 1_000;
const TOKEN_BYTES = 32;

const StoredAccount = Type.Object({
  id: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
  role: Type.Union(ACCOUNT_ROLES.map((role) => Type.Literal(role))),
  area: Type.String({ minLength: 1, maxLength: 100_000 }),
  /** SHA-256 of the token, hexadecimal. */
  tokenHash: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  createdAt: Type.String(),
  revokedAt: Type.Union([Type.String(), Type.Null()]),
});
type StoredAccount = Static<typeof StoredAccount>;
const StoredBook = TypeCompiler.Compile(
  Type.Object({ version: Type.Literal(1), accounts: Type.Array(StoredAccount, { maxItems: 100_000 }) }),
);

export interface Account extends Principal {
  readonly tokenHash: string;
  readonly createdAt: string;
  /** `null` = it is in force. */
  readonly revokedAt: string | null;
}

export class AccountBook {
  readonly #path: string;
  readonly #now: () => number;
  #byHash = new Map<string, Account>();
  #byId = new Map<string, Account>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #changedAt = Number.NaN;

  /** Throws an Error that says what is wrong with the file, if anything is. `now`: wall clock, ms since epoch. */
  constructor(directory: string, now: () => number) {
    this.#path = join(directory, FILE);
    this.#now = now;
    this.#look();
  }

  /** Who holds this token; `null` = nobody, or nobody any more. */
  ofToken(token: string): Account | null {
    this.#look();
    return inForce(this.#byHash.get(hashOf(token)));
  }

  /** The account of that id, revoked or not; `null` = there is none. */
  find(id: string): Account | null {
    this.#look();
    return this.#byId.get(id) ?? null;
  }

  all(): readonly Account[] {
    this.#look();
    return [...this.#byId.values()];
  }

  /** Makes an account and returns its token, which nobody can read again. Throws a RangeError if it cannot be. */
  async add(id: string, role: AccountRole, area: Area): Promise<string> {
    if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id))
      throw new RangeError(
        `the id "${id}" must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit`,
      );
    if (id === "admin" || this.#byId.has(id)) throw new RangeError(`there is an account "${id}" already`);
    const fault = areaFault(role, area);
    if (fault !== null) throw new RangeError(fault);
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const createdAt = new Date(this.#now()).toISOString();
    await this.#write([
      ...this.all(),
      { id, role, area, tokenHash: hashOf(token), createdAt, revokedAt: null },
    ]);
    return token;
  }

  /** From now on its token and sessions open nothing. Throws a RangeError if there is no such account. */
  async revoke(id: string): Promise<void> {
    if (inForce(this.find(id) ?? undefined) === null)
      throw new RangeError(`there is no account "${id}" in force`);
    const revokedAt = new Date(this.#now()).toISOString();
    await this.#write(this.all().map((one) => (one.id === id ? { ...one, revokedAt } : one)));
  }

  async #write(accounts: readonly Account[]): Promise<void> {
    const stored = accounts.map(({ area, ...rest }) => ({ ...rest, area: areaText(area) }));
    await mkdir(join(this.#path, ".."), { recursive: true });
    const beside = `${this.#path}.new`;
    await writeFile(beside, `${JSON.stringify({ version: 1, accounts: stored }, null, 1)}\n`, {
      mode: 0o600,
    });
    await rename(beside, this.#path);
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#look();
  }

  #look(): void {
    if (this.#now() - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = this.#now();
    const changedAt = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changedAt === this.#changedAt) return;
    const accounts = changedAt === 0 ? [] : accountsIn(readFileSync(this.#path, "utf8"), this.#path);
    this.#changedAt = changedAt;
    this.#byHash = new Map(accounts.map((account) => [account.tokenHash, account]));
    this.#byId = new Map(accounts.map((account) => [account.id, account]));
  }
}

function accountsIn(text: string, path: string): Account[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!StoredBook.Check(value)) {
    const [fault] = schemaFaults(StoredBook, value, "");
    throw new Error(`${path}: ${fault?.pointer ?? ""} ${fault?.reason ?? "is no account book"}`);
  }
  return value.accounts.map((stored, i) => accountOf(stored, `${path}: /accounts/${i}`));
}

function accountOf(stored: StoredAccount, where: string): Account {
  const area = readArea(stored.area);
  if (area === null) throw new Error(`${where}/area is no area: "${stored.area}"`);
  return { ...stored, area };
}

function inForce(account: Account | undefined): Account | null {
  return account === undefined || account.revokedAt !== null ? null : account;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
