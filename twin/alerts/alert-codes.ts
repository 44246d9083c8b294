/** The codes of the alert catalogue (DOMAIN §5.2), each once, in its order. */
export const ALERT_CODES: readonly string[] = [
  ...numbered("T", 10),
  ...numbered("P", 9),
  ...numbered("D", 10),
  ...numbered("W", 2),
  ...numbered("C", 3),
  ...numbered("B", 2),
  ...numbered("O", 7),
  ...numbered("S", 2),
];

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${String(i + 1).padStart(2, "0")}`);
}
