/** What the server needs of the shadow rules, and what it answers of them. */
import { type Static, Type } from "@sinclair/typebox";
import { ShadowReport } from "../shadow/shadow-report.ts";

export const ShadowAnswer = Type.Object({
  state: Type.Union([Type.Literal("catching-up"), Type.Literal("following"), Type.Literal("stopped")]),
  reason: Type.Union([Type.String(), Type.Null()], { description: "Why it has stopped." }),
  position: Type.Integer({ description: "Log position up to which it has read." }),
  behind: Type.Integer({ description: "Durable records that it has not read yet." }),
  behindMinutes: Type.Union([Type.Number(), Type.Null()], {
    description: "Event time between the city and it; null = it has read nothing yet.",
  }),
  report: ShadowReport,
});
export type ShadowAnswer = Static<typeof ShadowAnswer>;

export interface ShadowPort {
  /** What differs so far; `banner` = of that banner alone. Rejects with a `PortError` "unavailable" when it has ended. */
  report(banner: string | null): Promise<ShadowAnswer>;
}
