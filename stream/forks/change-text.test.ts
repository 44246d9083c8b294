import { expect, it } from "vitest";
import { readChange } from "./change-text.ts";

it("A change is read from its kind and fields", () => {
  expect(readChange("power-cut feeder=F-012 minutes=120")).toEqual({
    kind: "power-cut",
    feeder: "F-012",
    minutes: 120,
  });
  expect(readChange("network-cut by=banner id=150602 minutes=30 afterMinutes=5")).toEqual({
    kind: "network-cut",
    area: { by: "banner", id: "150602" },
    minutes: 30,
    afterMinutes: 5,
  });
  expect(readChange("recall product=milk lots=L7,L8 class=1")).toEqual({
    kind: "recall",
    product: "milk",
    lots: ["L7", "L8"],
    class: 1,
  });
  expect(readChange("inspectors banner=150602 factor=1.5")).toMatchObject({ banner: "150602", factor: 1.5 });
  expect(readChange("fridge-failure device=K-1/f1 minutes=null")).toMatchObject({ minutes: null });
});

it("A change is read from its JSON; what is neither stays what it is, for the check to refuse", () => {
  expect(readChange(' {"kind":"inspectors","banner":null,"factor":2}')).toEqual({
    kind: "inspectors",
    banner: null,
    factor: 2,
  });
  expect(readChange("{broken")).toBe("{broken");
  expect(readChange("more")).toEqual({ kind: "more" });
});
