import { describe, expect, it } from "vitest";
import { assetName } from "./asset-name.ts";

describe("the name of an asset", () => {
  it.each([
    ["K-1/fridge-1", "K-1", "fridge-1", "fridge-1"],
    ["zone:K-1/cooking", "K-1", "烹饪区", "cooking area"],
    ["staff:K-1/s-3", "K-1", "员工 s-3", "staff s-3"],
    ["lot:milk/L7", "K-1", "批次 milk/L7", "lot milk/L7"],
    ["city", null, "全市", "city"],
    ["banner:150602", null, "东胜区", "Dongsheng"],
    ["rider:r1", null, "骑手 r1", "rider r1"],
  ])("%s in %s", (asset, kitchen, zh, en) => {
    const name = assetName(asset, kitchen);
    expect(name.zh).toBe(zh);
    expect(name.en).toContain(en);
  });
});
