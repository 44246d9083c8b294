/** Complaints and tip-offs with their clocks, and the reward by its anonymous code. */
import { Type } from "@sinclair/typebox";
import { pageOf } from "../answers.ts";
import { RewardStatus } from "../city-duty-answers.ts";
import { ComplaintView } from "../duty-answers.ts";
import { pageOf as partOf } from "../page.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { choices, choicesIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

const KINDS = ["complaint", "tip-off", "mixed"];

export const listComplaints = defineRoute({
  method: "GET",
  path: "/v1/complaints",
  id: "listComplaints",
  tag: "duties",
  access: "token",
  roles: ["admin", "O", "S", "Q", "C"],
  showsEvidence: true,
  summary:
    "Complaints and tip-offs, newest first, with the clocks of the law and the reward. A unit sees complaints alone, and of nobody who.",
  query: Type.Object({
    kind: choices(`${KINDS.join(", ")}.`),
    kitchen: Type.Optional(Type.String({ maxLength: 256 })),
    overdue: Type.Optional(Type.Boolean({ description: "Only those with a clock that has run out." })),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of the docket.", schema: pageOf(ComplaintView) } },
  handle({ query, principal }, { port }) {
    const kinds = choicesIn(query.kind, "kind", KINDS);
    const wanted = port.duties
      .complaints(principal)
      .filter(({ kind }) => kinds?.includes(kind) ?? true)
      .filter(({ kitchen }) => query.kitchen === undefined || kitchen === query.kitchen)
      .filter(({ clocks }) => query.overdue !== true || clocks.some(({ state }) => state === "overdue"));
    return {
      body: pageAnswer(
        partOf(wanted, ({ complaint, kitchen }) => `${complaint} ${kitchen}`, pageQuery(query)),
      ),
    };
  },
});

export const getReward = defineRoute({
  method: "GET",
  path: "/v1/public/rewards/{code}",
  id: "getReward",
  tag: "public",
  access: "public",
  summary: "How a reward stands, by the anonymous code that the office gave to the reporter.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "Undecided, none, due or paid.", schema: RewardStatus },
    404: { description: "No such code." },
    429: { description: "Too many calls from this address." },
  },
  handle({ params }, { port }) {
    const found = port.duties.reward(params.code ?? "");
    if (found === null) throw new Problem(404, "There is no reward under this code");
    return { body: found, headers: { "cache-control": "no-store" } };
  },
});
