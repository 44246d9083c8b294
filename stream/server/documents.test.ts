import { describe, expect, it } from "vitest";
import { inputEvents } from "../../twin/events/catalogue.ts";
import { outputEvents } from "../../twin/events/output-events.ts";
import { asyncApi } from "./asyncapi.ts";
import { openApi } from "./openapi.ts";
import { routeDocuments } from "./route-catalogue.ts";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** All objects within a document, with their JSON pointers. */
function* objectsIn(value: unknown, pointer = ""): Generator<[string, Json]> {
  if (!isObject(value)) return;
  yield [pointer, value];
  for (const [key, inner] of Object.entries(value))
    yield* objectsIn(inner, `${pointer}/${key.replaceAll("/", "~1")}`);
}

/** References that lead nowhere. */
function danglingReferences(document: Json): string[] {
  const pointers = new Set([...objectsIn(document)].map(([pointer]) => `#${pointer}`));
  return [...objectsIn(document)]
    .flatMap(([, { $ref }]) => (typeof $ref === "string" ? [$ref] : []))
    .filter((reference) => !pointers.has(reference));
}

describe("the OpenAPI document", () => {
  const document = openApi(routeDocuments, "1.2.3");
  const operations = [...objectsIn(document.paths)].filter(
    ([, { operationId }]) => operationId !== undefined,
  );

  it("names every path of the contract", () => {
    expect(Object.keys(Object(document.paths))).toEqual(
      expect.arrayContaining([
        "/v1/events",
        "/v1/city",
        "/v1/kitchens",
        "/v1/kitchens/positions",
        "/v1/kitchens/{id}",
        "/v1/kitchens/{id}/history",
        "/v1/alerts",
        "/v1/alerts/{id}",
        "/v1/alerts/stream",
        "/v1/cases",
        "/v1/cases/{id}",
        "/v1/cases/{id}/commands",
        "/v1/city/stream",
        "/v1/index/{id}",
        "/v1/lists/{color}",
        "/v1/trace",
        "/v1/forks",
        "/v1/forks/{id}",
        "/v1/public/kitchens/{code}",
        "/v1/cameras/{id}/whep",
        "/v1/deadletters",
        "/v1/audit/balance",
        "/v1/openapi.json",
        "/v1/asyncapi.json",
        "/v1/session",
        "/healthz",
        "/readyz",
        "/metrics",
      ]),
    );
  });

  it("has a name of its own for each operation, all path parameters, and no dangling reference", () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [pointer, operation] of operations) {
      const wanted = [...pointer.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
      const given = parameters.filter((one: Json) => one.in === "path").map((one: Json) => one.name);
      expect(given).toEqual(wanted);
    }
    expect(danglingReferences(document)).toEqual([]);
  });

  it("asks for a token everywhere under /v1 but on what is public", () => {
    const open = operations.filter(([, { security }]) => Array.isArray(security) && security.length === 0);
    expect(open.map(([, { operationId }]) => operationId).sort()).toEqual(
      [
        "closeSession",
        "getBallot",
        "getHealth",
        "getMetrics",
        "getPublicDuties",
        "getPublicKitchen",
        "getPublicList",
        "getReadiness",
        "getReward",
        "getStreet",
        "listBallots",
        "listLaw",
        "listPublicWarnings",
        "listResults",
        "openSession",
      ].sort(),
    );
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe("the AsyncAPI document", () => {
  const document = asyncApi("1.2.3");

  it("carries every event, in and out, and no dangling reference", () => {
    const text = JSON.stringify(document);
    for (const type of [...Object.keys(inputEvents), ...Object.keys(outputEvents)])
      expect(text).toContain(`"${type}"`);
    expect(danglingReferences(document)).toEqual([]);
  });

  it("names the MQTT topics with their parameters", () => {
    const channels = Object.values(Object(document.channels)).filter(isObject);
    const addresses = channels.map(({ address }) => address);
    expect(addresses).toContain("warmcity/v1/{kitchen}/{device}/reading");
    for (const { address, parameters } of channels) {
      const wanted = [...String(address).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(parameters ?? {})).toEqual(wanted);
    }
  });
});
