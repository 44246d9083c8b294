/** Sessions: a browser trades the token for a signed cookie that no script can read. */
import { Type } from "@sinclair/typebox";
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
