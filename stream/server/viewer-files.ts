/** The built viewer as static files; a plain page where it has not been built. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { pagePolicy } from "./security-headers.ts";

const NOT_BUILT = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>暖城孪生 Warm City Twin</title></head>
<body><h1>暖城孪生 Warm City Twin</h1>
<p>界面尚未构建：请运行 <code>npm run prepare</code>，然后刷新本页。</p>
<p>The viewer has not been built: run <code>npm run prepare</code>, then reload this page. The city itself is running:
<a href="/healthz">/healthz</a>.</p></body></html>
`;

const NO_SUCH_PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>没有此页 No such page</title></head>
<body><h1>没有此页 <span lang="en">No such page</span></h1>
<p><a href="/">返回城市 <span lang="en">Back to the city</span></a></p></body></html>
`;

/** Hashed file names never change their content. */
const IMMUTABLE = /\/(build|assets)\/.*[-.][A-Za-z0-9_-]{8,}\.\w+(\.br)?$/;

export class ViewerFiles {
  readonly #root: string | null;
  /** By file, for the state of the file at that time. */
  readonly #policies = new Map<string, { readonly changedAt: number; readonly policy: string }>();

  /** `directory` = where the viewer was built to; `null` or missing = it was not. */
  constructor(directory: string | null) {
    this.#root = directory !== null && existsSync(join(directory, "index.html")) ? resolve(directory) : null;
  }

  async register(app: FastifyInstance): Promise<void> {
    if (this.#root === null) return;
    await app.register(fastifyStatic, {
      root: this.#root,
      wildcard: false,
      serve: false,
      preCompressed: true,
    });
  }

  /** Answers a path that no route knows: a file, else the page that stands nearest above it. */
  async serve(path: string, reply: FastifyReply): Promise<unknown> {
    if (this.#root === null) {
      reply.code(path === "/" ? 503 : 404).type("text/html; charset=utf-8");
      return reply.header("content-security-policy", pagePolicy(NOT_BUILT)).send(NOT_BUILT);
    }
    const file = this.#fileFor(path, this.#root);
    if (file === null) {
      reply.code(404).type("text/html; charset=utf-8");
      return reply.header("content-security-policy", pagePolicy(NO_SUCH_PAGE)).send(NO_SUCH_PAGE);
    }
    if (file.endsWith(".html")) {
      reply.header("content-security-policy", this.#policy(join(this.#root, file)));
      reply.header("cache-control", "no-cache");
    } else {
      // What a page loads is governed by the page's own policy.
      reply.removeHeader("content-security-policy");
      reply.header(
        "cache-control",
        IMMUTABLE.test(`/${file}`) ? "public, max-age=31536000, immutable" : "no-cache",
      );
    }
    return reply.sendFile(file, { cacheControl: false });
  }

  /** A file of the viewer, relative to its root; `null` for a file or page that it does not have. */
  #fileFor(path: string, root: string): string | null {
    const clean = path.replace(/^\/+|\/+$/g, "");
    const full = resolve(root, clean);
    if (full !== root && !full.startsWith(root + sep)) return null;
    const segments = clean.split("/");
    if (segments.at(-1)?.includes(".")) return existsSync(full) ? clean : null;
    if (clean === "") return "index.html";
    for (let depth = segments.length; depth > 0; depth--) {
      const page = `${segments.slice(0, depth).join("/")}/index.html`;
      if (existsSync(join(root, page))) return page;
    }
    return null;
  }

  #policy(file: string): string {
    const changedAt = statSync(file).mtimeMs;
    const known = this.#policies.get(file);
    if (known?.changedAt === changedAt) return known.policy;
    const policy = pagePolicy(readFileSync(file, "utf8"));
    this.#policies.set(file, { changedAt, policy });
    return policy;
  }
}
