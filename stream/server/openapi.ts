/** The HTTP interface as OpenAPI 3.1, made from the routes themselves. */
import { type TObject, type TSchema, TypeGuard } from "@sinclair/typebox";
import { MEDIA_TYPES } from "../door/media-type.ts";
import { FaultAnswer, ProblemAnswer } from "./answers.ts";
import { PROBLEM_TYPE } from "./problem.ts";
import type { RouteDocument } from "./route.ts";
import { EVENTS_PATH } from "./routes/events.ts";

type Json = Record<string, unknown>;

export function openApi(documents: readonly RouteDocument[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const document of documents) {
    paths[document.path] = {
      ...paths[document.path],
      [document.method.toLowerCase()]: operation(document),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Warm City Twin 暖城孪生",
      version,
      description:
        "The kitchens of a city as a live twin: events in, explained alerts out. Times are RFC 3339.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "warmcity_session" },
      },
      schemas: { Problem: plain(ProblemAnswer), Fault: plain(FaultAnswer) },
    },
  };
}

function operation(document: RouteDocument): Json {
  const body = requestBody(document);
  return {
    operationId: document.id,
    tags: [document.tag],
    summary: document.summary,
    security: document.access === "token" ? [{ token: [] }, { session: [] }] : [],
    parameters: [
      ...pathParameters(document.path),
      ...queryParameters(document.query),
      ...Object.entries(document.headers ?? {}).map(([name, description]) => ({
        name,
        in: "header",
        description,
        schema: { type: "string" },
      })),
    ],
    ...(body === null ? {} : { requestBody: body }),
    responses: responses(document),
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: TObject): Json[] {
  return Object.entries(query.properties).map(([name, schema]) => {
    const { description, ...rest } = plain(schema);
    const told = typeof description === "string" ? { description } : {};
    return { name, in: "query", ...told, required: query.required?.includes(name) ?? false, schema: rest };
  });
}

function requestBody(document: RouteDocument): Json | null {
  if (document.path === EVENTS_PATH) {
    const bodies = MEDIA_TYPES.map((mediaType) => [
      mediaType,
      mediaType.endsWith("json") ? { schema: { type: ["object", "array"] } } : {},
    ]);
    const description = "The types and their data are listed in the AsyncAPI document.";
    return { required: true, description, content: Object.fromEntries(bodies) };
  }
  if (TypeGuard.IsUndefined(document.body)) return null;
  return { required: true, content: { "application/json": { schema: plain(document.body) } } };
}

function responses(document: RouteDocument): Json {
  const refusals = document.access === "token" ? { 401: { description: "No valid token or session." } } : {};
  const all = { ...refusals, ...document.answers };
  const problem = { content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } } };
  const entries = Object.entries(all).map(([status, answer]): [string, Json] => {
    if (Number(status) >= 400) return [status, { description: answer.description, ...problem }];
    const { schema, mediaType, description } = {
      schema: undefined,
      mediaType: "application/json",
      ...answer,
    };
    const content = schema === undefined ? {} : { content: { [mediaType]: { schema: plain(schema) } } };
    return [status, { description, ...content }];
  });
  return Object.fromEntries(entries);
}

/** A schema as plain JSON, without TypeBox's symbols. */
export function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema));
}
