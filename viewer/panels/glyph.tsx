import { component$ } from "@builder.io/qwik";
import type { MapState } from "../../stream/wire.ts";
import { GLYPHS } from "../palette.ts";

/** The sign of a state in its colour; decoration only, so a text must stand beside it. */
export const Glyph = component$<{ state: MapState }>(({ state }) => (
  <svg class={`glyph state-${state}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={GLYPHS[state]} fill-rule="evenodd" />
  </svg>
));
