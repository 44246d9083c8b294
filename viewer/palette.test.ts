import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MAP_STATES } from "../stream/wire.ts";
import { THEMES } from "./basemap/extent.ts";
import { GLYPHS, rgbOf, STATE_COLOURS, WORST_FIRST } from "./palette.ts";

/** How eyes without one kind of cone see linear RGB (Machado, Oliveira & Fernandes 2009, severity 1). */
const EYES = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
const GROUND = { night: "#08101c", day: "#fffdf9" } as const;

type Triple = readonly [number, number, number];

function linear(colour: string): Triple {
  const [r, g, b] = rgbOf(colour).map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

function seen([r, g, b]: Triple, eye: readonly number[]): Triple {
  const row = (i: number) => Math.max(0, eye[i]! * r + eye[i + 1]! * g + eye[i + 2]! * b);
  return [row(0), row(3), row(6)];
}

function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(a: string, b: string, eye: readonly number[]): number {
  const [l1, a1, b1] = lab(seen(linear(a), eye));
  const [l2, a2, b2] = lab(seen(linear(b), eye));
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [r, g, bl] = linear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe("the palette", () => {
  const shown = MAP_STATES.filter((state) => state !== "never" && state !== "closed");

  for (const theme of THEMES) {
    for (const [eye, matrix] of Object.entries(EYES)) {
      it(`tells any two states apart by ${theme} for ${eye} eyes`, () => {
        for (const a of shown)
          for (const b of shown.slice(shown.indexOf(a) + 1)) {
            const colours = STATE_COLOURS[theme];
            expect(difference(colours[a], colours[b], matrix), `${a} and ${b}`).toBeGreaterThan(14);
          }
      });
    }

    it(`lets every state that matters stand out from the ${theme} panel`, () => {
      for (const state of shown)
        expect(contrast(STATE_COLOURS[theme][state], GROUND[theme]), state).toBeGreaterThan(2.3);
    });
  }

  it("is the same in the style sheet", () => {
    const css = readFileSync(new URL("./style/tokens.css", import.meta.url), "utf8");
    const [, night = "", day = ""] = css.split(/\[data-theme="(?:night|day)"\] \{/);
    for (const state of MAP_STATES) {
      expect(night).toContain(`--${state}: ${STATE_COLOURS.night[state]};`);
      expect(day).toContain(`--${state}: ${STATE_COLOURS.day[state]};`);
    }
  });

  it("gives every state a glyph of its own, so that colour is never alone", () => {
    expect(new Set(MAP_STATES.map((state) => GLYPHS[state])).size).toBe(MAP_STATES.length);
    expect([...WORST_FIRST].sort()).toEqual([...MAP_STATES].sort());
  });
});
