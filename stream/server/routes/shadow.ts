/** What other rules or packs would have raised. */
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { ShadowAnswer } from "../shadow-port.ts";

export const getShadow = defineRoute({
  method: "GET",
  path: "/v1/shadow",
  id: "getShadow",
  tag: "audit",
  access: "token",
  roles: ["admin", "C", "Q"],
  showsEvidence: true,
  summary:
    "Alerts under the rules and packs that run in shadow (`--shadow`) against those of the live city, by code, so far; a banner sees its own.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The report and its lag.", schema: ShadowAnswer },
    404: { description: "Nothing runs in shadow." },
    503: { description: "The shadow has ended." },
  },
  async handle({ principal: { area } }, { shadow }) {
    if (shadow === null) throw new Problem(404, "Nothing runs in shadow: start the city with --shadow FILE");
    if (area.kind === "banner") return { body: await shadow.report(area.banner) };
    if (area.kind !== "city") throw new Problem(403, "That is for the city and the banners");
    return { body: await shadow.report(null) };
  },
});
