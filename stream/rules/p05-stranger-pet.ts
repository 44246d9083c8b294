/** P05 闲杂人员/宠物: a stranger in the ready-to-eat room (专间), or a pet anywhere, for 10 s (DOMAIN R08, R20). */
import { seconds } from "../../twin/kernel/time.ts";
import {
  type Detection,
  HIT_PARAMETERS,
  hitOf,
  type Stretch,
  type Stretches,
  stretchKey,
  stretchTo,
} from "./hit.ts";
import { CATERING_HYGIENE, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset, zoneKind } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Seen so long. */
  lastsMs: seconds(10),
};
type Context = RuleContext<typeof PARAMETERS>;

interface VisitState {
  stretches: Stretches;
}

export const strangerOrPet = defineRule<VisitState, typeof PARAMETERS>({
  code: "P05",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§4")],
  title: { zh: "闲杂人员/宠物", en: "Stranger or pet" },
  lead: true,
  autoClose: "human",
  parameters: PARAMETERS,
  events: ["warmcity.detection"],
  findings: [],
  initial: () => ({ stretches: {} }),
  fold: (state, input, context) => {
    const hit = hitOf(input, context);
    if (hit === null || !matters(hit, context)) return;
    const stretch = stretchTo(state.stretches, hit, context);
    const due = stretch.from + context.parameters.lastsMs;
    if (stretch.to < due || stretch.hasRung) return;
    if (due <= context.now) ring(stretch, zoneAsset(context.kitchen, hit.data.zone), due, context);
    else context.setTimer(stretchKey(hit), due);
  },
  due: (state, key, context) => {
    const stretch = state.stretches[key];
    if (stretch === undefined || stretch.hasRung) return;
    const due = stretch.from + context.parameters.lastsMs;
    if (due > context.now || stretch.to < due) return;
    const zone = key.split(" ").slice(2).join(" ");
    ring(stretch, zoneAsset(context.kitchen, zone), due, context);
  },
});

function matters({ data }: Detection, { kitchen }: Context): boolean {
  if (data.class === "pet") return true;
  return data.class === "stranger" && zoneKind(kitchen, data.zone) === "rte-room";
}

function ring(stretch: Stretch, asset: string, at: number, context: Context): void {
  stretch.hasRung = true;
  context.raise({
    asset,
    level: "L3",
    at,
    because: [stretch.first, stretch.last],
    exercise: stretch.exercise,
  });
}
