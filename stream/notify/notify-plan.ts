/**
 * How a city tells people (`--notify FILE.json`): the systems that carry each channel, and who is reached where. Secrets
 * stay out of the file: it names the environment variables that hold them.
 *
 *   { "version": 1,
 *     "channels": { "sms": { "kind": "http", "url": "https://…", "tokenEnv": "SMS_TOKEN" },
 *                   "push": { "kind": "http", "url": "https://…", "secretEnv": "PUSH_SECRET" },
 *                   "call": { "kind": "mail", "url": "smtp://…", "from": "twin@city" },
 *                   "voice": { "kind": "voice" } },
 *     "addresses": [ { "to": "Q", "area": "banner:150602", "sms": "138…", "push": "…" } ],
 *     "perKitchenDay": { "sms": 6 } }
 */
import { type Static, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { type Area, isInArea, readArea } from "../../twin/authority/principal.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { Fault, Parsed } from "../../twin/kernel/fault.ts";
import { schemaFaults } from "../door/data-checks.ts";

const env = Type.Optional(Type.String({ pattern: "^[A-Z][A-Z0-9_]{0,63}$" }));
const ChannelPlan = Type.Union([
  Type.Object({
    kind: Type.Literal("http"),
    url: Type.String({ pattern: "^https?://.+" }),
    tokenEnv: env,
    secretEnv: env,
  }),
  Type.Object({
    kind: Type.Literal("mail"),
    url: Type.String({ pattern: "^smtps?://.+" }),
    from: Type.String({ pattern: "^[^@\\s]+@[^@\\s]+$" }),
    passwordEnv: env,
  }),
  Type.Object({ kind: Type.Literal("voice") }),
]);
export type ChannelPlan = Static<typeof ChannelPlan>;

const StoredPlan = Type.Object({
  version: Type.Literal(1),
  channels: Type.Record(Type.String(), ChannelPlan),
  addresses: Type.Array(
    Type.Intersect([
      Type.Object({ to: Type.String({ minLength: 1 }), area: Type.String({ minLength: 1 }) }),
      Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 300 })),
    ]),
    { maxItems: 100_000 },
  ),
  perKitchenDay: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
});
const storedPlan = TypeCompiler.Compile(StoredPlan);

/** Messages a kitchen gets in a day by a channel, L1 apart (DOMAIN §7). */
const CAPS: Readonly<Record<string, number>> = { sms: 6 };

export interface NotifyPlan {
  readonly channels: ReadonlyMap<string, ChannelPlan>;
  readonly caps: ReadonlyMap<string, number>;
  /** Where somebody is reached for a kitchen (`null`: for what belongs to no one kitchen) by a channel; `null` = unknown. */
  addressOf(to: string, channel: string, kitchen: Kitchen | null): string | null;
}

/** Without a plan: everything stands in the journal. */
export const JOURNAL_ONLY: NotifyPlan = {
  channels: new Map(),
  caps: new Map(Object.entries(CAPS)),
  addressOf: () => null,
};

export function parseNotifyPlan(value: unknown): Parsed<NotifyPlan> {
  if (!storedPlan.Check(value)) return { ok: false, faults: schemaFaults(storedPlan, value, "") };
  const faults: Fault[] = [];
  const addresses = value.addresses.map(({ to, area: text, ...by }, i) => {
    const area = readArea(text);
    if (area === null)
      faults.push({
        pointer: `/addresses/${i}/area`,
        reason: `is "${text}"; expected city, banner:…, office:… or kitchens:…`,
      });
    for (const channel of Object.keys(by)) {
      if (Object.hasOwn(value.channels, channel)) continue;
      faults.push({ pointer: `/addresses/${i}/${channel}`, reason: "is no channel of this plan" });
    }
    return { to, area, by: new Map(Object.entries(by)) };
  });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    value: {
      channels: new Map(Object.entries(value.channels)),
      caps: new Map(Object.entries({ ...CAPS, ...value.perKitchenDay })),
      addressOf: (to, channel, kitchen) =>
        addresses
          .find((one) => one.to === to && one.by.has(channel) && covers(one.area, kitchen))
          ?.by.get(channel) ?? null,
    },
  };
}

function covers(area: Area | null, kitchen: Kitchen | null): boolean {
  if (area === null) return false;
  return kitchen === null ? area.kind === "city" : isInArea(area, kitchen);
}
