/** A town for tests of duties: two offices of one banner and one of another, a street, a mobile unit, people, cameras. */
import type { City } from "../../twin/city/city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";

const CENTRE = { lon: 109.98, lat: 39.81, crs: "WGS84" };

/** K-01 … K-08 stand under 150602-01, K-09 under 150602-02, K-10 under 150603-01; M-01 is a mobile unit of 150602-02. */
export function dutyTown(): City {
  const kitchens = Array.from({ length: 10 }, (_, i) => {
    const id = `K-${String(i + 1).padStart(2, "0")}`;
    return {
      id,
      code: `code-${id}`,
      name: `试用厨房 ${id}`,
      type: "medium",
      banner: i === 9 ? "150603" : "150602",
      office: i === 9 ? "150603-01" : i === 8 ? "150602-02" : "150602-01",
      position: CENTRE,
      opens: [["00:00", "24:00"]],
      licence: { number: `JY-${id}`, validTo: "2030-12-31", renewal: null },
      cadre: { id: i < 4 ? "B-0001" : "B-0002", tier: "C" },
      zones: [{ id: "cooking", kind: "cooking" }],
      devices: [{ id: `${id}/cam-1`, kind: "camera", zone: "cooking", reportEveryMs: null }],
      staff: [
        { id: `${id}/s-1`, job: "cook", certificateValidTo: "2026-12-10", trainingDue: "2027-05-01" },
        { id: `${id}/s-2`, job: "rte", certificateValidTo: "2027-06-30", trainingDue: "2026-09-01" },
        { id: `${id}/s-3`, job: "cashier", certificateValidTo: null, trainingDue: null },
      ],
    };
  });
  const mobile = {
    ...kitchens[8],
    id: "M-01",
    code: "code-M-01",
    type: "mobile-banquet",
    permit: { center: CENTRE, radiusM: 500, hours: [] },
    devices: [{ id: "M-01/gps-1", kind: "gps", reportEveryMs: 60_000 }],
    staff: [],
  };
  const street = {
    id: "DS-01",
    name: "试用街",
    kitchens: ["K-01", "K-02"],
    displays: ["DS-01/d-1", "DS-01/d-2"],
  };
  const parsed = parseRegistry({ version: 1, kitchens: [...kitchens, mobile], streets: [street] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}
