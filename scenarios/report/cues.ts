/** What happens in a story from outside, in words: what goes wrong, what is told by hand, what people do. */
import type { Bilingual } from "../../twin/events/output-events.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { EVENT_NAMES } from "../../twin/words/event-names.ts";
import type { Story } from "../story.ts";
import { CAUSE_NAMES, COMMAND_NAMES, ROLE_NAMES } from "./report-words.ts";

export interface Cue {
  /** ms since epoch. */
  readonly at: number;
  readonly tone: "truth" | "word" | "act";
  readonly text: Bilingual;
}

const same = (text: string): Bilingual => ({ zh: text, en: text });
const joined = (a: Bilingual, b: Bilingual): Bilingual => ({ zh: `${a.zh} ${b.zh}`, en: `${a.en} ${b.en}` });

/** In the order of their times. */
export function cuesOf(story: Story): Cue[] {
  const truth = story.truth().map(({ cause, kitchen, asset, from }): Cue => {
    const where = kitchen === null && asset !== null ? areaName(asset) : same(asset ?? kitchen ?? "");
    return { at: from, tone: "truth", text: joined(CAUSE_NAMES[cause] ?? same(cause), where) };
  });
  const words = story.toldByHand.flatMap(({ at, text }): Cue[] => {
    // A story may send what is no event at all.
    if (!text.startsWith("{")) return [];
    const { type, subject }: { type?: unknown; subject?: unknown } = JSON.parse(text);
    const name = Object.entries(EVENT_NAMES).find(([key]) => key === type)?.[1];
    if (name === undefined) return [];
    return [{ at, tone: "word", text: typeof subject === "string" ? joined(name, same(subject)) : name }];
  });
  const acts = story.acted.map(({ time, about, command, role }): Cue => {
    const [who, does] = [ROLE_NAMES[role] ?? same(role), COMMAND_NAMES[command] ?? same(command)];
    return { at: time, tone: "act", text: joined(joined(who, does), same(about.code)) };
  });
  return [...truth, ...words, ...acts].sort((a, b) => a.at - b.at);
}
