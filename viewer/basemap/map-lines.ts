/** `basemap/lines.json`: what the globe draws as lines, so that it stays sharp at any height. Degrees, [lon, lat]. */
export type LonLat = readonly [lon: number, lat: number];

export interface MapLines {
  /** Closed rings by six-digit code. */
  readonly banners: readonly { readonly code: string; readonly rings: readonly (readonly LonLat[])[] }[];
  /** The city's outer edge, and the borders between banners; each stretch once. */
  readonly outer: readonly (readonly LonLat[])[];
  readonly inner: readonly (readonly LonLat[])[];
  readonly roads: readonly (readonly LonLat[])[];
}
