/**
 * `defineRoute()`: one HTTP operation with everything that is said of it: the schemas check what comes, type the handler,
 * and become the OpenAPI document.
 */
import { type Static, type TObject, type TSchema, Type, TypeGuard } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { Value } from "@sinclair/typebox/value";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ACCOUNT_ROLES, type AccountRole, type Principal } from "../../twin/authority/principal.ts";
import { bodyText, parseJson } from "../door/body.ts";
import { schemaFaults } from "../door/data-checks.ts";
import { bareMediaType, JSON_TYPE } from "../door/media-type.ts";
import type { Notice } from "../notify/notice.ts";
import type { AlertStreamLimits } from "../outlets/alert-stream.ts";
import type { OutputTail } from "../outlets/output-tail.ts";
import type { Access } from "./access.ts";
import type { CityPort, MetricFamily } from "./city-port.ts";
import type { ForkDesk } from "./fork-desk.ts";
import { Problem } from "./problem.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { ReadAudit } from "./read-audit.ts";
import type { ServerCounts } from "./server-counts.ts";
import type { ShadowPort } from "./shadow-port.ts";

/** What all routes share. */
export interface ServerContext {
  readonly port: CityPort;
  readonly access: Access;
  readonly publicLimit: RateLimit;
  readonly tail: OutputTail;
  readonly streamLimits: AlertStreamLimits;
  readonly counts: ServerCounts;
  /** What became of the notifications, newest first. */
  readonly notices: () => readonly Notice[];
  /** `null` = nobody keeps who reads evidence (tests of other things). */
  readonly reads: ReadAudit | null;
  /** `null` = nothing runs in shadow. */
  readonly shadow: ShadowPort | null;
  /** `null` = this city cannot be forked. */
  readonly forks: ForkDesk | null;
  /** Metrics of the live feed to viewers, and of the other doors. */
  readonly feedMetrics: () => readonly MetricFamily[];
  /** Documents made once, by path. */
  readonly documents: ReadonlyMap<string, string>;
  /** Hears errors that callers are not told. */
  readonly report: (error: unknown) => void;
  /** Whether a further long-lived stream may be opened; the server counts it until `close`. */
  readonly openStream: (close: () => void) => (() => void) | null;
}

export interface RouteRequest<Query, Body> {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Who asks; always known where `access` is `token`. */
  readonly principal: Principal;
  readonly raw: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Answer {
  readonly status?: number;
  /** JSON, or text where `mediaType` says so; absent = no content. */
  readonly body?: unknown;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteDocument {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With parameters in braces, as in OpenAPI. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  /** `token`: bearer or session; `public`: anyone, within the rate limit; `open`: anyone. */
  readonly access: "token" | "public" | "open";
  /** Who may call it where `access` is `token`; default: all who may see anything. */
  readonly roles?: readonly AccountRole[];
  /** It shows evidence: who reads it is kept (`read-audit.ts`). */
  readonly showsEvidence?: boolean;
  readonly query: TObject;
  readonly body: TSchema;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly schema?: TSchema; readonly mediaType?: string }>
  >;
}

export interface Route {
  readonly document: RouteDocument;
  /** `null` = the handler has taken over the connection. */
  readonly run: (
    raw: FastifyRequest,
    reply: FastifyReply,
    principal: Principal,
    context: ServerContext,
  ) => Promise<Answer | null>;
}

/** Who asks where nobody is asked for: sees nothing. */
export const NOBODY: Principal = { id: "nobody", role: "source", area: { kind: "kitchens", kitchens: [] } };
export const READERS: readonly AccountRole[] = ACCOUNT_ROLES.filter((role) => role !== "source");
/** Who watches over the machine and its input. */
export const KEEPERS: readonly AccountRole[] = ["admin", "C", "OPS"];
export const NO_QUERY = Type.Object({});
export const NO_BODY = Type.Undefined();

export function defineRoute<Q extends TObject, B extends TSchema>(
  definition: Omit<RouteDocument, "query" | "body"> & {
    readonly query: Q;
    readonly body: B;
    readonly handle: (
      request: RouteRequest<Static<Q>, Static<B>>,
      context: ServerContext,
    ) => Promise<Answer | null> | Answer | null;
  },
): Route {
  const { handle, ...document } = definition;
  const query = proof(definition.query, "query");
  const body = proof(definition.body, "body");
  const hasBody = !TypeGuard.IsUndefined(definition.body);
  return {
    document,
    async run(raw, reply, principal, context) {
      return handle(
        {
          params: stringsIn(raw.params),
          query: query(Value.Convert(definition.query, { ...Object(raw.query) })),
          body: body(hasBody ? jsonBody(raw) : undefined),
          principal,
          raw,
          reply,
        },
        context,
      );
    },
  };
}

/** A function that gives back what fits the schema and throws a Problem (400) with pointers for all else. */
function proof<S extends TSchema>(schema: S, what: string): (value: unknown) => Static<S> {
  let compiled: TypeCheck<S> | null = null;
  return (value) => {
    compiled ??= TypeCompiler.Compile(schema);
    if (compiled.Check(value)) return value;
    const faults = schemaFaults(compiled, value, "");
    const detail = `The ${what} is wrong at ${faults[0]?.pointer || "/"}: it ${faults[0]?.reason}`;
    throw new Problem(400, detail, { members: { faults } });
  };
}

function jsonBody(raw: FastifyRequest): unknown {
  const contentType = raw.headers["content-type"] ?? "";
  if (bareMediaType(contentType) !== JSON_TYPE || !(raw.body instanceof Uint8Array)) {
    throw new Problem(415, `The media type is "${contentType}"; expected ${JSON_TYPE}`);
  }
  const text = bodyText(raw.body);
  const parsed = text.ok ? parseJson(text.value) : text;
  if (!parsed.ok) throw new Problem(400, `The body ${parsed.faults[0]?.reason}`);
  return parsed.value;
}

function stringsIn(params: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(params)).map(([name, value]) => [name, String(value)]));
}
