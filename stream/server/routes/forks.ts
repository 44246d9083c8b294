/** What-if runs: begun, followed, cancelled. */
import { Type } from "@sinclair/typebox";
import type { Principal } from "../../../twin/authority/principal.ts";
import { FORK_HOURS_MAX, ForkChangesShape } from "../../forks/fork-change.ts";
import { parseForkOrder, SEEDS_LEAST, SEEDS_MOST } from "../../forks/fork-order.ts";
import { type ForkDesk, ForkView } from "../fork-desk.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY, type ServerContext } from "../route.ts";
import { moment, momentIn } from "./questions.ts";

const PLANNERS = ["admin", "C"] as const;

export const createFork = defineRoute({
  method: "POST",
  path: "/v1/forks",
  id: "createFork",
  tag: "forks",
  access: "token",
  roles: PLANNERS,
  summary:
    "Take the city at a moment, change something, and run it ahead beside the unchanged city, both by several seeds: the difference.",
  query: NO_QUERY,
  body: Type.Object({
    at: Type.Optional(Type.Union([moment("Event time from which it runs."), Type.Null()])),
    hours: Type.Optional(Type.Integer({ description: `1 to ${FORK_HOURS_MAX}; default 24.` })),
    seeds: Type.Optional(
      Type.Integer({
        description: `How many runs, ${SEEDS_LEAST} to ${SEEDS_MOST}; default ${SEEDS_LEAST}.`,
      }),
    ),
    changes: ForkChangesShape,
  }),
  answers: {
    202: {
      description: "It waits for its turn, or runs: `Location` says where to follow it.",
      schema: ForkView,
    },
    400: { description: "What is wrong, by JSON pointer." },
    404: { description: "`at` lies ahead." },
    503: { description: "Too many wait, or this city cannot be forked." },
  },
  handle({ body, principal }, context) {
    const desk = deskOf(context);
    const { port } = context;
    const at = momentIn(body.at ?? undefined);
    const now = port.totals(principal).time;
    if (at !== null && at > now) throw new Problem(404, "`at` lies ahead of the city's time");
    const ground = { city: port.city, policies: desk.policies };
    const parsed = parseForkOrder(ground, { ...body, at });
    if (!parsed.ok) {
      const [first] = parsed.faults;
      const detail = `The body is wrong at ${first?.pointer}: it ${first?.reason}`;
      throw new Problem(400, detail, { members: { faults: parsed.faults } });
    }
    const id = desk.begin(parsed.value, principal.id);
    if (id === null)
      throw new Problem(503, "Too many forks wait for their turn", { headers: { "retry-after": "30" } });
    return { status: 202, body: desk.view(id), headers: { location: `/v1/forks/${id}` } };
  },
});

export const getFork = defineRoute({
  method: "GET",
  path: "/v1/forks/{id}",
  id: "getFork",
  tag: "forks",
  access: "token",
  roles: PLANNERS,
  summary: "How far a fork is, and in the end the difference: mean and spread over its seeds.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The fork.", schema: ForkView },
    404: { description: "No such fork, or it is forgotten." },
  },
  handle({ params }, context) {
    const view = deskOf(context).view(params.id ?? "");
    if (view === null) throw new Problem(404, `There is no fork "${params.id}"`);
    return { body: view };
  },
});

export const cancelFork = defineRoute({
  method: "DELETE",
  path: "/v1/forks/{id}",
  id: "cancelFork",
  tag: "forks",
  access: "token",
  roles: PLANNERS,
  summary: "End a fork, or forget one that has ended. Whoever asked for it may, and the admin.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    204: { description: "Done." },
    403: { description: "Somebody else asked for it." },
    404: { description: "No such fork." },
  },
  async handle({ params, principal }, context) {
    const desk = deskOf(context);
    const id = params.id ?? "";
    const owner = desk.ownerOf(id);
    if (owner === null) throw new Problem(404, `There is no fork "${id}"`);
    if (!mayEnd(principal, owner)) throw new Problem(403, `${owner} asked for it`);
    await desk.cancel(id);
    return { status: 204 };
  },
});

function mayEnd({ id, role }: Principal, owner: string): boolean {
  return id === owner || role === "admin";
}

function deskOf({ forks }: ServerContext): ForkDesk {
  if (forks === null) throw new Problem(503, "This city cannot be forked");
  return forks;
}
