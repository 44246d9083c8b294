/** Made-up alerts that look like the real ones: one or two for each kitchen in an alert state. */
import { MAP_STATES } from "../../stream/wire.ts";
import type { City } from "../../twin/city/city.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import type { Random } from "../../twin/kernel/random.ts";

interface Sort {
  readonly code: string;
  readonly level: Alert["level"];
  readonly zh: string;
  readonly en: string;
  readonly basis: string;
  readonly kind: string | null;
  readonly value: readonly [from: number, to: number, unit: string] | null;
  readonly why: string;
  readonly whyEn: string;
}

const SORTS: readonly Sort[] = [
  {
    code: "T09",
    level: "L1",
    zh: "燃气泄漏",
    en: "Gas leak",
    basis: "GB 50028-2006",
    kind: "gas",
    value: [21, 48, "%[LEL]"],
    why: "燃气浓度连续 2 个采样 ≥20 % LEL",
    whyEn: "gas at or above 20 % LEL twice in a row",
  },
  {
    code: "C02",
    level: "L1",
    zh: "疑似食源性聚集",
    en: "Suspected illness cluster",
    basis: "食品安全法 第103条",
    kind: null,
    value: [3, 6, "{case}"],
    why: "24 小时内 3 起关联病例投诉",
    whyEn: "three linked reports of illness in 24 h",
  },
  {
    code: "D01",
    level: "L2",
    zh: "许可证过期仍营业",
    en: "Trading on an expired licence",
    basis: "食品安全法 第35条",
    kind: null,
    value: null,
    why: "许可证已过期，过期后仍有交易",
    whyEn: "licence expired, trading goes on",
  },
  {
    code: "P07",
    level: "L2",
    zh: "疑似鼠害",
    en: "Suspected rodent",
    basis: "GB 31654-2021",
    kind: "camera",
    value: null,
    why: "红外触发与画面识别在 24 小时内两次命中",
    whyEn: "infrared and camera hits within 24 h",
  },
  {
    code: "P09",
    level: "L2",
    zh: "动火离人",
    en: "Unattended fire",
    basis: "GB 31654-2021",
    kind: "camera",
    value: null,
    why: "明火持续 5 分钟无人",
    whyEn: "fire left alone for 5 min",
  },
  {
    code: "T01",
    level: "L2",
    zh: "冷藏超温",
    en: "Fridge too warm",
    basis: "GB 31654-2021",
    kind: "fridge-temperature",
    value: [9, 13, "Cel"],
    why: "冷藏温度 >8.0 ℃ 持续 2 小时",
    whyEn: "fridge above 8.0 °C for 2 h",
  },
  {
    code: "T01",
    level: "L3",
    zh: "冷藏超温",
    en: "Fridge too warm",
    basis: "GB 31654-2021",
    kind: "fridge-temperature",
    value: [8.1, 11, "Cel"],
    why: "冷藏温度 >8.0 ℃ 持续 30 分钟",
    whyEn: "fridge above 8.0 °C for 30 min",
  },
  {
    code: "T02",
    level: "L3",
    zh: "冷冻超温",
    en: "Freezer too warm",
    basis: "GB 31654-2021",
    kind: "freezer-temperature",
    value: [-11, -6, "Cel"],
    why: "冷冻温度 >−12 ℃ 持续 60 分钟",
    whyEn: "freezer above −12 °C for 60 min",
  },
  {
    code: "T06",
    level: "L3",
    zh: "洗消不达标",
    en: "Ware-washing below standard",
    basis: "GB 14934-2016",
    kind: "dish-machine",
    value: [71, 82, "Cel"],
    why: "连续 3 个洗消周期低于 84.5 ℃",
    whyEn: "three wash cycles below 84.5 °C in a row",
  },
  {
    code: "P01",
    level: "L4",
    zh: "未戴工作帽",
    en: "No hat in food zone",
    basis: "GB 31654-2021",
    kind: "camera",
    value: null,
    why: "5 分钟内 2 次命中未戴帽",
    whyEn: "two hits without a hat in 5 min",
  },
  {
    code: "D04",
    level: "L4",
    zh: "日管控缺失",
    en: "Daily self-check missing",
    basis: "市监总局令第60号",
    kind: null,
    value: null,
    why: "00:30 前未提交日管控记录",
    whyEn: "no daily self-check by 00:30",
  },
  {
    code: "O01",
    level: "L4",
    zh: "设备离线",
    en: "Device offline",
    basis: "鄂市监发〔2023〕169号",
    kind: "camera",
    value: null,
    why: "摄像头 30 分钟无心跳",
    whyEn: "no heartbeat of the camera for 30 min",
  },
  {
    code: "O03",
    level: "L4",
    zh: "摄像头遮挡",
    en: "Camera covered",
    basis: "鄂市监发〔2023〕169号",
    kind: "camera",
    value: null,
    why: "画面遮挡持续 3 分钟",
    whyEn: "camera covered for 3 min",
  },
];

const PAGE = 200;

export class StubAlerts {
  readonly all: Alert[] = [];
  readonly #city: City;
  readonly #random: Random;

  constructor(city: City, states: Uint8Array, random: Random) {
    this.#city = city;
    this.#random = random;
    states.forEach((state, index) => {
      const level = MAP_STATES[state];
      const sorts = SORTS.filter((sort) => sort.level === level);
      if (sorts.length === 0) return;
      this.all.push(this.#make(index, random.pick(sorts), random.between(1, 340)));
      if (random.chance(0.25))
        this.all.push(this.#make(index, random.pick(SORTS.slice(-4)), random.between(20, 400)));
    });
    this.all.sort((a, b) => (a.alert < b.alert ? -1 : 1));
  }

  of(kitchen: string): Alert[] {
    return this.all.filter((alert) => alert.kitchen === kitchen);
  }

  page(from: number): { items: Alert[]; next: string | null } {
    const end = from + PAGE;
    return { items: this.all.slice(from, end), next: end < this.all.length ? String(end) : null };
  }

  raise(index: number, code: string): Alert {
    const sort = SORTS.find((known) => known.code === code)!;
    const alert = this.#make(index, sort, 0);
    this.all.push(alert);
    return alert;
  }

  #make(index: number, sort: Sort, minutesAgo: number): Alert {
    const kitchen = this.#city.kitchens[index]!;
    const device = kitchen.devices.find((candidate) => candidate.kind === sort.kind);
    const at = new Date(Date.now() - minutesAgo * 60_000 + 8 * 3_600_000)
      .toISOString()
      .replace("Z", "+08:00");
    const number = sort.value === null ? 0 : this.#random.between(sort.value[0], sort.value[1]);
    const id = `A-${kitchen.id}-${sort.code}-${this.#random.int(1, 9999)}`;
    return {
      alert: id,
      case: `C-${id}`,
      code: sort.code,
      level: sort.level,
      kitchen: kitchen.id,
      asset: device?.id ?? null,
      state: "firing",
      raisedAt: at,
      levelAt: at,
      resolvedAt: null,
      reason: null,
      lead: sort.kind === "camera" && sort.code.startsWith("P"),
      retro: false,
      delayed: false,
      exercise: false,
      title: { zh: sort.zh, en: sort.en },
      value: sort.value === null ? null : { number: Math.round(number * 10) / 10, unit: sort.value[2] },
      rule: `${sort.code}@1`,
      policy: "ordos-2026@1",
      legalBasis: [sort.basis],
      because: [
        {
          source: `/devices/${device?.id ?? kitchen.id}`,
          id: `${id}-1`,
          time: at,
          position: 812_345,
          summary: sort.whyEn,
          text: { zh: sort.why, en: sort.whyEn },
        },
        {
          source: `/kitchens/${kitchen.id}`,
          id: `${id}-2`,
          time: at,
          position: 812_346,
          summary: `${kitchen.name} is in business`,
          text: { zh: `${kitchen.name} 正常经营`, en: `${kitchen.name} is in business` },
        },
      ],
      parent: null,
      suppressedBy: null,
    };
  }
}
