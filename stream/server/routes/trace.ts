/** The way of a lot, one up and one down: its names, who supplied it, who received it, what is recalled. */
import { Type } from "@sinclair/typebox";
import { TraceView } from "../answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY } from "../route.ts";

export const getTrace = defineRoute({
  method: "GET",
  path: "/v1/trace",
  id: "getTrace",
  tag: "trace",
  access: "token",
  summary:
    "One-up one-down graph of a lot: its names, suppliers, kitchens and recalls; of kitchens those that one may see.",
  query: Type.Object({
    lot: Type.String({ minLength: 1, maxLength: 256, description: "Name of the lot." }),
    product: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: "Default: lots of this name of any product.",
      }),
    ),
  }),
  body: NO_BODY,
  answers: {
    200: { description: "The graph.", schema: TraceView },
    404: { description: "No such lot in sight." },
  },
  async handle({ query, principal }, { port }) {
    const found = await port.trace({ lot: query.lot, product: query.product ?? null }, principal);
    if (found === null) throw new Problem(404, `There is no lot ${query.lot} that you may see`);
    return { body: found };
  },
});
