/** What kitchens buy, and what canteens cook. */
import type { InputData } from "../twin/events/catalogue.ts";

type Category = NonNullable<InputData<"warmcity.goods.received">["category"]>;

export interface Product {
  readonly name: string;
  readonly category: Category;
  /** Days from production to the best-before date. */
  readonly shelfDays: number;
  /** kg, l or pieces of an ordinary line. */
  readonly quantity: readonly [number, number];
}

const product = (
  name: string,
  category: Category,
  shelfDays: number,
  quantity: readonly [number, number],
): Product => ({ name, category, shelfDays, quantity });

export const PRODUCTS: readonly Product[] = [
  product("羊肉", "meat", 5, [5, 40]),
  product("牛肉", "meat", 5, [4, 30]),
  product("猪肉", "meat", 4, [5, 40]),
  product("鸡胸肉", "meat", 4, [3, 20]),
  product("冷冻鸡腿", "meat", 270, [5, 30]),
  product("冷冻带鱼", "meat", 300, [3, 20]),
  product("鲜牛奶", "dairy", 7, [5, 40]),
  product("酸奶", "dairy", 21, [3, 20]),
  product("奶酪", "dairy", 120, [1, 6]),
  product("大豆油", "oil", 540, [5, 40]),
  product("胡麻油", "oil", 360, [2, 20]),
  product("土豆", "vegetable", 30, [10, 60]),
  product("大白菜", "vegetable", 10, [10, 50]),
  product("西红柿", "vegetable", 7, [5, 30]),
  product("青椒", "vegetable", 7, [3, 20]),
  product("黄瓜", "vegetable", 6, [3, 20]),
  product("洋葱", "vegetable", 30, [5, 30]),
  product("菠菜", "vegetable", 4, [2, 15]),
  product("胡萝卜", "vegetable", 20, [5, 25]),
  product("豆腐", "other", 3, [3, 20]),
  product("鸡蛋", "other", 30, [5, 40]),
  product("面粉", "other", 240, [25, 100]),
  product("大米", "other", 360, [25, 100]),
  product("挂面", "other", 360, [5, 20]),
  product("酱油", "other", 540, [2, 12]),
  product("一次性餐盒", "tableware", 720, [100, 800]),
];

export const DISHES: readonly string[] = [
  "土豆烧牛肉",
  "红烧羊肉",
  "西红柿炒鸡蛋",
  "清炒菠菜",
  "麻婆豆腐",
  "青椒肉丝",
  "烩酸菜",
  "焖面",
  "米饭",
  "馒头",
  "小米粥",
  "鸡蛋羹",
  "冬瓜排骨汤",
  "紫菜蛋花汤",
  "炒土豆丝",
  "宫保鸡丁",
  "红烧带鱼",
  "胡萝卜炖羊肉",
  "凉拌黄瓜",
  "葱油饼",
];
