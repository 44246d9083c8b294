/**
 * Who the city buys from: 320 suppliers of very unequal size (Zipf, s = 1.1). The first 12 are cold-chain distributors,
 * the last 8 disinfect tableware for shops that have no machine; the small ones partly buy from the large.
 */
import { pow } from "../kernel/math.ts";
import type { Random } from "../kernel/random.ts";
import type { Supplier } from "./city.ts";
import { givenName } from "./kitchen-names.ts";

export const FULL_CITY_SUPPLIERS = 320;
export const COLD_CHAIN_DISTRIBUTORS = 12;
export const TABLEWARE_FIRMS = 8;
const ZIPF_EXPONENT = 1.1;

const PLACES = [
  "鄂尔多斯市",
  "东胜",
  "康巴什",
  "准格尔",
  "达拉特",
  "包头市",
  "呼和浩特",
  "榆林",
  "巴彦淖尔",
  "乌审",
];
const TRADES = [
  "肉业",
  "粮油",
  "蔬菜批发",
  "乳业",
  "调味品",
  "水产",
  "牛羊肉",
  "副食",
  "禽蛋",
  "豆制品",
  "面业",
];

/** Suppliers in order of size. A smaller city keeps at least 30. */
export function supplyCity(count: number, random: Random): Supplier[] {
  return Array.from({ length: count }, (_, i) => ({
    id: supplierId(i),
    name: `${random.pick(PLACES)}${givenName(random)}${tradeOf(i, count, random)}有限公司`,
    secondTierOf: secondTier(i, count, random),
  }));
}

/** Shares of the city's purchases by rank, summing to 1 (Zipf). */
export function supplierShares(count: number): number[] {
  const weights = Array.from({ length: count }, (_, rank) => 1 / pow(rank + 1, ZIPF_EXPONENT));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function supplierId(index: number): string {
  return `S-${String(index + 1).padStart(3, "0")}`;
}

function tradeOf(index: number, count: number, random: Random): string {
  if (index < COLD_CHAIN_DISTRIBUTORS) return "冷链物流";
  if (index >= count - TABLEWARE_FIRMS) return "餐具消毒服务";
  return random.pick(TRADES);
}

/** A fifth of the suppliers beyond the largest 50 pass on what a distributor brought them. */
function secondTier(index: number, count: number, random: Random): string | null {
  const independent = index < 50 || index >= count - TABLEWARE_FIRMS || !random.chance(0.2);
  return independent ? null : supplierId(random.int(0, COLD_CHAIN_DISTRIBUTORS - 1));
}
