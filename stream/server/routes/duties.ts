/** The duties of a kitchen, for those who see it; and what guests may know of them. */
import { Value } from "@sinclair/typebox/value";
import { type AccountRole, areaText } from "../../../twin/authority/principal.ts";
import { seesKitchen } from "../../../twin/authority/sight.ts";
import { KitchenDuties, PublicDuties } from "../duty-answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";

/** Platforms, the integrator and the health office have no business with it. */
const SEES: readonly AccountRole[] = ["admin", "O", "S", "Q", "C", "B"];

export const getDuties = defineRoute({
  method: "GET",
  path: "/v1/kitchens/{id}/duties",
  id: "getDuties",
  tag: "duties",
  access: "token",
  roles: SEES,
  summary:
    "Calendar of self-checks (日管控、周排查、月调度), staff wall, planned duties, ratings, seals and listings of a kitchen.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "As of all that has arrived.", schema: KitchenDuties },
    403: { description: "Not your role or area." },
    404: { description: "No such kitchen." },
  },
  handle({ params, principal }, { port }) {
    const index = port.city.kitchenIndex(params.id ?? "");
    if (index < 0) throw new Problem(404, `The registry has no kitchen "${params.id}"`);
    if (!seesKitchen(principal, port.city, index))
      throw new Problem(403, `Kitchen "${params.id}" is outside your area (${areaText(principal.area)})`);
    return { body: port.duties.kitchen(index, principal) };
  },
});

export const getPublicDuties = defineRoute({
  method: "GET",
  path: "/v1/public/kitchens/{code}/duties",
  id: "getPublicDuties",
  tag: "public",
  access: "public",
  summary:
    "How a kitchen does its duties: self-checks by day, staff by status, ratings, accredited results. Nobody's name.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "What anybody may see.", schema: PublicDuties },
    404: { description: "No such code." },
    429: { description: "Too many calls from this address." },
  },
  handle({ params }, { port }) {
    const index = port.city.kitchens.findIndex(({ code }) => code === params.code);
    if (index < 0) throw new Problem(404, `There is no kitchen with the code "${params.code}"`);
    // Whatever else the twin knows, only what the schema names goes out.
    const body: unknown = Value.Clean(PublicDuties, structuredClone(port.duties.publicKitchen(index)));
    return { body, headers: { "cache-control": "public, max-age=60" } };
  },
});
