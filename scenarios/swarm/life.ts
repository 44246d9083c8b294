/** One run of the program: what a process id, a boot and a container make of it. It dies once. */

export interface Life {
  readonly pid: number;
  /** The running system and its space of process ids, as the lock knows them. */
  readonly host: string;
  readonly started: string;
  readonly isAlive: boolean;
}

/** One who only looks at what a run has left: its calls take no time. */
export const OBSERVER: Life = { pid: 0, host: "observer", started: "", isAlive: true };

/** The processes that there are, as each of them can see them. */
export class Processes {
  readonly #all: Life[] = [];

  add(life: Life): void {
    this.#all.push(life);
  }

  /** A living process of that number where `viewer` runs. */
  seenBy(viewer: Life, pid: number): Life | null {
    return this.#all.find((life) => life.isAlive && life.host === viewer.host && life.pid === pid) ?? null;
  }
}
