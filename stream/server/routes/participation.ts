/** What the public takes part in: ballots, published results, call-backs; and what is on platforms and on the road. */
import { Type } from "@sinclair/typebox";
import { pageOf } from "../answers.ts";
import { BallotView, FeedbackView } from "../city-duty-answers.ts";
import { ListingView, MobileView, TestResultView } from "../duty-answers.ts";
import { pageOf as partOf } from "../page.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { choices, choicesIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listBallots = defineRoute({
  method: "GET",
  path: "/v1/public/ballots",
  id: "listBallots",
  tag: "public",
  access: "public",
  summary: "What the public votes on and how it stands (票选抽检品类), newest first.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "All ballots.", schema: Type.Object({ items: Type.Array(BallotView) }) },
    429: { description: "Too many calls from this address." },
  },
  handle(_, { port }) {
    return { body: { items: port.duties.ballots() }, headers: { "cache-control": "public, max-age=60" } };
  },
});

export const getBallot = defineRoute({
  method: "GET",
  path: "/v1/public/ballots/{ballot}",
  id: "getBallot",
  tag: "public",
  access: "public",
  summary: "The count of one ballot: one person, one vote; further votes are void and counted.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The count.", schema: BallotView },
    404: { description: "Nobody has voted there." },
    429: { description: "Too many calls from this address." },
  },
  handle({ params }, { port }) {
    const found = port.duties.ballot(params.ballot ?? "");
    if (found === null) throw new Problem(404, `Nobody has voted in "${params.ballot}"`);
    return { body: found, headers: { "cache-control": "public, max-age=60" } };
  },
});

export const listResults = defineRoute({
  method: "GET",
  path: "/v1/public/results",
  id: "listResults",
  tag: "public",
  access: "public",
  summary:
    "Results of accredited laboratories, newest first; a failed one when the time to ask for a second test is over.",
  query: Type.Object({
    banner: Type.Optional(Type.String({ pattern: "^\\d{6}$" })),
    passed: Type.Optional(Type.Boolean()),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: {
    200: { description: "A page of results.", schema: pageOf(TestResultView) },
    429: { description: "Too many calls from this address." },
  },
  handle({ query }, { port }) {
    const wanted = port.duties
      .results(query.banner ?? null)
      .filter(({ passed }) => query.passed === undefined || passed === query.passed);
    const page = partOf(wanted, ({ report, kitchen }) => `${report} ${kitchen.code}`, pageQuery(query));
    return { body: pageAnswer(page), headers: { "cache-control": "public, max-age=300" } };
  },
});

export const getFeedback = defineRoute({
  method: "GET",
  path: "/v1/feedback",
  id: "getFeedback",
  tag: "duties",
  access: "token",
  roles: ["admin", "S", "Q", "C"],
  summary:
    "Call-backs: the mean, answers below 80 for the banner bureau, questions with their three working days.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "Of the kitchens one may see.", schema: FeedbackView } },
  handle({ principal }, { port }) {
    return { body: port.duties.feedback(principal) };
  },
});

export const listListings = defineRoute({
  method: "GET",
  path: "/v1/platform-listings",
  id: "listListings",
  tag: "duties",
  access: "token",
  roles: ["admin", "O", "S", "Q", "C", "PL"],
  summary: "Shops on the platforms as last listed, and whether they are at odds with the licence (W02).",
  query: Type.Object({
    platform: choices("Names of platforms."),
    mismatch: Type.Optional(Type.Boolean()),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of listings.", schema: pageOf(ListingView) } },
  handle({ query, principal }, { port }) {
    const platforms = choicesIn(query.platform, "platform");
    const wanted = port.duties
      .listings(principal)
      .filter(({ platform }) => platforms?.includes(platform) ?? true)
      .filter(({ mismatch }) => query.mismatch === undefined || mismatch === query.mismatch);
    const keyOf = ({ kitchen, platform, shop }: ListingView) => `${kitchen} ${platform} ${shop}`;
    return { body: pageAnswer(partOf(wanted, keyOf, pageQuery(query))) };
  },
});

export const listMobileUnits = defineRoute({
  method: "GET",
  path: "/v1/mobile-units",
  id: "listMobileUnits",
  tag: "duties",
  access: "token",
  roles: ["admin", "O", "S", "Q", "C", "B"],
  summary:
    "Mobile units and banquets: where they were seen, how far outside of where they may be, what was filed.",
  query: Type.Object({ ...PAGE }),
  body: NO_BODY,
  answers: { 200: { description: "A page of units.", schema: pageOf(MobileView) } },
  handle({ query, principal }, { port }) {
    const wanted = port.duties.mobileUnits(principal);
    return { body: pageAnswer(partOf(wanted, ({ kitchen }) => kitchen, pageQuery(query))) };
  },
});
