/** All that the desk shows of one case, and the hash by which a printed one is known again. */
import { getAlert, getCase, getKitchen } from "./api.ts";
import type { Alert, CaseView, KitchenDetail } from "./wire-types.ts";

export interface CaseFile {
  readonly work: CaseView;
  /** Its newest alert; `null` = it is not kept any more. */
  readonly alert: Alert | null;
  /** `null` = it belongs to no one kitchen. */
  readonly kitchen: KitchenDetail | null;
}

export async function readCaseFile(id: string): Promise<CaseFile> {
  const work = await getCase(id);
  const newest = work.alerts.at(-1);
  const [alert, kitchen] = await Promise.all([
    newest === undefined ? null : known(getAlert(newest)),
    work.kitchen === null ? null : known(getKitchen(work.kitchen)),
  ]);
  return { work, alert, kitchen };
}

/** A case is shown without what cannot be read of it. */
async function known<T>(read: Promise<T>): Promise<T | null> {
  return read.catch((error: unknown) => {
    console.warn("a part of a case could not be read", error);
    return null;
  });
}

/** SHA-256 in hex of the JSON of steps and alert, keys in the order of the alphabet: the same file, the same hash. */
export async function fileHash({ work, alert }: Pick<CaseFile, "work" | "alert">): Promise<string> {
  const { allowed: _, ...kept } = work;
  const bytes = new TextEncoder().encode(JSON.stringify(ordered({ case: kept, alert })));
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
