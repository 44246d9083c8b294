/** The numbers by which series of readings are watched for O04; a policy pack may set others. */
import { hours } from "../../twin/kernel/time.ts";
import { EraNumbers } from "../era-numbers.ts";

export const SERIES_NUMBERS = {
  /** Without life for so long, a line is flat. */
  flatMs: hours(6),
  /** Deviation below which readings show no life. */
  flatK: 0.05,
  /** Farther from the mean than this a value shows life: three deviations. */
  offMeanK: 0.15,
  /** A store of food does not change by more in a minute. */
  jumpK: 5,
  /** Readings that two devices have in common, one after the other, and how many of them are changes. */
  equalCount: 100,
  changeCount: 10,
};
export type SeriesNumbers = EraNumbers<typeof SERIES_NUMBERS>;
export const USUAL_SERIES: SeriesNumbers = new EraNumbers(SERIES_NUMBERS);
