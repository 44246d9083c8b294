/** Every rule that spans kitchens (DOMAIN §5.2): one import and one line each. */
import type { CityRule } from "./city-rule.ts";

export const CITY_RULES: readonly CityRule[] = [];
