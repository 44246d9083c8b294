/** What a camera saw, by the class that its model reports (DOMAIN §4). */
import type { DETECTION_CLASSES } from "../events/device-events.ts";
import type { Bilingual } from "../events/output-events.ts";

export type DetectionClass = (typeof DETECTION_CLASSES)[number];

export const DETECTION_NAMES: Readonly<Record<DetectionClass, Bilingual>> = {
  no_hat: { zh: "未戴帽", en: "no hat" },
  no_mask: { zh: "未戴口罩", en: "no mask" },
  no_uniform: { zh: "未穿工作服", en: "no uniform" },
  bare_hand: { zh: "徒手接触食品", en: "bare hands" },
  smoking: { zh: "吸烟", en: "smoking" },
  phone: { zh: "使用手机", en: "phone in use" },
  rat: { zh: "老鼠", en: "rat" },
  cockroach_fly: { zh: "蟑螂或苍蝇", en: "cockroach or fly" },
  cockroach: { zh: "蟑螂", en: "cockroach" },
  fly: { zh: "苍蝇", en: "fly" },
  bin_open: { zh: "垃圾桶未盖", en: "bin left open" },
  floor_dirty: { zh: "地面不洁", en: "dirty floor" },
  goods_on_floor: { zh: "食材直接落地", en: "goods on the floor" },
  stranger: { zh: "陌生人", en: "stranger" },
  pet: { zh: "宠物", en: "pet" },
  fire_unattended: { zh: "动火离人", en: "fire left alone" },
  smoke: { zh: "烟雾", en: "smoke" },
  cover: { zh: "镜头被遮挡", en: "camera covered" },
  blur: { zh: "画面模糊", en: "picture blurred" },
  shift: { zh: "镜头移位", en: "camera moved" },
  cross_use: { zh: "工具混用", en: "tools used across foods" },
  undetermined: { zh: "无法判定", en: "undetermined" },
};
