/** The banner and office that an alert of no one kitchen is about, as its asset (CONTRACT §4) tells. */
export function assetPlace(asset: string | null): {
  readonly banner: string | null;
  readonly office: string | null;
} {
  const [, kind, place = ""] = /^(banner|office):(\d{6}(?:-\d+)?)$/.exec(asset ?? "") ?? [];
  if (kind === undefined) return { banner: null, office: null };
  return { banner: place.slice(0, 6), office: kind === "office" ? place : null };
}
