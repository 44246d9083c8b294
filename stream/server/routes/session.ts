/** Sessions: a browser trades the token for a signed cookie that no script can read. */
import { Type } from "@sinclair/typebox";
import { areaText } from "../../../twin/authority/principal.ts";
import { seesKitchen } from "../../../twin/authority/sight.ts";
import { SessionView } from "../answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";

export const openSession = defineRoute({
  method: "POST",
  path: "/v1/session",
  id: "openSession",
  tag: "session",
  access: "public",
  summary: "Sign in with a token.",
  query: NO_QUERY,
  body: Type.Object({ token: Type.String({ maxLength: 4_096 }) }),
  answers: {
    204: { description: "Signed in; the cookie is set." },
    401: { description: "Nobody's token." },
    429: { description: "Too many calls from this address." },
  },
  async handle({ body }, { access }) {
    const vouched = await access.vouch(body.token);
    if (vouched === null)
      throw new Problem(401, "That is neither the token that was printed at the start nor one of an account");
    return { status: 204, headers: { "set-cookie": access.sessionCookie(vouched) } };
  },
});

export const closeSession = defineRoute({
  method: "DELETE",
  path: "/v1/session",
  id: "closeSession",
  tag: "session",
  access: "public",
  summary: "Sign out.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 204: { description: "Signed out." } },
  handle(_, { access }) {
    return { status: 204, headers: { "set-cookie": access.endedCookie() } };
  },
});

export const getSession = defineRoute({
  method: "GET",
  path: "/v1/session",
  id: "getSession",
  tag: "session",
  access: "token",
  summary: "Who is signed in, in which role, for which area, and which kitchens that one sees.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "Who asks.", schema: SessionView } },
  handle({ principal }, { port }) {
    const { id, role, area } = principal;
    const { kitchens } = port.city;
    const seen = kitchens.filter((_, index) => seesKitchen(principal, port.city, index));
    const body: SessionView = {
      id,
      role,
      area: areaText(area),
      kitchens: seen.length === kitchens.length ? null : seen.map((kitchen) => kitchen.id),
    };
    return { body };
  },
});
