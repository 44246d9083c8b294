/** The city as a whole: totals, live states, positions. */
import { Type } from "@sinclair/typebox";
import { CityView, Positions } from "../answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { moment, momentIn } from "./questions.ts";

export const POSITIONS_PATH = "/v1/kitchens/positions";
export const CITY_STREAM_PATH = "/v1/city/stream";

export const getCity = defineRoute({
  method: "GET",
  path: "/v1/city",
  id: "getCity",
  tag: "city",
  access: "token",
  summary: "Totals by state, banner and type; online rate; open alerts by level; now or at an earlier time.",
  query: Type.Object({ at: moment("Event time to look back to.") }),
  body: NO_BODY,
  answers: {
    200: {
      description: "The totals; `time` = the newest moment up to `at` that was kept.",
      schema: CityView,
    },
    404: { description: "`at` lies ahead, or before all that is kept; the answer says from when on it is." },
  },
  async handle({ query, principal }, { port }) {
    return { body: await port.cityView(momentIn(query.at), principal) };
  },
});

export const getPositions = defineRoute({
  method: "GET",
  path: POSITIONS_PATH,
  id: "getPositions",
  tag: "city",
  access: "token",
  summary: "All kitchens in registry order: index i of the live stream is the i-th kitchen here.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "Columns, one element per kitchen.", schema: Positions } },
  handle(_, { documents }) {
    return { body: documents.get(POSITIONS_PATH), mediaType: "application/json; charset=utf-8" };
  },
});

/** The WebSocket itself is served on the upgrade of the connection (`live-socket.ts`); this answers all else. */
export const streamCity = defineRoute({
  method: "GET",
  path: CITY_STREAM_PATH,
  id: "streamCity",
  tag: "city",
  access: "token",
  summary:
    "WebSocket: hello, a snapshot of all kitchen states, then deltas (binary, see the AsyncAPI) and totals. " +
    "A slow reader gets the newest value per kitchen and a `skipped` message.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    101: { description: "Switching to WebSocket." },
    426: { description: "Not a WebSocket request." },
  },
  handle() {
    throw new Problem(426, "Open this path as a WebSocket", { headers: { upgrade: "websocket" } });
  },
});
