/** `npm run account`: the people and machines that may come in, besides the admin token. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ACCOUNT_ROLES, type AccountRole, areaText, readArea } from "../../../twin/authority/principal.ts";
import { AccountBook } from "./account-book.ts";

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
      options: { id: text, role: text, area: text, data: text, help: { type: "boolean", short: "h" } },
    });
    if (values.help === true) {
      console.log(HELP);
      return 0;
    }
    const book = new AccountBook(resolve(values.data ?? "data"), Date.now);
    return await obey(book, positionals, values);
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
}

async function obey(
  book: AccountBook,
  [verb = "", ...more]: readonly string[],
  given: { readonly id?: string; readonly role?: string; readonly area?: string },
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
      return await add(book, given.id, role, area);
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

async function add(
  book: AccountBook,
  id: string,
  role: AccountRole,
  area: NonNullable<ReturnType<typeof readArea>>,
): Promise<0> {
  const token = await book.add(id, role, area);
  console.log(`account: ${id} ${role} ${areaText(area)}`);
  console.log(`token: ${token}`);
  return 0;
}

function complain(reason: string): 2 {
  console.error(`account: ${reason}\n\n${HELP}`);
  return 2;
}
