import { describe, expect, it } from "vitest";
import { HeardOutputs } from "./heard-outputs.ts";

const PUT_OUT = [3, 5, 8, 13, 21].map((position) => ({ position, id: `o-${position}` }));
const NONE = { twice: [], disordered: [], lost: [], invented: [] };

function heard(...positions: readonly number[]): HeardOutputs {
  const outputs = new HeardOutputs();
  for (const position of positions) outputs.hear({ position, id: `o-${position}` });
  return outputs;
}

describe("HeardOutputs", () => {
  it("finds no fault with a reader that heard all, once, in order", () => {
    expect(heard(3, 5, 8, 13, 21).against(PUT_OUT, 0, 22)).toEqual(NONE);
    expect(heard(3, 5, 8, 13, 21)).toMatchObject({ count: 5, last: 21 });
  });

  it("finds what was lost between two that were heard, and at the end", () => {
    expect(heard(3, 8, 13).against(PUT_OUT, 0, 22)).toEqual({ ...NONE, lost: ["o-5", "o-21"] });
  });

  it("asks for nothing from before the reader came or after the end", () => {
    expect(heard(8).against(PUT_OUT, 6, 13)).toEqual(NONE);
    expect(heard().against(PUT_OUT, 22, 30)).toEqual(NONE);
  });

  it("finds what came twice, as after a resume from one position too early", () => {
    expect(heard(3, 5, 5, 8, 13, 21).against(PUT_OUT, 0, 22)).toEqual({ ...NONE, twice: ["o-5"] });
  });

  it("finds what came out of order, and what nobody put out", () => {
    expect(heard(3, 8, 5, 13, 21).against(PUT_OUT, 0, 22)).toEqual({ ...NONE, disordered: ["o-5"] });
    expect(heard(3, 5, 8, 13, 14, 21).against(PUT_OUT, 0, 22)).toEqual({ ...NONE, invented: ["o-14"] });
  });

  it("takes one output under two positions for a repeat", () => {
    const outputs = heard(3, 5);
    outputs.hear({ position: 6, id: "o-5" });
    expect(outputs.against(PUT_OUT, 0, 6)).toEqual({ ...NONE, twice: ["o-5"] });
  });
});
