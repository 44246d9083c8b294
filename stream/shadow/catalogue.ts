/**
 * New versions of rules that are to be tried beside those in force; empty by default. With `--shadow` they take the place of
 * their namesakes (by code) in the shadow fold, or join it where there is none; nothing of them reaches the live city.
 */
import type { Rule } from "../rules/rule.ts";
import type { CityRule } from "../second-stage/city-rule.ts";

export const SHADOW_RULES: readonly Rule[] = [];
export const SHADOW_CITY_RULES: readonly CityRule[] = [];
