/** Whoever carries notifications to people: slow, failing, or taking one without saying so. It remembers all that it was told. */

import type { Notice } from "../../stream/notify/notice.ts";
import { DeliveryError, type NoticeChannel } from "../../stream/notify/notice-channel.ts";
import type { Life } from "./life.ts";
import type { Around } from "./producer.ts";

export interface ProviderMood {
  /** Share of the notices that it refuses for now, and of those that it takes while its answer is lost. */
  readonly fails: number;
  readonly losesAnswer: number;
  readonly delayMs: number;
}

export const GOOD_MOOD: ProviderMood = { fails: 0, losesAnswer: 0, delayMs: 30 };

export class Provider {
  mood: ProviderMood = GOOD_MOOD;
  /** What it was told, by id, as often as it was told. */
  readonly told = new Map<string, Notice[]>();
  readonly #around: Pick<Around, "scheduler" | "random" | "complain">;
  /** Whether the journal on the disk says, whatever happens to the power, that this one is sent. */
  readonly #isNoted: (notification: string) => boolean;

  constructor(
    around: Pick<Around, "scheduler" | "random" | "complain">,
    isNoted: (notification: string) => boolean,
  ) {
    this.#around = around;
    this.#isNoted = isNoted;
  }

  get repeats(): number {
    let repeats = 0;
    for (const times of this.told.values()) repeats += times.length - 1;
    return repeats;
  }

  channelOf(life: Life): NoticeChannel {
    const answered = new Set<string>();
    return {
      deliver: async (notice) => {
        await this.#wait(this.#around.random.between(1, this.mood.delayMs));
        if (!life.isAlive) return;
        const { fails, losesAnswer } = this.mood;
        if (this.#around.random.chance(fails)) throw new DeliveryError("not now", true);
        this.#take(notice, answered);
        await this.#wait(this.#around.random.between(1, this.mood.delayMs));
        if (this.#around.random.chance(losesAnswer)) throw new DeliveryError("no answer", true);
        answered.add(notice.notification);
      },
    };
  }

  #take(notice: Notice, answered: ReadonlySet<string>): void {
    const { notification } = notice;
    const before = this.told.get(notification) ?? [];
    this.told.set(notification, [...before, notice]);
    if (before.length === 0) return;
    if (answered.has(notification))
      this.#around.complain(`told notification ${notification} again, though it was taken and answered`);
    else if (this.#isNoted(notification))
      this.#around.complain(
        `told notification ${notification} again, though its journal says that it was sent`,
      );
    const [first] = before;
    if (first !== undefined && wordsOf(first) !== wordsOf(notice))
      this.#around.complain(`told notification ${notification} in other words the second time`);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#around.scheduler.after(ms, resolve);
    });
  }
}

/** What a repeat must have in common with the first. */
function wordsOf({ case: about, level, to, channel, ring, text, time }: Notice): string {
  return JSON.stringify([about, level, to, channel, ring, text, time]);
}
