import { generateCity } from "../twin/city/generated-city.ts";
import { registryOf } from "../twin/city/registry.ts";
import { defineScenario } from "./scenario.ts";
import { type NamedKitchen, Story } from "./story.ts";
import { atLeast } from "./verdict.ts";

/** One kitchen of each type, as the generated city has them, under names of their own. */
function ordinaryKitchens(): readonly NamedKitchen[] {
  const { kitchens } = registryOf(generateCity({ seed: 5, preset: "full", kitchens: 60 }));
  const firsts = kitchens.filter(
    (kitchen, i) => kitchens.findIndex(({ type }) => type === kitchen.type) === i,
  );
  return firsts.map((kitchen) => JSON.parse(JSON.stringify(kitchen).replaceAll('"K-', '"QT-')));
}

export const quietTuesday = defineScenario({
  name: "quiet-tuesday",
  title: { zh: "平静的星期二", en: "a quiet Tuesday" },
  story: new Story({ from: "05-12 00:00", until: "05-13 00:00", kitchens: ordinaryKitchens() }),
  ways: { load: ["05-12 10:30", "05-12 12:30"], liveUntil: "05-12 13:00", tickMs: 5_000 },
  never: [
    {
      says: {
        zh: "每种类型一家单位过平常一天，无一告警",
        en: "raises nothing while a kitchen of each type lives its ordinary day",
      },
      alertsOf: "any kitchen",
      which: /./,
    },
    { says: { zh: "区域也无告警", en: "raises nothing about areas" }, alertsOf: [null], which: /./ },
  ],
  checks: [
    {
      says: { zh: "这一天各家确有起居", en: "has a day to be quiet on" },
      holds: (told) => [
        atLeast(new Set(told.city.kitchens.map(({ type }) => type)).size, 11, "types"),
        atLeast(told.alone().summary.processed, 100_000, "events"),
      ],
    },
  ],
});
