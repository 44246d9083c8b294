/** The unit that a parameter's name ends in, and which numbers it may have. */

interface Unit {
  readonly suffix: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly wanted: string;
}

const TEN_YEARS_MS = 3_653 * 86_400_000;

const UNITS: readonly Unit[] = [
  { suffix: "Ms", min: 0, max: TEN_YEARS_MS, whole: true, wanted: "whole milliseconds from 0" },
  { suffix: "C", min: -90, max: 400, wanted: "°C from -90 to 400" },
  { suffix: "K", min: 0, max: 100, wanted: "a difference in K from 0 to 100" },
  { suffix: "Share", min: 0, max: 1, wanted: "a share from 0 to 1" },
  { suffix: "Confidence", min: 0, max: 1, wanted: "a confidence from 0 to 1" },
  { suffix: "Percent", min: 0, max: 100, wanted: "% from 0 to 100" },
  { suffix: "Lel", min: 0, max: 100, wanted: "% of the lower explosive limit from 0 to 100" },
  { suffix: "Count", min: 1, max: 1_000_000, whole: true, wanted: "a whole number from 1" },
  { suffix: "Workdays", min: 0, max: 1_000, whole: true, wanted: "whole working days from 0" },
  { suffix: "Days", min: 0, max: 3_653, whole: true, wanted: "whole days from 0" },
  { suffix: "Times", min: 0, max: 1_000, wanted: "a factor from 0" },
  { suffix: "Score", min: 0, max: 100, wanted: "a score from 0 to 100" },
  { suffix: "Points", min: 0, max: 100, wanted: "points from 0 to 100" },
  { suffix: "Stars", min: 1, max: 5, wanted: "stars from 1 to 5" },
  { suffix: "Deviations", min: 0, max: 100, wanted: "robust standard deviations from 0" },
  { suffix: "Watt", min: 0, max: 100_000, wanted: "W from 0" },
  { suffix: "Grams", min: 0, max: 1_000_000, wanted: "g from 0" },
  { suffix: "MgPerG", min: 0, max: 1_000, wanted: "mg/g from 0" },
  { suffix: "MgPerM3", min: 0, max: 10_000, wanted: "mg/m³ from 0" },
  { suffix: "M", min: 0, max: 1_000_000, wanted: "m from 0" },
];

/** Whether the name says what its number measures. */
export function hasUnit(name: string): boolean {
  return unitOf(name) !== undefined;
}

/** What is wrong with a number of this name; `null` = nothing. */
export function unitFault(name: string, value: unknown): string | null {
  const unit = unitOf(name);
  const wanted = unit?.wanted ?? "a number";
  if (typeof value !== "number" || !Number.isFinite(value))
    return `is ${shownNumber(value)}; expected ${wanted}`;
  if (unit === undefined) return null;
  const fits = value >= unit.min && value <= unit.max && (unit.whole !== true || Number.isInteger(value));
  return fits ? null : `is ${value}; expected ${wanted}`;
}

/** The longest suffix counts: `…Workdays` are no `…Days`. */
function unitOf(name: string): Unit | undefined {
  return UNITS.filter(({ suffix }) => name.endsWith(suffix)).sort(
    (a, b) => b.suffix.length - a.suffix.length,
  )[0];
}

function shownNumber(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : typeof value === "object"
      ? "no number"
      : String(value);
}
