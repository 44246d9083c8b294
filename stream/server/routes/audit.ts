/** What was refused, and whether everything that came adds up. */
import { Type } from "@sinclair/typebox";
import { Balance, DeadLetter, pageOf } from "../answers.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listDeadLetters = defineRoute({
  method: "GET",
  path: "/v1/deadletters",
  id: "listDeadLetters",
  tag: "audit",
  access: "token",
  summary: "Refused input with reasons, newest first.",
  query: Type.Object(PAGE),
  body: NO_BODY,
  answers: { 200: { description: "A page of dead letters.", schema: pageOf(DeadLetter) } },
  async handle({ query }, { port }) {
    return { body: pageAnswer(await port.deadLetters(pageQuery(query))) };
  },
});

export const getBalance = defineRoute({
  method: "GET",
  path: "/v1/audit/balance",
  id: "getBalance",
  tag: "audit",
  access: "token",
  summary:
    "received = accepted + duplicates + rejected; accepted = processed + late + quarantined; at a log position.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "The sums.", schema: Balance } },
  handle(_, { port }) {
    return { body: port.balance() };
  },
});
