/**
 * The comparison's flow as somebody draws it in Node-RED: readings come in, the newest value of each device is kept, a switch sorts by
 * kind, a function node per limit holds what is over it, alerts go out. As `flows.json` has it.
 *
 *   in ──> newest ──> kind ──┬─> T01 fridges ──┬─> out
 *                            └─> T02 freezers ─┘
 *
 * Readings come and alerts go through two functions of the global context, so that no broker is measured.
 */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";

/** What the flow asks of the global context. */
export interface FlowEnds {
  /** The flow hands over where its readings go in. */
  readonly begin: (send: (payload: object) => void) => void;
  readonly ring: (payload: unknown) => void;
}

/** A payload of this kind passes through all of it, behind what came before. */
export const END_KIND = "end";
const TAB = "city";
const DEAD_BAND = 0.3;

const KEEP_NEWEST = `
const newest = flow.get("newest") ?? {};
newest[msg.payload.device] = { value: msg.payload.value, at: msg.payload.time };
flow.set("newest", newest);
return msg;`;

/** The limit with its time to hold and the dead band, as the catalogue has it. */
const limit = (code: string, over: number, forMs: number) => `
const { device, kind, time, value } = msg.payload;
if (kind === "${END_KIND}") return msg;
const watches = context.get("watches") ?? {};
const watch = watches[device];
if (watch === undefined) {
  if (value > ${over}) watches[device] = { since: time, rung: false };
} else if (!watch.rung && time >= watch.since + ${forMs}) {
  watch.rung = true;
  context.set("watches", watches);
  return { payload: { code: "${code}", device, time: watch.since + ${forMs} } };
} else if (value <= ${over} - ${DEAD_BAND}) {
  delete watches[device];
}
context.set("watches", watches);
return null;`;

const functionNode = (id: string, func: string, wires: readonly (readonly string[])[], initialize = "") => ({
  ...{ id, z: TAB, type: "function", name: id, func, initialize, finalize: "", libs: [] },
  ...{ outputs: wires.length, noerr: 0, x: 0, y: 0, wires },
});

const kindIs = (v: string) => ({ t: "eq", v, vt: "str" });

export const FLOW: readonly object[] = [
  { id: TAB, type: "tab", label: "Cold chain", disabled: false, info: "" },
  functionNode(
    "in",
    "return msg;",
    [["newest"]],
    `global.get("begin")((payload) => node.send({ payload }));`,
  ),
  functionNode("newest", KEEP_NEWEST, [["kind"]]),
  {
    ...{ id: "kind", z: TAB, type: "switch", name: "kind", property: "payload.kind", propertyType: "msg" },
    rules: ["fridge-temperature", "sample-fridge-temperature", "freezer-temperature", END_KIND].map(kindIs),
    ...{ checkall: "false", repair: false, outputs: 4, x: 0, y: 0 },
    wires: [["T01"], ["T01"], ["T02"], ["T02"]],
  },
  functionNode("T01", limit("T01", 8, 30 * MINUTE_MS), [["out"]]),
  functionNode("T02", limit("T02", -12, HOUR_MS), [["out"]]),
  functionNode("out", `global.get("ring")(msg.payload);\nreturn null;`, []),
];
