/** What can go wrong. */
export type Incident = { readonly kind: "none" };
