import { component$ } from "@builder.io/qwik";

/** Outlines in a box of 20 x 20, drawn with a stroke. */
const ICONS = {
  search: "M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM13.2 13.2L17 17",
  sun: "M10 6.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6zM10 1.8v1.8M10 16.4v1.8M1.8 10h1.8M16.4 10h1.8M4.2 4.2l1.3 1.3M14.5 14.5l1.3 1.3M4.2 15.8l1.3-1.3M14.5 5.5l1.3-1.3",
  moon: "M16.5 12.1A7 7 0 0 1 7.9 3.5a7 7 0 1 0 8.6 8.6z",
  help: "M10 2.2a7.8 7.8 0 1 0 0 15.6a7.8 7.8 0 1 0 0-15.6zM7.7 7.7a2.3 2.3 0 1 1 3.3 2.1c-.7.4-1 .8-1 1.7M10 14.1v.1",
  close: "M4.5 4.5l11 11M15.5 4.5l-11 11",
  home: "M3 9.5L10 3.5l7 6M5 8.5v8h10v-8",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  pin: "M10 17.5s5.5-5.2 5.5-9.3a5.5 5.5 0 1 0-11 0c0 4.1 5.5 9.3 5.5 9.3zM10 6.2a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
  desk: "M3 4.5h14v11H3zM3 8.2h14M6 11.2h5M6 13.4h8",
  city: "M3 17V8l4-2v11M7 17V3.5l5 2.5v11M12 17V9l5 2v6M2 17h16",
  print: "M6 7.5V3h8v4.5M6 14.5H3.5v-7h13v7H14M6 12h8v5H6z",
  bell: "M5 14.5V9a5 5 0 0 1 10 0v5.5l1.2 1.2H3.8zM8.3 17.2h3.4",
  person: "M10 3a3.3 3.3 0 1 0 0 6.6a3.3 3.3 0 1 0 0-6.6zM3.6 17c.6-3.4 3.2-5 6.4-5s5.8 1.6 6.4 5",
  camera: "M2.5 6.5h9.5v7H2.5zM12 9l5-2.5v7L12 11",
} as const;
export type IconName = keyof typeof ICONS;

export const Icon = component$<{ name: IconName }>(({ name }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d={ICONS[name]} />
  </svg>
));
