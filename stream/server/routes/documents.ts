/** The machine-readable contract. */
import { Type } from "@sinclair/typebox";
import { defineRoute, NO_BODY, NO_QUERY, type Route } from "../route.ts";

export const OPENAPI_PATH = "/v1/openapi.json";
export const ASYNCAPI_PATH = "/v1/asyncapi.json";

export const getOpenApi = document(OPENAPI_PATH, "getOpenApi", "This interface as OpenAPI 3.1.");
export const getAsyncApi = document(
  ASYNCAPI_PATH,
  "getAsyncApi",
  "Streams, MQTT topics and events as AsyncAPI 3.0.",
);

function document(path: string, id: string, summary: string): Route {
  return defineRoute({
    method: "GET",
    path,
    id,
    tag: "documents",
    access: "token",
    summary,
    query: NO_QUERY,
    body: NO_BODY,
    answers: { 200: { description: "The document.", schema: Type.Unknown() } },
    handle(_, { documents }) {
      return { body: documents.get(path), mediaType: "application/json; charset=utf-8" };
    },
  });
}
