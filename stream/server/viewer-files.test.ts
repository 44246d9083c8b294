import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity } from "./in-memory-city.ts";
import { createServer, type RunningServer } from "./server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";
const SCRIPT = "start()";
const page = (name: string) =>
  `<!doctype html><title>${name}</title><script>${SCRIPT}</script><script src="/x.js"></script>`;

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-viewer-"));
  await mkdir(join(folder, "viewer/kitchen"), { recursive: true });
  await mkdir(join(folder, "viewer/build"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "viewer/index.html"), page("city"));
  await writeFile(join(folder, "viewer/kitchen/index.html"), page("kitchen"));
  await writeFile(join(folder, "viewer/build/q-1a2b3c4d.js"), "plain");
  await writeFile(join(folder, "viewer/build/q-1a2b3c4d.js.br"), brotliCompressSync("packed"));
  const viewer = join(folder, "viewer");
  server = await createServer(new InMemoryCity(smallCity()), {
    bind: "127.0.0.1",
    port: 0,
    token: TOKEN,
    viewer,
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, encoding = "identity") =>
  fetch(server.url + path, { headers: { "accept-encoding": encoding } });

describe("the viewer", () => {
  it("is served with a policy that allows its own inline scripts and nothing foreign", async () => {
    const response = await get("/");
    expect(await response.text()).toContain("<title>city</title>");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}'`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("allows the scripts of a page that was built anew while the server runs", async () => {
    await get("/kitchen");
    const file = join(folder, "viewer/kitchen/index.html");
    await writeFile(file, page("kitchen").replace(SCRIPT, "other()"));
    await utimes(file, 1, 1);
    const policy = (await get("/kitchen")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update("other()").digest("base64")}'`);
  });

  it("answers paths below a page with that page", async () => {
    expect(await (await get("/kitchen/K-00001")).text()).toContain("<title>kitchen</title>");
    expect(await (await get("/kitchen")).text()).toContain("<title>kitchen</title>");
  });

  it("says in both languages that there is no such page, and leads back", async () => {
    const response = await get("/anything/else");
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toContain("没有此页");
    expect(text).toContain("No such page");
    expect(text).toContain('href="/"');
  });

  it("hands out packed files where they are wanted, and lets hashed names be kept", async () => {
    const packed = await get("/build/q-1a2b3c4d.js", "br");
    expect(await packed.text()).toBe("packed");
    expect(packed.headers.get("content-encoding")).toBe("br");
    expect(packed.headers.get("content-type")).toMatch(/javascript/);
    expect(packed.headers.get("cache-control")).toContain("immutable");
    expect(await (await get("/build/q-1a2b3c4d.js")).text()).toBe("plain");
  });

  it("has no file that is not its own", async () => {
    expect((await get("/build/none.js")).status).toBe(404);
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/build/..%2f..%2fsecret.txt",
      "/..%5csecret.txt",
    ]) {
      const response = await get(path);
      expect(await response.text()).not.toContain("secret");
    }
  });
});
