import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { areaFault, areaText, readArea } from "../../../twin/authority/principal.ts";
import { City } from "../../../twin/city/city.ts";
import { parseTime } from "../../../twin/kernel/time.ts";
import { smallCity } from "../../door/small-city.ts";
import { decodeStateFrame, MAP_STATES } from "../../wire.ts";
import { InMemoryCity, sampleAlert } from "../in-memory-city.ts";
import { brokenRead, type EvidenceRead, ReadAudit } from "../read-audit.ts";
import { createServer, type RunningServer } from "../server.ts";
import { AccountBook } from "./account-book.ts";

const ADMIN = "admin-token-of-more-than-thirty-two-characters";
const NOW = parseTime("2026-11-23T10:00:00+08:00");

/** K-00001 in Dongsheng, K-00002 in Kangbashi. */
function twoBanners(): City {
  const [first, second] = smallCity().kitchens;
  const there = { ...second!, banner: "150603", office: "150603-01" };
  return new City({ kitchens: [first!, there], streets: [], suppliers: [] });
}

let directory: string;
let book: AccountBook;
let city: InMemoryCity;
let server: RunningServer;
let clock = Date.parse("2026-11-23T02:00:00Z");
const tokens: Record<string, string> = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "accounts-"));
  book = new AccountBook(directory, () => clock);
  tokens.office = await book.add("s-1", "S", { kind: "office", office: "150602-03" });
  tokens.banner = await book.add("q-1", "Q", { kind: "banner", banner: "150602" });
  tokens.other = await book.add("q-2", "Q", { kind: "banner", banner: "150603" });
  tokens.city = await book.add("c-1", "C", { kind: "city" });
  tokens.kitchen = await book.add("o-1", "O", { kind: "kitchens", kitchens: ["K-00001"] });
  tokens.integrator = await book.add("ops-1", "OPS", { kind: "city" });
  tokens.machine = await book.add("gateway-7", "source", { kind: "kitchens", kitchens: ["K-00001"] });
  city = new InMemoryCity(twoBanners());
  city.time = NOW;
  for (const [id, code, kitchen, asset] of [
    ["a-1", "T01", "K-00001", "K-00001/fridge-temperature-1"],
    ["a-2", "T01", "K-00002", "K-00002/fridge-temperature-1"],
    ["a-3", "O02", null, "banner:150602"],
    ["a-4", "O02", null, "city"],
    ["a-5", "O01", "K-00001", "K-00001/gas-1"],
  ] as const) {
    city.emit(sampleAlert(id, { code, kitchen, asset }));
  }
  const reads = new ReadAudit(join(directory, "audit"), () => clock);
  const options = { bind: "127.0.0.1", port: 0, token: ADMIN, now: () => NOW, accounts: book, reads };
  server = await createServer(city, options);
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

const ask = (who: string, path: string, init: RequestInit = {}) =>
  fetch(server.url + path, {
    ...init,
    headers: { authorization: `Bearer ${tokens[who] ?? ADMIN}`, "content-type": "application/json" },
  });
const alertsOf = async (who: string) => {
  const page: { items: { alert: string }[] } = JSON.parse(await (await ask(who, "/v1/alerts")).text());
  return page.items.map(({ alert }) => alert).sort();
};

describe("the account book", () => {
  it("keeps no token, and is readable by its owner alone", async () => {
    const path = join(directory, "accounts.json");
    const text = await readFile(path, "utf8");
    for (const token of Object.values(tokens)) expect(text).not.toContain(token);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("takes an id once, and only an area of the kind that the role has", async () => {
    await expect(book.add("q-1", "Q", { kind: "banner", banner: "150602" })).rejects.toThrow(/already/);
    await expect(book.add("q-9", "Q", { kind: "city" })).rejects.toThrow(/must be of the kind "banner"/);
    await expect(book.add("No Space", "C", { kind: "city" })).rejects.toThrow(/must be 1 to 64/);
  });

  it("reads areas as it writes them, and nothing else", () => {
    for (const text of ["city", "banner:150602", "office:150602-03", "kitchens:K-1,K-2"])
      expect(areaText(readArea(text)!)).toBe(text);
    for (const text of ["", "banner:", "banner:15", "kitchens:,", "street:DS-01"])
      expect(readArea(text)).toBeNull();
    expect(areaFault("OPS", { kind: "banner", banner: "150602" })).toBeNull();
  });
});

describe("what each sees", () => {
  it("alerts of the area and of the role's business, and no others", async () => {
    expect(await alertsOf("nobody in the book is the admin")).toEqual(["a-1", "a-2", "a-3", "a-4", "a-5"]);
    expect(await alertsOf("city")).toEqual(["a-1", "a-2", "a-3", "a-4", "a-5"]);
    expect(await alertsOf("banner")).toEqual(["a-1", "a-3", "a-5"]);
    expect(await alertsOf("other")).toEqual(["a-2"]);
    expect(await alertsOf("office")).toEqual(["a-1", "a-5"]);
    expect(await alertsOf("kitchen")).toEqual(["a-1", "a-5"]);
    expect(await alertsOf("integrator")).toEqual(["a-3", "a-4", "a-5"]);
  });

  it("one alert or kitchen outside is not shown", async () => {
    expect((await ask("other", "/v1/alerts/a-1")).status).toBe(404);
    expect((await ask("banner", "/v1/alerts/a-1")).status).toBe(200);
    expect((await ask("other", "/v1/kitchens/K-00001")).status).toBe(403);
    expect((await ask("other", "/v1/kitchens/K-00001/history?device=gas-1")).status).toBe(403);
    expect((await ask("banner", "/v1/kitchens/K-00001")).status).toBe(200);
  });

  it("the live alert stream is filtered as the list is", async () => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/alerts/stream`, {
      headers: { authorization: `Bearer ${tokens.other}`, "last-event-id": "0" },
      signal: abort.signal,
    });
    const reader = response.body!.getReader();
    let text = "";
    while (!text.includes("a-2")) text += new TextDecoder().decode((await reader.read()).value);
    abort.abort();
    expect(text).not.toContain('"a-1"');
    expect(text).not.toContain('"a-3"');
  });

  it("the live map shows kitchens outside as unknown", async () => {
    city.change([0, 1], "L2");
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/v1/city/stream`, {
      headers: { authorization: `Bearer ${tokens.other}` },
    });
    const states = await new Promise<number[]>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("message", (data: Buffer, isBinary: boolean) => {
        if (isBinary) resolve([...decodeStateFrame(new Uint8Array(data)).states]);
      });
    });
    expect(states.map((state) => MAP_STATES[state])).toEqual(["never", "L2"]);
    const deltas = new Promise<number[]>((resolve) => {
      socket.on("message", (data: Buffer, isBinary: boolean) => {
        if (isBinary) resolve([...(decodeStateFrame(new Uint8Array(data)).indices ?? [])]);
      });
    });
    city.change([0], "L1");
    city.change([1], "normal");
    expect(await deltas).toEqual([1]);
    socket.terminate();
  });

  it("dead letters and sums are for those who watch over the machine", async () => {
    expect((await ask("banner", "/v1/deadletters")).status).toBe(403);
    expect((await ask("integrator", "/v1/deadletters")).status).toBe(200);
    expect((await ask("machine", "/v1/alerts")).status).toBe(403);
  });
});

describe("what each may do", () => {
  const reading = (device: string, source = `/devices/${device}`) => ({
    specversion: "1.0",
    id: `${device}-${source}`,
    source,
    type: "warmcity.reading",
    time: "2026-11-23T09:59:00+08:00",
    data: { value: 4.2 },
  });
  const send = (who: string, event: object) =>
    fetch(`${server.url}/v1/events`, {
      method: "POST",
      body: JSON.stringify(event),
      headers: {
        authorization: `Bearer ${tokens[who] ?? ADMIN}`,
        "content-type": "application/cloudevents+json",
      },
    });

  it("a machine speaks for its kitchens and no others; officials do not speak for machines", async () => {
    expect((await send("machine", reading("K-00001/gas-1"))).status).toBe(202);
    const refused = await send("machine", reading("K-00002/fridge-temperature-1"));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ rejected: [{ pointer: "/subject" }] });
    expect((await send("banner", reading("K-00001/gas-1"))).status).toBe(403);
  });

  it("commands on cases do not come in by the way of events", async () => {
    const command = {
      specversion: "1.0",
      id: "c",
      source: "/persons/o-1",
      type: "warmcity.case.command",
      subject: "K-00001",
      time: "2026-11-23T09:59:00+08:00",
      data: { case: "c-1", command: "close", role: "C", actor: "c-1", reason: "mine" },
    };
    const refused = await send("kitchen", command);
    expect(await refused.json()).toMatchObject({ rejected: [{ pointer: "/type" }] });
  });

  it("a command is given in one's own role and name, in one's own area", async () => {
    city.docket.set("case-1", {
      case: "case-1",
      kitchen: "K-00001",
      code: "T01",
      policy: "ordos-2026@1",
      asset: "K-00001/fridge-temperature-1",
      level: "L3",
      state: "dispatched",
      openedAt: "2026-11-23T09:00:00+08:00",
      changedAt: "2026-11-23T09:00:00+08:00",
      due: null,
      dueProvisional: false,
      owner: "O",
      lead: false,
      exercise: false,
      alerts: ["a-1"],
      allowed: ["acknowledge", "assign"],
      clocks: [],
      hold: { until: null, reason: "open" },
      steps: [],
    });
    const command = (who: string, role: string) =>
      ask(who, "/v1/cases/case-1/commands", {
        method: "POST",
        body: JSON.stringify({ command: "acknowledge", role, actor: "somebody-else", reason: "seen" }),
      });
    expect((await command("kitchen", "S")).status).toBe(403);
    expect((await command("other", "Q")).status).toBe(404);
    expect((await command("kitchen", "O")).status).toBe(200);
    expect(city.commands.at(-1)?.command.actor).toBe("o-1");
  });
});

describe("sessions and revocation", () => {
  it("an account signs in by cookie, and both ends open nothing once it is revoked", async () => {
    const token = await book.add("s-9", "S", { kind: "office", office: "150602-03" });
    const signedIn = await fetch(`${server.url}/v1/session`, {
      method: "POST",
      body: JSON.stringify({ token }),
      headers: { "content-type": "application/json" },
    });
    expect(signedIn.status).toBe(204);
    const [cookie = ""] = (signedIn.headers.get("set-cookie") ?? "").split(";");
    const session = await fetch(`${server.url}/v1/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ id: "s-9", role: "S", area: "office:150602-03" });
    expect(await (await ask("kitchen", "/v1/session")).json()).toMatchObject({ kitchens: ["K-00001"] });
    expect(await (await ask("city", "/v1/session")).json()).toMatchObject({ role: "C", kitchens: null });
    const byCookie = () => fetch(`${server.url}/v1/kitchens/K-00002`, { headers: { cookie } });
    expect((await byCookie()).status).toBe(403);
    await book.revoke("s-9");
    expect((await byCookie()).status).toBe(401);
    clock += 2_000;
    const answer = await fetch(`${server.url}/v1/city`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
  });

  it("a cookie that somebody wrote himself opens nothing", async () => {
    const payload = Buffer.from(JSON.stringify([clock + 1e9, "admin", "admin", "city"])).toString(
      "base64url",
    );
    const cookie = `warmcity_session=${payload}.${"0".repeat(64)}`;
    expect((await fetch(`${server.url}/v1/city`, { headers: { cookie } })).status).toBe(401);
  });
});

describe("who read evidence", () => {
  it("is kept in a chain that shows a line taken out, and shown to the city bureau alone", async () => {
    await ask("banner", "/v1/alerts/a-1");
    await ask("office", "/v1/alerts/a-1");
    expect((await ask("banner", "/v1/audit/reads")).status).toBe(403);
    const { items }: { items: EvidenceRead[] } = JSON.parse(
      await (await ask("city", "/v1/audit/reads")).text(),
    );
    expect(items.slice(0, 2)).toMatchObject([
      { who: "s-1", role: "S", what: "GET /v1/alerts/a-1" },
      { who: "q-1", role: "Q", what: "GET /v1/alerts/a-1" },
    ]);
    const oldestFirst = [...items].reverse();
    expect(brokenRead(oldestFirst)).toBe(-1);
    expect(brokenRead(oldestFirst.toSpliced(1, 1))).toBe(1);
  });

  it("goes on with the chain after a restart", async () => {
    const again = new ReadAudit(join(directory, "audit"), () => clock);
    await again.note({ id: "c-1", role: "C", area: { kind: "city" } }, "GET /v1/alerts/a-2");
    expect(brokenRead((await again.newest()).reverse())).toBe(-1);
  });
});
