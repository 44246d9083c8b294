import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../../door/small-city.ts";
import { AccountBook } from "../identity/account-book.ts";
import { InMemoryCity } from "../in-memory-city.ts";
import { PortError } from "../port-error.ts";
import { createServer, type RunningServer } from "../server.ts";
import type { ShadowAnswer, ShadowPort } from "../shadow-port.ts";

const ADMIN = "admin-token-of-more-than-thirty-two-characters";

/** Remembers whose report was asked for. */
class ListeningShadow implements ShadowPort {
  readonly asked: (string | null)[] = [];
  isGone = false;

  async report(banner: string | null): Promise<ShadowAnswer> {
    if (this.isGone) throw new PortError("unavailable", "The shadow does not run any more: it was closed");
    this.asked.push(banner);
    const report = {
      policies: [{ policy: "ordos-2026@2", hash: "0", from: null }],
      rules: [],
      to: null,
      pairedWithinMinutes: 120,
      faults: { count: 0, reasons: [] },
      codes: {},
    };
    return { state: "catching-up", reason: null, position: 3, behind: 4, behindMinutes: null, report };
  }
}

const shadow = new ListeningShadow();
let directory = "";
const tokens: Record<string, string> = { admin: ADMIN };
let withShadow: RunningServer;
let without: RunningServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "warmcity-shadow-route-"));
  const accounts = new AccountBook(directory, Date.now);
  tokens.city = await accounts.add("c-1", "C", { kind: "city" });
  tokens.banner = await accounts.add("q-1", "Q", { kind: "banner", banner: "150602" });
  tokens.office = await accounts.add("s-1", "S", { kind: "office", office: "150602-03" });
  tokens.operator = await accounts.add("o-1", "O", { kind: "kitchens", kitchens: ["K-00001"] });
  tokens.integrator = await accounts.add("ops-1", "OPS", { kind: "city" });
  const options = { bind: "127.0.0.1", port: 0, token: ADMIN, accounts };
  withShadow = await createServer(new InMemoryCity(smallCity()), { ...options, shadow });
  without = await createServer(new InMemoryCity(smallCity()), options);
});
afterAll(async () => {
  await withShadow.close();
  await without.close();
  await rm(directory, { recursive: true });
});

const ask = (who: string, of = withShadow) =>
  fetch(`${of.url}/v1/shadow`, { headers: { authorization: `Bearer ${tokens[who]}` } });

describe("GET /v1/shadow", () => {
  it("shows the city all, and a banner its own alone", async () => {
    for (const who of ["admin", "city", "banner"]) {
      const response = await ask(who);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ state: "catching-up", behind: 4, report: { codes: {} } });
    }
    expect(shadow.asked).toEqual([null, null, "150602"]);
  });

  it.each(["office", "operator", "integrator"])("is not for the role of the %s", async (who) => {
    expect((await ask(who)).status).toBe(403);
  });

  it("answers with a problem document where nothing runs in shadow, and where it has ended", async () => {
    const none = await ask("admin", without);
    expect(none.status).toBe(404);
    expect(none.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(await none.json()).toMatchObject({
      status: 404,
      detail: expect.stringContaining("--shadow FILE"),
    });
    shadow.isGone = true;
    const gone = await ask("admin");
    expect(gone.status).toBe(503);
    expect(await gone.json()).toMatchObject({ detail: expect.stringContaining("it was closed") });
  });
});
