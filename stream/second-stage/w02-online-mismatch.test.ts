import { describe, expect, it } from "vitest";
import { onlineMismatch } from "../rules/w02-online-mismatch.ts";
import { CityTrial } from "./city-trial.ts";
import { onlineMismatches } from "./w02-online-mismatch.ts";

const ADDRESS = "鄂尔多斯市东胜区天骄北路16号";

class Platforms {
  readonly trial: CityTrial;

  constructor(addresses: readonly (string | null)[] = [ADDRESS, ADDRESS, ADDRESS, "别处1号"]) {
    this.trial = new CityTrial({
      cityRules: [onlineMismatches],
      rules: [onlineMismatch],
      kitchens: addresses.map((address, i) => ({ id: `K${i + 1}`, address })),
    });
  }

  lists(
    at: string,
    shop: string,
    kitchen: string | null,
    {
      by = "/platforms/p",
      state = "listed",
      licence,
    }: { by?: string; state?: "listed" | "delisted"; licence?: string } = {},
  ): this {
    const index = kitchen === null ? -1 : this.trial.city.kitchenIndex(kitchen);
    const own = this.trial.city.kitchens[index];
    const data = {
      shop,
      licence: licence ?? own?.licence.number ?? "JY9",
      licenceValidTo: "2030-12-31",
      address: own?.address ?? ADDRESS,
      dineIn: true,
      noDineInLabel: false,
      state,
    };
    this.trial.says("warmcity.platform.listing", at, kitchen, data, { by });
    return this;
  }
}

const three = () =>
  new Platforms().lists("10:00", "a", "K1").lists("10:01", "b", "K2").lists("10:02", "c", "K3");

describe("W02 shops that share a licensed address", () => {
  it("tells each of three shops of one platform at one address, whichever kitchens they belong to", () => {
    expect(three().trial.run("11:00").sort()).toEqual([
      "10:02:00 raised L3 K1 shop:a",
      "10:02:00 raised L3 K2 shop:b",
      "10:02:00 raised L3 K3 shop:c",
    ]);
    const one = new Platforms().lists("10:00", "a", "K4").lists("10:01", "b", "K4").lists("10:02", "c", "K4");
    expect(one.trial.run("11:00")).toHaveLength(3);
  });

  it("leaves two shops alone, three on three platforms, the same shop thrice, and three addresses", () => {
    const two = new Platforms().lists("10:00", "a", "K1").lists("10:01", "b", "K2").lists("10:02", "c", "K4");
    expect(two.trial.run("11:00")).toEqual([]);
    const spread = new Platforms().lists("10:00", "a", "K1", { by: "/platforms/p1" });
    spread
      .lists("10:01", "b", "K1", { by: "/platforms/p2" })
      .lists("10:02", "c", "K1", { by: "/platforms/p3" });
    expect(spread.trial.run("11:00")).toEqual([]);
    const again = new Platforms()
      .lists("10:00", "a", "K1")
      .lists("10:01", "a", "K1")
      .lists("10:02", "a", "K1");
    expect(again.trial.run("11:00")).toEqual([]);
    const unknown = new Platforms([null, null, null]);
    unknown.lists("10:00", "a", "K1").lists("10:01", "b", "K2").lists("10:02", "c", "K3");
    expect(unknown.trial.run("11:00")).toEqual([]);
  });

  it("ends for all when one of three is delisted, and tells a fourth that joins", () => {
    const gone = three().lists("12:00", "b", "K2", { state: "delisted" });
    expect(
      gone.trial
        .run("13:00")
        .filter((line) => line.includes("resolved"))
        .sort(),
    ).toEqual([
      "12:00:00 resolved L3 K1 shop:a",
      "12:00:00 resolved L3 K2 shop:b",
      "12:00:00 resolved L3 K3 shop:c",
    ]);
    const joined = three().lists("12:00", "d", "K3");
    expect(joined.trial.run("13:00").at(-1)).toBe("12:00:00 raised L3 K3 shop:d");
  });

  it("raises a shop of no kitchen whose licence nobody holds, until it shows one or is gone", () => {
    const nobody = new Platforms().lists("10:00", "x", null, { licence: "JY77" });
    expect(nobody.trial.run("11:00")).toEqual(["10:00:00 raised L2 shop:x"]);
    nobody.lists("12:00", "x", null, { licence: "JY1" });
    expect(nobody.trial.run("13:00").at(-1)).toBe("12:00:00 resolved L2 shop:x");
  });

  it("gives the same alerts shuffled, after a restart, and live", () => {
    const { trial } = three().lists("10:30", "b", "K2", { state: "delisted" });
    const clean = trial.run("12:00").sort();
    for (const shuffled of [1, 2]) expect(trial.run("12:00", { shuffled }).sort()).toEqual(clean);
    expect(trial.run("12:00", { restartsAt: "10:01" }).sort()).toEqual(clean);
    expect(trial.run("12:00", { live: true }).sort()).toEqual(clean);
  });
});
