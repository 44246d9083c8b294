/** What somebody may do with several cases at once, and with which of them. */
import { actsOf, FOR_MANY, rolesOf } from "./case-acts.ts";
import type { CaseCommand, CaseView, Role, Session } from "./wire-types.ts";

export interface Chance {
  readonly command: CaseCommand;
  readonly role: Role;
  /** Ids of those that allow it. */
  readonly cases: readonly string[];
}

/** In the order in which a case goes; what most of the cases allow first among the roles of one command. */
export function chancesOf(works: readonly CaseView[], who: Session | null): Chance[] {
  const found = new Map<string, Chance & { readonly cases: string[] }>();
  for (const work of works)
    for (const role of rolesOf(who, work))
      for (const command of actsOf(work, role)) {
        if (!FOR_MANY.includes(command)) continue;
        const key = `${command} ${role}`;
        const chance = found.get(key) ?? { command, role, cases: [] };
        chance.cases.push(work.case);
        found.set(key, chance);
      }
  const best = new Map<CaseCommand, Chance>();
  for (const chance of found.values()) {
    const before = best.get(chance.command);
    if (before === undefined || before.cases.length < chance.cases.length) best.set(chance.command, chance);
  }
  return FOR_MANY.flatMap((command) => best.get(command) ?? []);
}
