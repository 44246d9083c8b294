/** Alerts of a simulated day by code, beside what DOMAIN §7 expects of a workday. */
import type { Output } from "../stream/output.ts";
import type { Preset } from "../twin/city/sensor-profiles.ts";
import type { Note } from "./figure.ts";

interface Expected {
  readonly baseline: string;
  readonly full: string;
  readonly why: string;
}

/** Volumes per workday of the whole city; "," joins codes that are counted together there. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  "T01,T02": { baseline: "35", full: "180", why: "0.6 % of cold units a day" },
  T06: { baseline: "20", full: "110", why: "" },
  T09: { baseline: "6.15", full: "10.2", why: "L3 and L1" },
  O01: { baseline: "250", full: "700", why: "of 900 and 3,000 times that a device goes off" },
  P01: {
    baseline: "720",
    full: "720",
    why: "clothing is 45 % of the 1,600 leads; 510 of all leads confirmed",
  },
  O03: { baseline: "112", full: "112", why: "7 % of the 1,600 leads" },
  P07: { baseline: "48", full: "48", why: "pests are 3 % of the 1,600 leads" },
  D04: { baseline: "1370", full: "1370", why: "12 % of 11,266 file nothing; less on days of rest" },
  D01: {
    baseline: "9",
    full: "9",
    why: "licences ending a workday; in a run also all reminders that already hold",
  },
  C02: { baseline: "0", full: "0", why: "0.5 single reports a day make no cluster" },
};

export class AlertTally {
  readonly #raised = new Map<string, number>();
  readonly #suppressed = new Map<string, number>();

  hear(output: Output): void {
    if (output.type === "warmcity.alert.raised") count(this.#raised, output.data.code);
    if (output.type === "warmcity.alert.suppressed") count(this.#suppressed, output.data.code);
  }

  note(preset: Preset, hours: number): Note {
    const listed = new Set(Object.keys(EXPECTED).flatMap((codes) => codes.split(",")));
    const others = [...new Set([...this.#raised.keys(), ...this.#suppressed.keys()])]
      .filter((code) => !listed.has(code))
      .sort();
    const rows = [...Object.keys(EXPECTED), ...others].map((codes) => {
      const expected = EXPECTED[codes];
      const [raised, suppressed] = [this.#sum(this.#raised, codes), this.#sum(this.#suppressed, codes)];
      return row([codes, raised, suppressed, expected?.[preset] ?? "", expected?.why ?? ""]);
    });
    return {
      title: `alerts in ${hours} h, ${preset}, beside the expected volumes of a workday`,
      lines: [row(["code", "raised", "suppressed", "expected", ""]), ...rows],
    };
  }

  #sum(tally: ReadonlyMap<string, number>, codes: string): number {
    return codes.split(",").reduce((sum, code) => sum + (tally.get(code) ?? 0), 0);
  }
}

function count(tally: Map<string, number>, code: string): void {
  tally.set(code, (tally.get(code) ?? 0) + 1);
}

function row([codes, raised, suppressed, expected, why]: readonly (string | number)[]): string {
  const numbers = [raised, suppressed, expected].map((cell) => String(cell).padStart(11)).join("");
  return `${String(codes).padEnd(9)}${numbers}  ${why}`.trimEnd();
}
