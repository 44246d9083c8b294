import { expect, it } from "vitest";
import { rowText } from "./row-words.ts";

it.each([
  ["05-13 00:17 ±4 min T01 raised L3 SC01/fridge-2", "05-13 00:17 ±4 分钟 T01 发出 三级 SC01/fridge-2"],
  ["05-13 01:44:14 T01 rose to L2 SC01/fridge-2", "05-13 01:44:14 T01 升为 二级 SC01/fridge-2"],
  ["05-12 08:30:00 P07 resolved L2 zone:K/wash (human)", "05-12 08:30:00 P07 解除 二级 zone:K/wash （由人）"],
  ["05-13 03:20 acked by O", "05-13 03:20 已签收（经营单位）"],
  ["whenever new", "任何时刻 预警"],
  [
    "05-13 01:47 ±4 min L2 to O by call (from 05-13 07:00:00)",
    "05-13 01:47 ±4 分钟 二级 通知经营单位：电话 （05-13 07:00:00 起）",
  ],
  ["whenever L3 to O by push (silent)", "任何时刻 三级 通知经营单位：推送 （静默）"],
  ["events >= 100000", "events >= 100000"],
  ["a text about L7 and a new shop", "a text about L7 and a new shop"],
])("says %j in Chinese", (row, chinese) => {
  expect(rowText(row)).toEqual({ zh: chinese, en: row });
});
