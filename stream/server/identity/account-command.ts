/** `npm run account`: the people and machines that may come in, besides the admin token. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  ACCOUNT_ROLES,
  type AccountRole,
  type Area,
  areaText,
  readArea,
} from "../../../twin/authority/principal.ts";
import { cityOf } from "../../sources/city-recipe.ts";
import { knownOrigin } from "../data-directory.ts";
import { AccountBook } from "./account-book.ts";
import { unknownArea } from "./unknown-area.ts";

const HELP = `npm run account -- <add|list|revoke> [options]

  add --id ID --role R --area A   makes an account and prints its token, once
  list                            who there is
  revoke --id ID                  takes its access away; a running server knows within a second

  --role   ${ACCOUNT_ROLES.join(" ")}
           (O operator, S office, Q banner bureau, C city bureau, B cadre, H health, PL platform, OPS integrator,
           admin runs the machine, source only hands in events)
  --area   city, banner:150602, office:150602-03, kitchens:K-00001,K-00002
           (S an office, Q a banner, C and admin the city, O and B kitchens)
  --data DIR   the data directory of the city (default: data)
  --registry F the registry of the city, where it has its own: add asks it whether there is such an area
  --help       this text

Exit codes: 0 done, 2 bad usage.
`;

/** Returns the exit code. */
export async function runAccount(argv: readonly string[]): Promise<0 | 2> {
  try {
    const text = { type: "string" } as const;
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        id: text,
        role: text,
        area: text,
        data: text,
        registry: text,
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) {
      console.log(HELP);
      return 0;
    }
    const data = resolve(values.data ?? "data");
    return await obey(new AccountBook(data, Date.now), positionals, { ...values, data });
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
}

async function obey(
  book: AccountBook,
  [verb = "", ...more]: readonly string[],
  given: {
    readonly id?: string;
    readonly role?: string;
    readonly area?: string;
    readonly registry?: string;
    readonly data: string;
  },
): Promise<0 | 2> {
  if (more.length > 0) return complain(`too many words: ${more.join(" ")}`);
  switch (verb) {
    case "list":
      if (book.all().length === 0)
        console.log("no accounts; the admin token is in the file `token` beside them");
      for (const account of book.all()) {
        const { id, role, area, createdAt, revokedAt } = account;
        const since = revokedAt === null ? `since ${createdAt}` : `revoked ${revokedAt}`;
        console.log(`${id}\t${role}\t${areaText(area)}\t${since}`);
      }
      return 0;
    case "add": {
      const role = ACCOUNT_ROLES.find((one) => one === given.role);
      const area = readArea(given.area ?? "");
      if (given.id === undefined) return complain("add needs --id");
      if (role === undefined) return complain(`add needs --role, one of ${ACCOUNT_ROLES.join(" ")}`);
      if (area === null) return complain("add needs --area: city, banner:…, office:… or kitchens:…");
      const wrong = await areaTrouble(area, given);
      return wrong === null ? await add(book, given.id, role, area) : complain(wrong);
    }
    case "revoke":
      if (given.id === undefined) return complain("revoke needs --id");
      await book.revoke(given.id);
      console.log(`revoked: ${given.id}`);
      return 0;
    default:
      return complain(`what to do with accounts? "${verb}" is none of add, list, revoke`);
  }
}

/** Why the area is none of the city; a city that is not known yet cannot be asked, which is said. */
async function areaTrouble(
  area: Area,
  { registry, data }: { readonly registry?: string; readonly data: string },
): Promise<string | null> {
  if (area.kind === "city") return null;
  const origin = registry === undefined ? await knownOrigin(data) : null;
  if (registry === undefined && origin === null) {
    console.log(`area: not asked for, because ${data} has no generated city; --registry FILE names one`);
    return null;
  }
  const city = await cityOf(
    origin === null ? { kind: "registry", file: registry ?? "" } : { kind: "generated", ...origin },
  );
  return typeof city === "string" ? city : unknownArea(area, city);
}

async function add(book: AccountBook, id: string, role: AccountRole, area: Area): Promise<0> {
  const token = await book.add(id, role, area);
  console.log(`account: ${id} ${role} ${areaText(area)}`);
  console.log(`token: ${token}`);
  return 0;
}

function complain(reason: string): 2 {
  console.error(`account: ${reason}\n\n${HELP}`);
  return 2;
}
