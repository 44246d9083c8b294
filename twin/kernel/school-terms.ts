/**
 * School terms, month and day, the same every year: a modelling assumption after the calendars that Ordos publishes
 * (the exact days move by a week from year to year and by school stage). Replace it with the year's own when known.
 */
export interface SchoolTerm {
  /** `MM-DD`, both days belong to the term; a term whose `to` is the smaller runs over New Year. */
  readonly from: string;
  readonly to: string;
}

export const schoolTerms: readonly SchoolTerm[] = [
  { from: "03-01", to: "07-10" },
  { from: "08-29", to: "01-10" },
];
