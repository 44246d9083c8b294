/** Parts of the contract that are not there yet: each answers 501 and says so. */
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY, type Route, type RouteDocument } from "../route.ts";

export const laterRoutes: readonly Route[] = [
  later("POST", "/v1/cameras/{id}/whep", "openVideo", "video", "Live video by WHEP."),
  later("PATCH", "/v1/cameras/{id}/whep/{session}", "changeVideo", "video", "Trickle ICE of a WHEP session."),
  later("DELETE", "/v1/cameras/{id}/whep/{session}", "closeVideo", "video", "End of a WHEP session."),
];

function later(
  method: RouteDocument["method"],
  path: string,
  id: string,
  tag: string,
  summary: string,
): Route {
  return defineRoute({
    method,
    path,
    id,
    tag,
    access: "token",
    summary,
    query: NO_QUERY,
    body: NO_BODY,
    answers: { 501: { description: "Not there yet." } },
    handle() {
      throw new Problem(501, `${summary.replace(/\.$/, "")}: this part of the contract is not there yet`);
    },
  });
}
