/** Kitchens: the list, one twin in full, its history; and what a citizen may see. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { areaText, type Principal } from "../../../twin/authority/principal.ts";
import { seesKitchen } from "../../../twin/authority/sight.ts";
import { KITCHEN_TYPES } from "../../../twin/city/kitchen.ts";
import { formatTime, HOUR_MS, MINUTE_MS } from "../../../twin/kernel/time.ts";
import { COLORS, History, KitchenSummary, KitchenView, PublicKitchen, pageOf } from "../answers.ts";
import type { CityPort } from "../city-port.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";
import { choices, choicesIn, moment, momentIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

const POINTS_MAX = 20_000;

export const listKitchens = defineRoute({
  method: "GET",
  path: "/v1/kitchens",
  id: "listKitchens",
  tag: "kitchens",
  access: "token",
  summary: "Kitchens in registry order, filtered.",
  query: Type.Object({
    banner: choices("Six-digit division codes."),
    type: choices("Kitchen types."),
    color: choices("green, amber, red, grey."),
    q: Type.Optional(Type.String({ maxLength: 100, description: "Text in name, id, code or address." })),
    bbox: Type.Optional(
      Type.String({ maxLength: 100, description: "west,south,east,north in degrees (WGS84)." }),
    ),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of kitchens.", schema: pageOf(KitchenSummary) } },
  async handle({ query, principal }, { port }) {
    const filter = {
      principal,
      banners: choicesIn(query.banner, "banner"),
      types: choicesIn(query.type, "type", KITCHEN_TYPES),
      colors: choicesIn(query.color, "color", COLORS),
      text: query.q === undefined || query.q.trim() === "" ? null : query.q.trim(),
      box: boxIn(query.bbox),
    };
    return { body: pageAnswer(await port.kitchens(filter, pageQuery(query))) };
  },
});

export const getKitchen = defineRoute({
  method: "GET",
  path: "/v1/kitchens/{id}",
  id: "getKitchen",
  tag: "kitchens",
  access: "token",
  summary:
    "One kitchen in full: state, open alerts, devices, index and its reasons; now or at an earlier time.",
  query: Type.Object({ at: moment("Event time to look back to.") }),
  body: NO_BODY,
  answers: {
    200: {
      description: "The kitchen; `time` = the newest moment up to `at` that was kept.",
      schema: KitchenView,
    },
    404: { description: "No such kitchen; or `at` lies ahead, or before all that is kept." },
  },
  async handle({ params, query, principal }, { port }) {
    const index = kitchenIndex(port, params.id, principal);
    return { body: await port.kitchen(index, momentIn(query.at), principal) };
  },
});

export const getHistory = defineRoute({
  method: "GET",
  path: "/v1/kitchens/{id}/history",
  id: "getHistory",
  tag: "kitchens",
  access: "token",
  showsEvidence: true,
  summary:
    "Readings as minimum, mean and maximum per step; the last 24 h in 5-minute steps unless asked otherwise.",
  query: Type.Object({
    device: Type.Optional(
      Type.String({ maxLength: 256, description: "Device id, or its name within the kitchen." }),
    ),
    from: moment("First moment, inclusive."),
    to: moment("Last moment, exclusive."),
    stepMs: Type.Optional(Type.Integer({ minimum: 1_000, maximum: 31 * 24 * HOUR_MS })),
  }),
  body: NO_BODY,
  answers: {
    200: { description: "One series per device that measures.", schema: History },
    404: { description: "No such kitchen or device." },
  },
  async handle({ params, query, principal }, { port }) {
    const kitchen = kitchenIndex(port, params.id, principal);
    const device = query.device === undefined ? null : deviceOrdinal(port, kitchen, query.device);
    const to = momentIn(query.to) ?? port.kitchenStates().time;
    const from = momentIn(query.from) ?? to - 24 * HOUR_MS;
    const stepMs = query.stepMs ?? 5 * MINUTE_MS;
    if (!(to > from)) throw new Problem(400, "`to` must be later than `from`");
    if ((to - from) / stepMs > POINTS_MAX) {
      throw new Problem(400, `That is more than ${POINTS_MAX} steps; ask for a shorter time or longer steps`);
    }
    const series = await port.history({ kitchen, device, from, to, stepMs });
    return { body: { kitchen: params.id, from: formatTime(from), to: formatTime(to), series } };
  },
});

export const getPublicKitchen = defineRoute({
  method: "GET",
  path: "/v1/public/kitchens/{code}",
  id: "getPublicKitchen",
  tag: "public",
  access: "public",
  summary: "What a citizen may see of a kitchen, by the number of its 食安码. No personal data.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    200: { description: "The kitchen.", schema: PublicKitchen },
    404: { description: "No such code." },
    429: { description: "Too many calls from this address." },
  },
  async handle({ params }, { port }) {
    const index = port.city.kitchens.findIndex(({ code }) => code === params.code);
    if (index < 0) throw new Problem(404, `There is no kitchen with the code "${params.code}"`);
    // Whatever else the twin knows, only what the schema names goes out.
    const body: unknown = Value.Clean(PublicKitchen, structuredClone(await port.publicKitchen(index)));
    return { body, headers: { "cache-control": "public, max-age=30" } };
  },
});

function kitchenIndex(port: CityPort, id: string | undefined, principal: Principal): number {
  const index = port.city.kitchenIndex(id ?? "");
  if (index < 0) throw new Problem(404, `The registry has no kitchen "${id}"`);
  if (!seesKitchen(principal, port.city, index))
    throw new Problem(403, `Kitchen "${id}" is outside your area (${areaText(principal.area)})`);
  return index;
}

function deviceOrdinal(port: CityPort, kitchen: number, name: string): number {
  const id = name.includes("/") ? name : `${port.city.kitchens[kitchen]!.id}/${name}`;
  const ordinal = port.city.deviceOrdinal(id);
  if (ordinal < 0 || port.city.kitchenOfDevice[ordinal] !== kitchen) {
    throw new Problem(404, `The kitchen has no device "${name}"`);
  }
  return ordinal;
}

function boxIn(text: string | undefined): [number, number, number, number] | null {
  if (text === undefined) return null;
  const [west, south, east, north, ...more] = text
    .split(",")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const box: [number, number, number, number] = [
    west ?? Number.NaN,
    south ?? Number.NaN,
    east ?? Number.NaN,
    north ?? Number.NaN,
  ];
  if (more.length > 0 || !box.every(Number.isFinite) || box[0] > box[2] || box[1] > box[3]) {
    throw new Problem(400, "`bbox` must be west,south,east,north in degrees, west ≤ east and south ≤ north");
  }
  return box;
}
