/**
 * Who asks, in which role and for which area (DOMAIN, roles). The area is what a principal may see and act on; the role
 * says what it may do there and which codes are its business. Least privilege: what is not given is not seen.
 */
import type { Role } from "../case-file.ts";
import type { Kitchen } from "../city/kitchen.ts";
import { ROLES } from "../events/public-events.ts";

/**
 * O operator, S office, Q banner bureau, C city bureau, B cadre, H health, PL platform, OPS integrator; `admin` runs the
 * machine; `source` is a machine that only hands in events.
 */
export const ACCOUNT_ROLES = [...ROLES, "admin", "source"] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];

export type Area =
  | { readonly kind: "city" }
  /** Six-digit division code. */
  | { readonly kind: "banner"; readonly banner: string }
  | { readonly kind: "office"; readonly office: string }
  | { readonly kind: "kitchens"; readonly kitchens: readonly string[] };

export interface Principal {
  /** A pseudonym: it stands on the log with every command. */
  readonly id: string;
  readonly role: AccountRole;
  readonly area: Area;
}

/** In which roles a principal commands: its own; who runs the machine in any; a machine that hands in events in none. */
export function actsAs({ role }: Pick<Principal, "role">): readonly Role[] {
  if (role === "admin") return ROLES;
  return role === "source" ? [] : [role];
}

/** The text form: `city`, `banner:150602`, `office:150602-03`, `kitchens:K-00001,K-00002`; `null` = it is none. */
export function readArea(text: string): Area | null {
  if (text === "city") return { kind: "city" };
  const [kind, value = ""] = splitOnce(text);
  if (value === "") return null;
  if (kind === "banner") return /^\d{6}$/.test(value) ? { kind, banner: value } : null;
  if (kind === "office") return { kind, office: value };
  if (kind !== "kitchens") return null;
  const kitchens = value.split(",").filter((id) => id !== "");
  return kitchens.length === 0 ? null : { kind, kitchens };
}

export function areaText(area: Area): string {
  switch (area.kind) {
    case "city":
      return "city";
    case "banner":
      return `banner:${area.banner}`;
    case "office":
      return `office:${area.office}`;
    case "kitchens":
      return `kitchens:${area.kitchens.join(",")}`;
  }
}

/** What an area must look like for a role; a sentence if it does not. */
export function areaFault(role: AccountRole, area: Area): string | null {
  const wanted: Partial<Record<AccountRole, Area["kind"]>> = {
    O: "kitchens",
    S: "office",
    Q: "banner",
    C: "city",
    B: "kitchens",
    admin: "city",
  };
  const kind = wanted[role];
  return kind === undefined || kind === area.kind
    ? null
    : `the area of role ${role} must be of the kind "${kind}"`;
}

export function isInArea(area: Area, kitchen: Pick<Kitchen, "id" | "banner" | "office">): boolean {
  switch (area.kind) {
    case "city":
      return true;
    case "banner":
      return kitchen.banner === area.banner;
    case "office":
      return kitchen.office === area.office;
    case "kitchens":
      return area.kitchens.includes(kitchen.id);
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(":");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
