/** Alerts: the list, one of them with its evidence, and the live stream. */
import { Type } from "@sinclair/typebox";
import type { Principal } from "../../../twin/authority/principal.ts";
import { seesSubject } from "../../../twin/authority/sight.ts";
import { AlertStream, alertIn } from "../../outlets/alert-stream.ts";
import { PlacedAlert, pageOf } from "../answers.ts";
import type { CityPort, PlacedOutput } from "../city-port.ts";
import { isWantedAlert } from "../list-filters.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { ALERT_FILTER, alertFilterIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listAlerts = defineRoute({
  method: "GET",
  path: "/v1/alerts",
  id: "listAlerts",
  tag: "alerts",
  access: "token",
  summary: "Alerts, newest first, each with the evidence that made it ring.",
  query: Type.Object({ ...ALERT_FILTER, ...PAGE }),
  body: NO_BODY,
  answers: { 200: { description: "A page of alerts.", schema: pageOf(PlacedAlert) } },
  async handle({ query, principal }, { port }) {
    return { body: pageAnswer(await port.alerts(alertFilterIn(query, principal), pageQuery(query))) };
  },
});

export const getAlert = defineRoute({
  method: "GET",
  path: "/v1/alerts/{id}",
  id: "getAlert",
  tag: "alerts",
  access: "token",
  showsEvidence: true,
  summary: "One alert as it stands.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The alert.", schema: PlacedAlert },
    404: { description: "No such alert." },
  },
  async handle({ params, principal }, { port }) {
    const alert = await port.alert(params.id ?? "");
    if (alert === null || !seesSubject(principal, port.city, alert))
      throw new Problem(404, `There is no alert "${params.id}"`);
    return { body: alert };
  },
});

export const streamAlerts = defineRoute({
  method: "GET",
  path: "/v1/alerts/stream",
  id: "streamAlerts",
  tag: "alerts",
  access: "token",
  summary:
    "Server-Sent Events of alerts, and of cases if asked for, as they change. `id` is the log position: `Last-Event-ID` resumes without gap or repeat; without it the stream begins now.",
  query: Type.Object({
    ...ALERT_FILTER,
    cases: Type.Optional(
      Type.Boolean({ description: "Every step of the cases that you see too, whatever the filter." }),
    ),
  }),
  body: NO_BODY,
  headers: { "Last-Event-ID": "Log position of the last event that was received." },
  answers: {
    200: {
      description: "`event` is the CloudEvents type, `data` the CloudEvent.",
      mediaType: "text/event-stream",
      schema: Type.String(),
    },
    503: { description: "Too many streams are open." },
  },
  async handle({ query, raw, reply, principal }, { port, tail, counts, streamLimits, openStream, report }) {
    const filter = alertFilterIn(query, principal);
    const asked = resumeAt(raw.headers["last-event-id"]);
    // An id from beyond the end is one of another log: nothing could ever come behind it here.
    const foreign = asked !== null && asked > tail.newest && port.health().ready;
    const position = asked === null || foreign ? tail.newest : asked;
    const sink = reply.raw;
    const isWanted = (placed: PlacedOutput) => {
      const alert = alertIn(placed);
      if (alert !== null) return isWantedAlert(alert, filter, port.city);
      return query.cases === true && isSeenCase(placed, principal, port);
    };
    const stream = new AlertStream(sink, tail, isWanted, streamLimits);
    const release = openStream(() => stream.close());
    if (release === null)
      throw new Problem(503, "Too many streams are open", { headers: { "retry-after": "10" } });
    reply.hijack();
    sink.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    counts.alertStreamsOpened++;
    try {
      if ((await stream.run(position)) === "reader-too-slow") counts.alertStreamsTooSlow++;
    } catch (error) {
      // The answer has begun: all that can be said now is its end, and the reader comes back.
      report(error);
    } finally {
      release();
      sink.end();
    }
    return null;
  },
});

/** Whether it tells of a step of a case that the principal sees: as with its alerts. */
async function isSeenCase({ output }: PlacedOutput, principal: Principal, port: CityPort): Promise<boolean> {
  if (output.type !== "warmcity.case.changed") return false;
  const alert = await port.alert(output.data.alert);
  return alert !== null && seesSubject(principal, port.city, alert);
}

function resumeAt(header: string | string[] | undefined): number | null {
  if (header === undefined || header === "") return null;
  if (typeof header === "string" && /^\d{1,15}$/.test(header)) return Number(header);
  throw new Problem(400, "`Last-Event-ID` must be a log position, as the `id` of an event was");
}
