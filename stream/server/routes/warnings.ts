/** Warnings to the public (食品消费预警): drafted by one person, signed by another, shown to all. */
import { Type } from "@sinclair/typebox";
import { areaText } from "../../../twin/authority/principal.ts";
import { publicEvents } from "../../../twin/events/public-events.ts";
import { WarningView } from "../city-duty-answers.ts";
import { Problem } from "../problem.ts";
import { defineRoute, NO_BODY, NO_QUERY } from "../route.ts";

const Warnings = Type.Object({ items: Type.Array(WarningView) });

export const listWarnings = defineRoute({
  method: "GET",
  path: "/v1/warnings",
  id: "listWarnings",
  tag: "duties",
  access: "token",
  roles: ["admin", "S", "Q", "C"],
  summary: "All warnings, drafts too.",
  query: NO_QUERY,
  body: NO_BODY,
  answers: { 200: { description: "Newest signature first.", schema: Warnings } },
  handle(_, { port }) {
    return { body: { items: port.duties.warnings(false) } };
  },
});

export const listPublicWarnings = defineRoute({
  method: "GET",
  path: "/v1/public/warnings",
  id: "listPublicWarnings",
  tag: "public",
  access: "public",
  summary: "Warnings to consumers that are in force.",
  query: Type.Object({ banner: Type.Optional(Type.String({ pattern: "^\\d{6}$" })) }),
  body: NO_BODY,
  answers: {
    200: { description: "Newest signature first.", schema: Warnings },
    429: { description: "Too many calls from this address." },
  },
  handle({ query: { banner } }, { port }) {
    const items = port.duties
      .warnings(true)
      .filter(({ banners }) => banner === undefined || banners.length === 0 || banners.includes(banner));
    return { body: { items }, headers: { "cache-control": "public, max-age=60" } };
  },
});

export const commandWarning = defineRoute({
  method: "POST",
  path: "/v1/warnings/{warning}/commands",
  id: "commandWarning",
  tag: "duties",
  access: "token",
  roles: ["admin", "Q", "C"],
  summary:
    "Draft a warning (a bureau, for its own area), sign or withdraw it (the city bureau; not who drafted it).",
  query: NO_QUERY,
  body: Type.Omit(publicEvents["warmcity.warning.command"], ["warning", "actor"]),
  answers: {
    200: { description: "Done and durable; the warning as it stands.", schema: WarningView },
    403: { description: "Not your role or area." },
    409: { description: "Not allowed now." },
  },
  async handle({ params, body, principal }, { port }) {
    const { area, role, id } = principal;
    if (body.command !== "draft" && role === "Q")
      throw new Problem(403, "The city bureau signs and withdraws warnings");
    const banners = body.draft?.banners ?? [];
    if (body.command === "draft" && body.draft == null)
      throw new Problem(400, "A draft needs `draft`: title, text, banners, until");
    if (area.kind === "banner" && (banners.length !== 1 || banners[0] !== area.banner))
      throw new Problem(403, `Your area is ${areaText(area)}: name it as the only one of \`banners\``);
    const result = await port.commandWarning(
      { ...body, warning: params.warning ?? "", actor: id },
      principal,
    );
    if (typeof result === "string") throw new Problem(409, result);
    return { body: result };
  },
});
