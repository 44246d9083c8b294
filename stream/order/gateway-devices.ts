/** Which devices speak through which gateway. */
import type { City } from "../../twin/city/city.ts";

/** Gateway id -> registry ordinals of its devices. */
export function devicesByGateway(city: City): Map<string, number[]> {
  const devicesOf = new Map<string, number[]>();
  city.devices.forEach(({ gateway }, device) => {
    if (gateway === null) return;
    const known = devicesOf.get(gateway);
    if (known === undefined) devicesOf.set(gateway, [device]);
    else known.push(device);
  });
  return devicesOf;
}
