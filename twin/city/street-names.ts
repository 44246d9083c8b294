/** Names of the generated streets: 街 runs east–west, 路 north–south, one name per line of a town's street grid. */
import { hash32 } from "../kernel/hash.ts";
import type { Banner } from "./geography.ts";
import { BLOCK_M, type TownFrame } from "./town-frame.ts";

const EAST_WEST = [
  "鄂尔多斯",
  "伊金霍洛",
  "杭锦",
  "乌审",
  "准格尔",
  "达拉特",
  "鄂托克",
  "宝日陶亥",
  "吉劳庆",
  "永昌",
  "富兴",
  "团结",
  "锡尼",
  "白塔",
  "昭君",
  "巴音",
  "康宁",
  "迎宾",
  "文明",
  "青年",
  "长青",
  "平安",
];
const NORTH_SOUTH = [
  "天骄",
  "那达慕",
  "阿吉奈",
  "苏勒德",
  "敖包",
  "马兰",
  "沙柳",
  "胡杨",
  "红海子",
  "柳沟",
  "通格朗",
  "神山",
  "建设",
  "民族",
  "林荫",
  "公园",
  "育才",
  "学府",
  "车站",
  "河滨",
  "草原",
  "团结",
];

/** The name of the line at `across` metres from the grid's origin. */
export function streetName(banner: Banner, frame: TownFrame, alongX: boolean, across: number): string {
  const names = alongX ? EAST_WEST : NORTH_SOUTH;
  const first = hash32(`${banner.code}/${frame.origin.lon}/${frame.origin.lat}`) % names.length;
  const line = Math.round(across / BLOCK_M);
  const index = (((first + line) % names.length) + names.length) % names.length;
  return `${names[index]}${alongX ? "街" : "路"}`;
}
