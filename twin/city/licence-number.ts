/**
 * Number of a food trading licence (食品经营许可证): JY, main business (2 restaurant, 3 canteen), county code, six
 * serial digits and a check digit (GB/T 17710, ISO 7064 MOD 11,10).
 */
export function licenceNumber(business: 2 | 3, county: string, serial: number): string {
  const digits = `${business}${county}${String(serial).padStart(6, "0")}`;
  return `JY${digits}${checkDigit(digits)}`;
}

/** ISO 7064 MOD 11,10 of a string of digits. */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}
