import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { onlineMismatch } from "./w02-online-mismatch.ts";

const ADDRESS = "内蒙古鄂尔多斯市东胜区天骄北路16号底商";

interface Shown {
  licence?: string;
  licenceValidTo?: string;
  address?: string;
  dineIn?: boolean;
  noDineInLabel?: boolean;
  state?: "listed" | "delisted";
}

class Shop extends RuleTrial {
  constructor(kitchen: object = {}) {
    super(onlineMismatch, { kitchen: { address: ADDRESS, ...kitchen } });
  }

  lists(at: string, shown: Shown = {}, receivedAt?: string): this {
    const right = { licence: "JY1", licenceValidTo: "2030-12-31", address: ADDRESS, dineIn: true };
    const data = { shop: "S1", ...right, noDineInLabel: false, state: "listed", ...shown } as const;
    return this.says("warmcity.platform.listing", at, data, {
      by: "/platforms/p",
      ...(receivedAt === undefined ? {} : { receivedAt }),
    });
  }
}

const grave = ["10:00:00 raised L2 shop:S1"];
const lesser = ["10:00:00 raised L3 shop:S1"];

describe("W02 online listing against the registry", () => {
  it("finds nothing wrong with what is right, nor with one wrong letter in the address", () => {
    expect(new Shop().lists("10:00").run("11:00")).toEqual([]);
    expect(new Shop().lists("10:00", { address: ADDRESS.replace("骄", "娇") }).run("11:00")).toEqual([]);
    expect(new Shop({ address: null }).lists("10:00", { address: "别处" }).run("11:00")).toEqual([]);
  });

  it("is L2 for no licence, an expired one, or that of somebody else", () => {
    expect(new Shop().lists("10:00", { licence: "无" }).run("11:00")).toEqual(grave);
    expect(new Shop().lists("10:00", { licenceValidTo: "2026-03-01" }).run("11:00")).toEqual(grave);
    expect(new Shop().lists("10:00", { licence: "JY2" }).run("11:00")).toEqual(grave);
    expect(
      new Shop({ licence: { validTo: "2030-12-31" } }).lists("10:00", { licence: "JY2" }).run("11:00"),
    ).toEqual([]);
  });

  it("is L2 at the moment at which the licence shown ends, and not the day before", () => {
    const shop = new Shop().lists("10:00", { licenceValidTo: "2026-03-03" });
    expect(shop.run("03-03 23:59")).toEqual([]);
    expect(shop.run("03-04 01:00")).toEqual(["03-04 00:00:00 raised L2 shop:S1"]);
  });

  it("follows the registry: a licence revoked, and a renewal that was accepted", () => {
    const revoked = new Shop().lists("10:00");
    const lost = { validTo: "2030-12-31", state: "revoked" } as const;
    revoked.says("warmcity.licence.changed", "12:00", lost, { by: "/systems/licensing" });
    expect(revoked.run("13:00")).toEqual(["12:00:00 raised L2 shop:S1"]);
    const pending = new Shop({ licence: { number: "JY1", validTo: "2026-03-01", renewal: "accepted" } });
    expect(pending.lists("10:00", { licenceValidTo: "2026-03-01" }).run("11:00")).toEqual([]);
  });

  it("is L3 for another address, and for no seats without a label", () => {
    expect(new Shop().lists("10:00", { address: "鄂尔多斯市康巴什区鄂尔多斯大街1号" }).run("11:00")).toEqual(
      lesser,
    );
    const without = { dineIn: false, noDineInLabel: false };
    expect(new Shop().lists("10:00", without).run("11:00")).toEqual(lesser);
    expect(new Shop().lists("10:00", { ...without, noDineInLabel: true }).run("11:00")).toEqual([]);
  });

  it("rises when it gets worse, and ends with a right listing or the delisting", () => {
    const shop = new Shop()
      .lists("10:00", { dineIn: false })
      .lists("11:00", { dineIn: false, licence: "JY2" });
    const rung = [...lesser, "11:00:00 rose to L2 shop:S1"];
    expect(shop.run("11:30")).toEqual(rung);
    expect(shop.lists("12:00", { dineIn: false }).run("12:30")).toEqual(rung);
    expect(shop.lists("13:00").run("13:30")).toEqual([...rung, "13:00:00 resolved L2 shop:S1"]);
    const gone = new Shop()
      .lists("10:00", { licence: "无" })
      .lists("12:00", { state: "delisted", licence: "无" });
    expect(gone.run("13:00")).toEqual([...grave, "12:00:00 resolved L2 shop:S1"]);
  });

  it("goes to the platform, which has 24 h to delist", () => {
    const outputs = new Shop().lists("10:00", { licence: "无" }).outputs("11:00");
    expect(outputs.find(({ type }) => type === "warmcity.alert.raised")).toMatchObject({
      data: { lead: false },
    });
  });

  it("is mute in a unit that is closed", () => {
    const shop = new Shop().lists("10:00", { licence: "无" });
    shop.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(shop.run("11:00")).toEqual(["10:00:00 suppressed L2 shop:S1 (closed-unit)"]);
  });

  it("gives the same alerts for input thrice and shuffled; an older listing that comes late changes nothing", () => {
    const shop = new Shop()
      .lists("10:00", { dineIn: false })
      .lists("10:05", { licence: "无" })
      .lists("10:09");
    for (const shuffled of [1, 2, 3]) expect(shop.run("12:00", { shuffled })).toEqual(shop.run("12:00"));
    const late = new Shop().lists("11:00").lists("10:00", { licence: "无" }, "12:00");
    late.says("warmcity.kitchen.activity", "11:30", { kind: "pay" });
    expect(late.run("13:00")).toEqual([]);
  });
});
