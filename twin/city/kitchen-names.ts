/**
 * Names of shops, canteens and suppliers as one reads them in Ordos. Family and given names come from the Chinese word
 * lists of @faker-js/faker, drawn with our own chance: faker's instance and its clock stay untouched, and only one
 * locale is loaded.
 */
import { faker } from "@faker-js/faker/locale/zh_CN";
import type { Random } from "../kernel/random.ts";
import type { Banner, Town } from "./geography.ts";
import type { KitchenType } from "./kitchen.ts";

const SURNAMES: readonly string[] = familyNames();
const GIVEN_NAMES: readonly string[] = faker.rawDefinitions.person?.first_name?.generic ?? ["天骄"];

function familyNames(): readonly string[] {
  const names: readonly string[] = faker.rawDefinitions.person?.last_name?.generic ?? [];
  const common = ["王", "李", "张", "刘", "赵", "高", "郝", "乔", "苏", "白", "奇", "云", "杨", "折", "郭"];
  return [...common, ...common, ...names.filter((name) => name.length === 1)];
}

/** When a small shop trades; its kitchen follows from it. */
export type Shift = "morning" | "day" | "night";

const FLAVOURS = [
  "草原",
  "天骄",
  "暖城",
  "响沙湾",
  "敖包",
  "牧羊人",
  "塞外",
  "西口",
  "金帐",
  "马头琴",
  "额吉",
  "巴特尔",
  "乌兰",
  "苏勒德",
  "库布其",
  "萨拉乌苏",
  "毛乌素",
  "黄河湾",
  "达尔扈特",
  "鄂尔多斯",
  "伊金霍洛",
  "成陵",
  "阿尔寨",
  "蒙古源流",
];
const SMALL_SHOPS: { readonly [S in Shift]: readonly string[] } = {
  morning: [
    "羊杂碎",
    "烧麦馆",
    "包子铺",
    "早餐店",
    "焙子店",
    "牛肉面馆",
    "豆浆油条",
    "羊杂割面馆",
    "酿皮店",
    "馄饨馆",
  ],
  day: [
    "面馆",
    "刀削面",
    "饺子馆",
    "莜面馆",
    "蒙餐馆",
    "手把肉",
    "铁锅炖羊肉",
    "涮羊肉",
    "小火锅",
    "麻辣烫",
    "黄焖鸡米饭",
    "酸饭馆",
    "炖菜馆",
    "家常菜",
    "砂锅居",
    "川菜馆",
    "东北菜馆",
    "陕北面馆",
    "猪肉勾鸡",
    "碗托店",
  ],
  night: ["烧烤", "炭火烤串", "羊肉串", "烤羊腿", "烧烤大排档", "小龙虾烧烤", "烤肉馆"],
};
const MEDIUM_SHOPS = [
  "蒙餐",
  "涮羊肉",
  "铜锅火锅",
  "家常菜馆",
  "饭庄",
  "烤全羊",
  "铁锅炖",
  "酒楼",
  "农家院",
  "私房菜",
  "川菜馆",
];
const LARGE_SHOPS = ["大饭店", "宴会楼", "蒙古大营", "酒店餐厅", "火锅城", "美食城", "肥羊王"];
const VERY_LARGE_SHOPS = ["国际大酒店", "宴会中心", "婚宴主题酒店", "蒙古风情大营", "会议中心酒店"];
const DRINKS_SHOPS = ["奶茶铺", "蒙古奶茶馆", "手作茶饮", "柠檬茶", "咖啡馆", "鲜果茶", "酸奶坊"];
const BUREAUS = [
  "财政局",
  "税务局",
  "教育局",
  "自然资源局",
  "住建局",
  "公安局",
  "法院",
  "供电公司",
  "水利局",
  "融媒体中心",
];
const HOSPITALS = ["人民医院", "中蒙医院", "妇幼保健院", "中心医院", "康复医院"];
const ORDINALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

export interface NameOf {
  readonly type: KitchenType;
  readonly banner: Banner;
  readonly town: Town;
  readonly capacity: number;
  readonly shift: Shift;
}

/** A likely name; two kitchens may get the same one. */
export function nameKitchen(of: NameOf, random: Random): string {
  switch (of.type) {
    case "very-large":
      return random.pick(FLAVOURS) + random.pick(VERY_LARGE_SHOPS);
    case "large":
      return random.pick(FLAVOURS) + random.pick(LARGE_SHOPS);
    case "medium":
      return owner(random, 0.4) + random.pick(MEDIUM_SHOPS);
    case "small":
      return owner(random, 0.7) + random.pick(SMALL_SHOPS[of.shift]);
    case "drinks":
      return owner(random, 0.3) + random.pick(DRINKS_SHOPS);
    default:
      return nameCanteen(of, random);
  }
}

function nameCanteen({ type, banner, town, capacity }: NameOf, random: Random): string {
  const place = shortTown(town);
  switch (type) {
    case "school":
      return `${schoolName(banner, town, capacity, random)}食堂`;
    case "elder-care":
      return `${place}${random.pick(["敬老院", "养老服务中心", "颐养院", "幸福院"])}食堂`;
    case "hospital":
      return `${shortBanner(banner)}${random.pick(HOSPITALS)}食堂`;
    case "office":
      return `${officeName(banner, town, random)}机关食堂`;
    case "nursery":
      return `${place}${random.pick(["小骏马", "萨日朗", "七彩", "阳光", "沙枣花"])}托育园食堂`;
    default:
      return `${owner(random, 0.8)}${random.pick(["流动宴席", "流动餐车", "流动大席", "草原宴席"])}`;
  }
}

function schoolName(banner: Banner, town: Town, capacity: number, random: Random): string {
  const place = ["subdistrict", "development_zone"].includes(town.kind)
    ? shortBanner(banner)
    : shortTown(town);
  const quarter = town.kind === "development_zone" ? place : shortTown(town);
  const ordinal = `第${random.pick(ORDINALS)}`;
  if (capacity < 350) return `${quarter}${random.pick(["中心", "蒙古族", ordinal])}幼儿园`;
  if (capacity < 900) return `${place}${random.pick(["中心", "蒙古族", "实验", ordinal])}小学`;
  return `${place}${random.pick([`${ordinal}中学`, "蒙古族中学", "实验中学", "职业中学", "一贯制学校"])}`;
}

function officeName(banner: Banner, town: Town, random: Random): string {
  if (town.kind === "development_zone") return `${town.zh}${random.pick(["管委会", "供电所", "消防救援站"])}`;
  const urban = town.kind === "subdistrict";
  if (urban || random.chance(0.3)) return shortBanner(banner) + random.pick(BUREAUS);
  return town.zh + random.pick(["人民政府", "派出所", "供电所", "税务所", "林业站"]);
}

/** Whose shop it is: a person's with the given chance, else a name of the land. */
function owner(random: Random, personal: number): string {
  if (!random.chance(personal)) return random.pick(FLAVOURS);
  const form = random.int(0, 3);
  if (form === 0) return `老${random.pick(SURNAMES)}家`;
  if (form === 1) return `${random.pick(SURNAMES)}记`;
  if (form === 2) return random.pick(GIVEN_NAMES);
  return `${random.pick(SURNAMES)}${random.pick(["大姐", "师傅", "三", "老大", "嫂"])}`;
}

/** 东胜区 → 东胜 */
export function shortBanner(banner: Banner): string {
  return banner.zh.replace(/[区旗]$/, "");
}

/** 罕台镇 → 罕台 */
export function shortTown(town: Town): string {
  return town.zh.replace(/(街道|苏木|镇|乡)$/, "");
}

/** A given name, for firms. */
export function givenName(random: Random): string {
  return random.pick(GIVEN_NAMES);
}
