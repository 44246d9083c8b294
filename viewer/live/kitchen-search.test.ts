import { describe, expect, it } from "vitest";
import { looksLikeCode, searchKitchens } from "./kitchen-search.ts";

const city = {
  ids: ["K-00001", "K-00002", "K-00003", "K-00012"],
  names: ["草原涮羊肉", "老草原面馆", "Blue Cafe", "草原"],
  outside: new Uint8Array(4),
};

describe("searchKitchens", () => {
  it("ranks the exact name, then its beginning, then any place", () => {
    expect(searchKitchens(city, "草原", 9)).toEqual([3, 0, 1]);
  });

  it("finds an id in any case and puts it first", () => {
    expect(searchKitchens(city, "k-00002", 9)).toEqual([1]);
    expect(searchKitchens(city, "0001", 9)).toEqual([0, 3]);
  });

  it("ignores case and spaces around", () => {
    expect(searchKitchens(city, "  blue ", 9)).toEqual([2]);
  });

  it("finds nothing outside the area of who is signed in", () => {
    expect(searchKitchens({ ...city, outside: Uint8Array.of(0, 0, 0, 1) }, "草原", 9)).toEqual([0, 1]);
  });

  it("finds nothing for nothing, and no more than asked", () => {
    expect(searchKitchens(city, " ", 9)).toEqual([]);
    expect(searchKitchens(city, "草", 2)).toHaveLength(2);
  });
});

describe("looksLikeCode", () => {
  it("knows a licence code from a name and an id", () => {
    expect(looksLikeCode("150602-0000017")).toBe(true);
    expect(looksLikeCode("150602")).toBe(true);
    expect(looksLikeCode("K-00001")).toBe(false);
    expect(looksLikeCode("草原")).toBe(false);
  });
});
