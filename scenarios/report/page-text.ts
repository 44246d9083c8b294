/** Text of the report's page: escaped, and in both languages. */
import type { Bilingual } from "../../twin/events/output-events.ts";
import { escaped } from "./junit.ts";

/** Of every picture, pixels of its own measure. */
export const PICTURE_WIDTH = 1_120;
export const LABEL_WIDTH = 300;

/** Both, where there is no way to show one alone (titles). */
export function bilingual({ zh, en }: Bilingual): string {
  return escaped(zh === en ? zh : `${zh} / ${en}`);
}

/** Two spans, one of which the page hides. */
export function spoken({ zh, en }: Bilingual): string {
  return zh === en
    ? escaped(zh)
    : `<span lang="zh" class="zh">${escaped(zh)}</span><span lang="en" class="en">${escaped(en)}</span>`;
}

/** The same in SVG. */
export function bilingualText(
  { zh, en }: Bilingual,
  { class: name, ...place }: { readonly class: string; readonly [attribute: string]: string | number },
): string {
  const attributes = Object.entries(place).map(([key, value]) => ` ${key}="${value}"`);
  const text = (language: string, words: string) =>
    `<text class="${name}${language === "" ? "" : ` ${language}`}"${attributes.join("")}>${escaped(words)}</text>`;
  return zh === en ? text("", zh) : `${text("zh", zh)}${text("en", en)}`;
}
