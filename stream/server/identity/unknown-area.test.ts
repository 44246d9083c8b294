import { describe, expect, it } from "vitest";
import { readArea } from "../../../twin/authority/principal.ts";
import { generateCity } from "../../../twin/city/generated-city.ts";
import { unknownArea } from "./unknown-area.ts";

const city = generateCity({ seed: 1, kitchens: 40, preset: "baseline" });
const [first] = city.kitchens;
const asked = (text: string) => unknownArea(readArea(text)!, city);

describe("unknownArea", () => {
  it("knows the city and what its kitchens belong to", () => {
    expect(asked("city")).toBeNull();
    expect(asked(`banner:${first!.banner}`)).toBeNull();
    expect(asked(`office:${first!.office}`)).toBeNull();
    expect(asked(`kitchens:${city.kitchens[0]!.id},${city.kitchens[39]!.id}`)).toBeNull();
  });

  it("names what is not there, and what would be", () => {
    expect(asked("banner:999999")).toMatch(/^the city has no banner 999999; it has 1506\d\d, /);
    expect(asked("office:150602-99")).toMatch(/^the city has no office 150602-99; it has 1506\d\d-\d\d/);
    expect(asked(`kitchens:${first!.id},K-1,K-2`)).toMatch(/^the city has no kitchen K-1, K-2; it has /);
  });
});
