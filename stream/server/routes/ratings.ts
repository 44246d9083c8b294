/** The food-safety index with its reasons, and the monthly red and black lists. */
import { Type } from "@sinclair/typebox";
import { areaText } from "../../../twin/authority/principal.ts";
import { seesKitchen } from "../../../twin/authority/sight.ts";
import { publicEvents } from "../../../twin/events/public-events.ts";
import { IndexView, ListView } from "../answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";

const COLOURS = ["red", "black"];

export const getIndex = defineRoute({
  method: "GET",
  path: "/v1/index/{id}",
  id: "getIndex",
  tag: "index",
  access: "token",
  summary:
    "A kitchen's food-safety index of today with its reasons, and its risk grade with the next inspection.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The index; null while it is not rated.", schema: IndexView },
    404: { description: "No such kitchen." },
  },
  async handle({ params, principal }, { port }) {
    const index = port.city.kitchenIndex(params.id ?? "");
    if (index < 0) throw new Problem(404, `The registry has no kitchen "${params.id}"`);
    if (!seesKitchen(principal, port.city, index))
      throw new Problem(403, `Kitchen "${params.id}" is outside your area (${areaText(principal.area)})`);
    return { body: await port.index(index) };
  },
});

const month = Type.Optional(
  Type.String({ pattern: "^\\d{4}-\\d{2}$", description: "YYYY-MM; default: the newest." }),
);

export const getList = defineRoute({
  method: "GET",
  path: "/v1/lists/{color}",
  id: "getList",
  tag: "index",
  access: "token",
  summary: "The monthly red or black lists of the banners that one may see, drafts too.",
  query: Type.Object({ month }),
  body: NO_BODY,
  answers: {
    200: { description: "One list per banner.", schema: Type.Object({ items: Type.Array(ListView) }) },
    404: { description: "Neither red nor black." },
  },
  async handle({ params, query, principal }, { port }) {
    if (!COLOURS.includes(params.color ?? "")) throw new Problem(404, "Lists are `red` or `black`");
    const items = await port.lists(params.color ?? "", query.month ?? null, principal);
    return { body: { items } };
  },
});

export const getPublicList = defineRoute({
  method: "GET",
  path: "/v1/public/lists/{color}",
  id: "getPublicList",
  tag: "public",
  access: "public",
  summary: "The published entries of a monthly list.",
  query: Type.Object({ month }),
  body: NO_BODY,
  answers: {
    200: { description: "One list per banner.", schema: Type.Object({ items: Type.Array(ListView) }) },
    404: { description: "Neither red nor black." },
    429: { description: "Too many calls from this address." },
  },
  async handle({ params, query }, { port }) {
    if (!COLOURS.includes(params.color ?? "")) throw new Problem(404, "Lists are `red` or `black`");
    const items = await port.lists(params.color ?? "", query.month ?? null, null);
    return { body: { items }, headers: { "cache-control": "public, max-age=300" } };
  },
});

export const commandList = defineRoute({
  method: "POST",
  path: "/v1/lists/{list}/commands",
  id: "commandList",
  tag: "index",
  access: "token",
  roles: ["admin", "O", "Q", "C"],
  summary:
    "A step in the life of a list (`black:150602:2026-10`): notify, appeal, uphold, strike, sign, publish, correct.",
  query: NO_QUERY,
  body: Type.Omit(publicEvents["warmcity.list.command"], ["list"]),
  answers: {
    200: { description: "Done and durable; the list as it stands.", schema: ListView },
    403: { description: "Not your role, banner or kitchen." },
    404: { description: "No such list." },
    409: { description: "Not allowed now; `allowed` lists what is.", schema: Type.Unknown() },
  },
  async handle({ params, body, principal }, { port }) {
    if (principal.role !== "admin" && body.role !== principal.role)
      throw new Problem(403, `You act as ${principal.role}, not as ${body.role}`);
    const id = params.list ?? "";
    const { area } = principal;
    if (area.kind === "banner" && id.split(":")[1] !== area.banner)
      throw new Problem(403, `The list is of another banner than yours (${areaText(area)})`);
    if (area.kind === "kitchens" && !area.kitchens.includes(body.kitchen ?? ""))
      throw new Problem(403, "You speak for your own kitchens only: name one as `kitchen`");
    const command = principal.role === "admin" ? body : { ...body, actor: principal.id };
    const result = await port.commandList(id, command, principal);
    if (result === null) throw new Problem(404, `There is no list "${id}"`);
    if (!result.done) throw new Problem(409, result.reason, { members: { allowed: result.allowed } });
    return { body: result.list };
  },
});
