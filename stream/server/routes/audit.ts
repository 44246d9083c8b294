/** What was refused, and whether everything that came adds up. */
import { Type } from "@sinclair/typebox";
import { Balance, DeadLetter, EvidenceRead, pageOf } from "../answers.ts";
import { defineRoute, KEEPERS, NO_BODY, NO_QUERY } from "../route.ts";
import { PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listDeadLetters = defineRoute({
  method: "GET",
  path: "/v1/deadletters",
  id: "listDeadLetters",
  tag: "audit",
  access: "token",
  roles: KEEPERS,
  summary: "Refused input with reasons, newest first.",
  query: Type.Object(PAGE),
  body: NO_BODY,
  answers: { 200: { description: "A page of dead letters.", schema: pageOf(DeadLetter) } },
  async handle({ query }, { port }) {
    return { body: pageAnswer(await port.deadLetters(pageQuery(query))) };
  },
});

export const listReads = defineRoute({
  method: "GET",
  path: "/v1/audit/reads",
  id: "listReads",
  tag: "audit",
  access: "token",
  roles: ["admin", "C"],
  summary:
    "Who read evidence (an alert, a case, a history) last, newest first, at most 1,000; each line chained by hash.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "The reads.", schema: Type.Object({ items: Type.Array(EvidenceRead) }) } },
  async handle(_, { reads }) {
    return { body: { items: (await reads?.newest()) ?? [] } };
  },
});

export const getBalance = defineRoute({
  method: "GET",
  path: "/v1/audit/balance",
  id: "getBalance",
  tag: "audit",
  access: "token",
  roles: KEEPERS,
  summary:
    "received = accepted + duplicates + rejected; accepted = processed + late + quarantined; at a log position.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "The sums.", schema: Balance } },
  handle(_, { port }) {
    return { body: port.balance() };
  },
});
