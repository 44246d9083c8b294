/** Inspections, visits of cadres, remote patrols, samplings; the lot of the patrols; work orders of the integrator. */
import { Type } from "@sinclair/typebox";
import { type AccountRole, areaText } from "../../../twin/authority/principal.ts";
import { parseDate } from "../../../twin/kernel/time.ts";
import { DUTY_KINDS } from "../../duties/plans.ts";
import { pageOf } from "../answers.ts";
import { DutySummary, DutyView, PatrolDraw, WorkOrder } from "../duty-answers.ts";
import { pageOf as partOf } from "../page.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY } from "../route.ts";
import { choices, choicesIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

const PLANNERS: readonly AccountRole[] = ["admin", "S", "Q", "C", "B"];
const STATES = ["planned", "overdue", "done"];
const shortText = () => Type.Optional(Type.String({ maxLength: 256 }));

export const listPlans = defineRoute({
  method: "GET",
  path: "/v1/duties",
  id: "listPlans",
  tag: "duties",
  access: "token",
  roles: PLANNERS,
  summary: "What was planned for the kitchens that one may see, due first comes first.",
  query: Type.Object({
    kind: choices(`${DUTY_KINDS.join(", ")}.`),
    state: choices(`${STATES.join(", ")}; overdue from the day after the planned one.`),
    assignee: shortText(),
    kitchen: shortText(),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of duties.", schema: pageOf(DutyView) } },
  handle({ query, principal }, { port }) {
    const kinds = choicesIn(query.kind, "kind", DUTY_KINDS);
    const states = choicesIn(query.state, "state", STATES);
    const wanted = port.duties
      .plans(principal)
      .filter(({ kind }) => kinds?.includes(kind) ?? true)
      .filter(({ state }) => states?.includes(state) ?? true)
      .filter(({ assignee }) => query.assignee === undefined || assignee === query.assignee)
      .filter(({ kitchen }) => query.kitchen === undefined || kitchen === query.kitchen);
    return {
      body: pageAnswer(partOf(wanted, ({ duty, kitchen }) => `${duty} ${kitchen}`, pageQuery(query))),
    };
  },
});

export const sumPlans = defineRoute({
  method: "GET",
  path: "/v1/duties/summary",
  id: "sumPlans",
  tag: "duties",
  access: "token",
  roles: PLANNERS,
  summary: "Planned, overdue and done by cadre (assignee), office or banner.",
  query: Type.Object({
    by: Type.Optional(
      Type.Union([Type.Literal("assignee"), Type.Literal("office"), Type.Literal("banner")], {
        description: "assignee, office (the default) or banner.",
      }),
    ),
  }),
  body: NO_BODY,
  answers: {
    200: {
      description: "One line per name and kind.",
      schema: Type.Object({ items: Type.Array(DutySummary) }),
    },
  },
  handle({ query, principal }, { port }) {
    return { body: { items: port.duties.planSummaries(principal, query.by ?? "office") } };
  },
});

export const drawPatrols = defineRoute({
  method: "POST",
  path: "/v1/patrols/draw",
  id: "drawPatrols",
  tag: "duties",
  access: "token",
  roles: ["admin", "S", "Q", "C"],
  summary:
    "Draw the remote patrols of an office for a week by lot and put them on the log; a week that was drawn stays as it is.",
  query: Type.Object({}),
  body: Type.Object({
    office: Type.String({ minLength: 1, maxLength: 256 }),
    day: Type.Optional(Type.String({ maxLength: 10, description: "A day of the week; default: today." })),
  }),
  answers: {
    200: { description: "What was drawn, now or before; durable.", schema: PatrolDraw },
    403: { description: "Not your role or area." },
    404: { description: "No such office." },
  },
  async handle({ body, principal }, { port }) {
    const { office } = body;
    const day = body.day === undefined ? null : parseDate(body.day);
    if (Number.isNaN(day)) throw new Problem(400, `\`day\` is "${body.day}"; expected YYYY-MM-DD`);
    const member = port.city.kitchens.find((kitchen) => kitchen.office === office);
    if (member === undefined) throw new Problem(404, `The registry has no office "${office}"`);
    const { area } = principal;
    const isInArea =
      area.kind === "city" ||
      (area.kind === "office" && area.office === office) ||
      (area.kind === "banner" && area.banner === member.banner);
    if (!isInArea) throw new Problem(403, `Office "${office}" is outside your area (${areaText(area)})`);
    const { due, isPlanned, ...plan } = port.duties.patrols(office, day);
    if (!isPlanned) await port.plan("patrol", plan.drawn, { due, assignee: office, actor: principal.id });
    return { body: { ...plan, isNew: !isPlanned } };
  },
});

export const listWorkOrders = defineRoute({
  method: "GET",
  path: "/v1/work-orders",
  id: "listWorkOrders",
  tag: "duties",
  access: "token",
  roles: ["admin", "OPS", "C", "Q", "S"],
  summary: "Open cases of devices and lines (物联在线巡查), due first comes first.",
  query: Type.Object({ code: choices("O01 … O07."), office: shortText(), ...PAGE }),
  body: NO_BODY,
  answers: { 200: { description: "A page of work orders.", schema: pageOf(WorkOrder) } },
  handle({ query, principal }, { port }) {
    const codes = choicesIn(query.code, "code");
    const wanted = port.duties
      .workOrders(principal)
      .filter(({ code }) => codes?.includes(code) ?? true)
      .filter(({ office }) => query.office === undefined || office === query.office);
    return { body: pageAnswer(partOf(wanted, (order) => order.case, pageQuery(query))) };
  },
});
