/** Cases: the docket, one case, and what people do with it. */
import { Type } from "@sinclair/typebox";
import { seesSubject } from "../../../twin/authority/sight.ts";
import { CASE_STATES } from "../../../twin/events/output-events.ts";
import { publicEvents } from "../../../twin/events/public-events.ts";
import { CaseView, pageOf } from "../answers.ts";
import type { CaseCommand } from "../city-port.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { choices, choicesIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listCases = defineRoute({
  method: "GET",
  path: "/v1/cases",
  id: "listCases",
  tag: "cases",
  access: "token",
  summary: "The docket, newest first; `allowed` is what you may do.",
  query: Type.Object({
    state: choices("Case states."),
    level: choices("L1 (gravest) to L4."),
    kitchen: Type.Optional(Type.String({ maxLength: 256 })),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of cases.", schema: pageOf(CaseView) } },
  async handle({ query, principal }, { port }) {
    const filter = {
      principal,
      states: choicesIn(query.state, "state", CASE_STATES),
      levels: choicesIn(query.level, "level", ["L1", "L2", "L3", "L4"]),
      kitchen: query.kitchen ?? null,
    };
    return { body: pageAnswer(await port.cases(filter, pageQuery(query))) };
  },
});

export const getCase = defineRoute({
  method: "GET",
  path: "/v1/cases/{id}",
  id: "getCase",
  tag: "cases",
  access: "token",
  showsEvidence: true,
  summary: "One case with every step and what you may do next.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The case.", schema: CaseView },
    404: { description: "No such case." },
  },
  async handle({ params, principal }, { port }) {
    const found = await port.case(params.id ?? "", principal);
    if (found === null || !seesSubject(principal, port.city, found))
      throw new Problem(404, `There is no case "${params.id}"`);
    return { body: found };
  },
});

/**
 * Whose hand it was is for us to say: nobody signs with another's name. Who passes a recheck says who was there: two
 * where it is on site (O49 Art. 23); not to say so breaks no rule only in what is handed in by machines.
 */
function signed(body: CaseCommand, actor: string): CaseCommand {
  const command = { ...body, actor };
  return body.command === "recheck-pass" ? { ...command, inspectors: body.inspectors ?? [] } : command;
}

export const commandCase = defineRoute({
  method: "POST",
  path: "/v1/cases/{id}/commands",
  id: "commandCase",
  tag: "cases",
  access: "token",
  summary: "Do something with a case; a refused command is answered with the allowed ones.",
  query: NO_QUERY,
  body: Type.Omit(publicEvents["warmcity.case.command"], ["case"]),
  answers: {
    200: { description: "Done and durable; the case as it stands.", schema: CaseView },
    403: { description: "Not your role; `allowed` lists what is yours to do now." },
    404: { description: "No such case." },
    409: { description: "Not allowed now; `allowed` lists what is yours to do.", schema: Type.Unknown() },
  },
  async handle({ params, body, principal }, { port }) {
    const found = await port.case(params.id ?? "", principal);
    if (found === null || !seesSubject(principal, port.city, found))
      throw new Problem(404, `There is no case "${params.id}"`);
    if (principal.role !== "admin" && body.role !== principal.role)
      throw new Problem(403, `You act as ${principal.role}, not as ${body.role}`, {
        members: { allowed: found.allowed },
      });
    const command = principal.role === "admin" ? body : signed(body, principal.id);
    const result = await port.command(found.case, command, principal);
    if (result === null) throw new Problem(404, `There is no case "${params.id}"`);
    if (!result.done) throw new Problem(409, result.reason, { members: { allowed: result.allowed } });
    return { body: result.case };
  },
});
