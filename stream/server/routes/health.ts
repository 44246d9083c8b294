/** For those who watch the program itself. */
import { Type } from "@sinclair/typebox";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { prometheusText } from "../server-counts.ts";

export const getHealth = defineRoute({
  method: "GET",
  path: "/healthz",
  id: "getHealth",
  tag: "health",
  access: "open",
  summary: "The process answers.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "It does.", schema: Type.Object({ alive: Type.Literal(true) }) } },
  handle() {
    return { body: { alive: true } };
  },
});

export const getReadiness = defineRoute({
  method: "GET",
  path: "/readyz",
  id: "getReadiness",
  tag: "health",
  access: "open",
  summary: "Whether events are accepted now.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "They are.", schema: Type.Object({ ready: Type.Literal(true) }) },
    503: { description: "They are not; `reasons` says why." },
  },
  handle(_, { port }) {
    const { ready, reasons } = port.health();
    if (!ready) throw new Problem(503, `Not ready: ${reasons.join("; ")}`, { members: { ready, reasons } });
    return { body: { ready: true } };
  },
});

export const getMetrics = defineRoute({
  method: "GET",
  path: "/metrics",
  id: "getMetrics",
  tag: "health",
  access: "open",
  summary: "Metrics in the Prometheus text format.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The metrics.", mediaType: "text/plain; version=0.0.4", schema: Type.String() },
  },
  handle(_, { port, counts, feedMetrics }) {
    const body = prometheusText([...port.metrics(), ...counts.families(), ...feedMetrics()]);
    return { body, mediaType: "text/plain; version=0.0.4; charset=utf-8" };
  },
});
