import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEVICE_KINDS } from "../devices/device-kind.ts";
import { JOBS, KITCHEN_TYPES, ZONE_KINDS } from "./kitchen.ts";
import { parseRegistry, registryOf } from "./registry.ts";
import type { RegistryJson } from "./registry-schema.ts";

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const name = fc.stringMatching(/^[a-zA-Z0-9一-龥._:-]{1,12}$/);
const minuteOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const span = fc
  .tuple(minuteOfDay, minuteOfDay)
  .filter(([from, to]) => from !== to)
  .map(([from, to]): [string, string] => [clock(from), clock(to)]);
const date = fc.constantFrom("2026-02-28", "2028-02-29", "2027-12-31", "2026-06-30T12:00:00+08:00");
/** JSON has no negative zero. */
const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true }).map((value) => value + 0);
const position = fc.record({ lon: degrees(180), lat: degrees(90) });
const parts = {
  devices: fc.uniqueArray(
    fc.record({
      id: name,
      kind: fc.constantFrom(...DEVICE_KINDS),
      zone: maybe(fc.constantFrom(...ZONE_KINDS)),
      of: maybe(fc.constantFrom("mains", "compressor", "stove")),
      reportEveryMs: maybe(fc.integer({ min: 1_000, max: 600_000 })),
      gateway: maybe(name),
      feeder: maybe(name),
      isp: maybe(name),
    }),
    { selector: (device) => device.id, maxLength: 6 },
  ),
  staff: fc.uniqueArray(
    fc.record({
      id: name,
      job: fc.constantFrom(...JOBS),
      certificateValidTo: maybe(date),
      trainingDue: maybe(date),
    }),
    { selector: (person) => person.id, maxLength: 4 },
  ),
  zones: fc.uniqueArray(fc.record({ id: name, kind: fc.constantFrom(...ZONE_KINDS) }), {
    selector: (zone) => zone.id,
    maxLength: 3,
  }),
};
const kitchen = fc
  .record({
    id: name,
    code: name,
    name: fc.string({ minLength: 1, maxLength: 20 }),
    type: fc.constantFrom(...KITCHEN_TYPES),
    banner: fc.constantFrom("150602", "150625", "110101"),
    office: fc.constant("any"),
    position,
    capacity: maybe(fc.nat(5_000)),
    opens: fc.array(span, { maxLength: 3 }),
    meals: maybe(fc.array(span, { maxLength: 3 })),
    risk: maybe(fc.constantFrom("A" as const, "B" as const, "C" as const, "D" as const)),
    tableware: maybe(fc.constantFrom("own" as const, "central" as const)),
    connect: maybe(fc.constantFrom("none" as const, "installed" as const)),
    cadre: maybe(fc.record({ id: name, tier: fc.constantFrom("A" as const, "D" as const) })),
    permit: maybe(
      fc.record({
        center: position,
        radiusM: maybe(fc.integer({ min: 1, max: 9_000 })),
        hours: maybe(fc.array(span)),
      }),
    ),
    licence: fc.record({ number: maybe(name), validTo: date, renewal: maybe(fc.constant("none" as const)) }),
    ...parts,
  })
  .map((each) => ({ ...each, devices: each.devices.map((d) => ({ ...d, id: `${each.id}/${d.id}` })) }));
const anyRegistry: fc.Arbitrary<RegistryJson> = fc
  .uniqueArray(kitchen, { selector: (each) => each.id, maxLength: 4 })
  .map((kitchens) => ({
    version: 1,
    kitchens: kitchens.map((each, i) => ({ ...each, code: `${i}-${each.code}` })),
    streets: [
      { id: "DS-1", kitchens: kitchens.slice(0, 2).map((each) => each.id), displays: ["d"] },
      { id: "DS-2" },
    ],
    suppliers: [{ id: "S-1" }, { id: "S-2", name: "甲", secondTierOf: "S-1" }],
  }));

/** What makes two cities the same; a refused registry shows its faults instead. */
function listsOf(json: unknown): object {
  const parsed = parseRegistry(json);
  if (!parsed.ok) return { faults: parsed.faults };
  const { kitchens, streets, suppliers, devices } = parsed.value;
  return { kitchens, streets, suppliers, devices };
}

describe("registryOf()", () => {
  it("writes down a city so that it reads back the same, also through text", () => {
    fc.assert(
      fc.property(anyRegistry, (json) => {
        const parsed = parseRegistry(json);
        expect(parsed).toMatchObject({ ok: true });
        if (parsed.ok) {
          expect(listsOf(JSON.parse(JSON.stringify(registryOf(parsed.value))))).toEqual(listsOf(json));
        }
      }),
      { numRuns: 60 },
    );
  });
});
