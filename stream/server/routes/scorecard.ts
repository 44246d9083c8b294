/** Key figures by area, type and group; turnover for the statistics; feeds from outside; a demonstration street. */
import { Type } from "@sinclair/typebox";
import { SCORED_BY } from "../../projections/duties/scorecard.ts";
import { FeedView, ProjectFigures, Provision, Score, Statistics, StreetView } from "../city-duty-answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, KEEPERS, NO_BODY, NO_QUERY } from "../route.ts";

export const getScorecard = defineRoute({
  method: "GET",
  path: "/v1/scorecard",
  id: "getScorecard",
  tag: "duties",
  access: "token",
  roles: ["admin", "S", "Q", "C", "OPS"],
  summary:
    "The figures the programme is judged by: connected, online, cases closed, duties done, self-checks in time, satisfaction.",
  query: Type.Object({
    by: Type.Optional(
      Type.Union(
        SCORED_BY.map((name) => Type.Literal(name)),
        { description: `${SCORED_BY.join(", ")}; default: banner.` },
      ),
    ),
  }),
  body: NO_BODY,
  answers: { 200: { description: "One line per name.", schema: Type.Object({ items: Type.Array(Score) }) } },
  handle({ query, principal }, { port }) {
    return { body: { items: port.duties.scores(principal, query.by ?? "banner") } };
  },
});

export const getProjects = defineRoute({
  method: "GET",
  path: "/v1/projects",
  id: "getProjects",
  tag: "duties",
  access: "token",
  roles: ["admin", "S", "Q", "C"],
  summary: "Key figures of the four projects of the programme (四大工程), of the kitchens of one's area.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The four projects.", schema: Type.Object({ items: Type.Array(ProjectFigures) }) },
  },
  handle({ principal }, { port }) {
    return { body: { items: port.duties.projects(principal) } };
  },
});

export const listLaw = defineRoute({
  method: "GET",
  path: "/v1/public/law",
  id: "listLaw",
  tag: "public",
  access: "public",
  summary:
    "What the law asks of kitchens (食品安全普法): by alert code, in Chinese and English, with its legal basis.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "All provisions.", schema: Type.Object({ items: Type.Array(Provision) }) },
    429: { description: "Too many calls from this address." },
  },
  handle(_, { port }) {
    return { body: { items: port.duties.law() }, headers: { "cache-control": "public, max-age=3600" } };
  },
});

export const getStatistics = defineRoute({
  method: "GET",
  path: "/v1/statistics",
  id: "getStatistics",
  tag: "duties",
  access: "token",
  roles: ["admin", "Q", "C"],
  summary:
    "Turnover of a month by payments and orders, by banner and type; units near the threshold of the statistics.",
  query: Type.Object({
    month: Type.Optional(
      Type.String({ pattern: "^\\d{4}-\\d{2}$", description: "YYYY-MM; default: the present one." }),
    ),
  }),
  body: NO_BODY,
  answers: { 200: { description: "A proxy: cash is not in it.", schema: Statistics } },
  handle({ query, principal }, { port }) {
    return { body: port.duties.statistics(principal, query.month ?? null) };
  },
});

export const listFeeds = defineRoute({
  method: "GET",
  path: "/v1/feeds",
  id: "listFeeds",
  tag: "audit",
  access: "token",
  roles: KEEPERS,
  summary:
    "Feeds of departments, platforms and laboratories: when each spoke last, those that are late first.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "All feeds.", schema: Type.Object({ items: Type.Array(FeedView) }) } },
  handle(_, { port }) {
    return { body: { items: port.duties.feeds() } };
  },
});

export const getStreet = defineRoute({
  method: "GET",
  path: "/v1/public/streets/{id}",
  id: "getStreet",
  tag: "public",
  access: "public",
  summary: "A demonstration street as its displays show it: units by colour, density of alerts, footfall.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The street.", schema: StreetView },
    404: { description: "No such street." },
    429: { description: "Too many calls from this address." },
  },
  handle({ params }, { port }) {
    const found = port.duties.street(params.id ?? "");
    if (found === null) throw new Problem(404, `The registry has no street "${params.id}"`);
    return { body: found, headers: { "cache-control": "public, max-age=30" } };
  },
});
