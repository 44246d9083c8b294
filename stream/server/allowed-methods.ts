/** Which methods a path knows, so that a wrong one is told from a path that is not there (RFC 9110, 15.5.6). */
import type { RouteDocument } from "./route.ts";

export class AllowedMethods {
  readonly #paths: readonly { readonly pattern: RegExp; readonly methods: readonly string[] }[];

  constructor(documents: readonly RouteDocument[]) {
    this.#paths = documents.map(({ path, method, answers }) => ({
      pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
      methods:
        method === "GET" && answers[200]?.mediaType !== "text/event-stream" ? ["GET", "HEAD"] : [method],
    }));
  }

  /** Of a path without its query, in the order of the routes; empty = there is no such path. */
  of(path: string): string[] {
    const found = this.#paths.filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => methods))];
  }
}
