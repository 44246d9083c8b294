/**
 * What one would write first: a state machine per kitchen, an event per reading, the devices of the kitchen in its
 * context. T01 and T02 as the catalogue has them: over the limit for its time, with the dead band.
 */
import { type Actor, assign, createActor, enqueueActions, setup } from "xstate";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import { HOUR_MS, MINUTE_MS } from "../twin/kernel/time.ts";

export interface PlainReading {
  readonly type: "reading";
  readonly kitchen: string;
  readonly device: string;
  readonly kind: DeviceKind;
  /** ms since epoch. */
  readonly time: number;
  readonly value: number;
}

export interface PlainAlert {
  readonly code: string;
  readonly device: string;
  /** When it had held long enough, ms since epoch. */
  readonly time: number;
}

interface Limit {
  readonly code: string;
  readonly over: number;
  readonly forMs: number;
}

const LIMITS: Partial<Record<DeviceKind, Limit>> = {
  "fridge-temperature": { code: "T01", over: 8, forMs: 30 * MINUTE_MS },
  "sample-fridge-temperature": { code: "T01", over: 8, forMs: 30 * MINUTE_MS },
  "freezer-temperature": { code: "T02", over: -12, forMs: HOUR_MS },
};
const DEAD_BAND = 0.3;

interface Watch {
  readonly since: number;
  readonly rung: boolean;
}

interface Context {
  /** Newest value of every device, and when it came: what a twin shows, and what silence is told from. */
  readonly newest: Readonly<Record<string, { readonly value: number; readonly at: number }>>;
  readonly watches: Readonly<Record<string, Watch>>;
  readonly ring: (alert: PlainAlert) => void;
}

const kitchenMachine = setup({
  types: {
    context: {} as Context,
    events: {} as PlainReading,
    input: {} as { ring: (alert: PlainAlert) => void },
  },
  guards: {
    isWatched: ({ context, event }) => context.watches[event.device] !== undefined,
    isOver: ({ event }) => event.value > (LIMITS[event.kind]?.over ?? Number.POSITIVE_INFINITY),
    isWellAgain: ({ context, event }) =>
      context.watches[event.device] !== undefined &&
      event.value <= (LIMITS[event.kind]?.over ?? 0) - DEAD_BAND,
    hasHeld: ({ context, event }) => {
      const watch = context.watches[event.device];
      const limit = LIMITS[event.kind];
      return (
        watch !== undefined && limit !== undefined && !watch.rung && event.time >= watch.since + limit.forMs
      );
    },
  },
  actions: {
    note: assign({
      newest: ({ context, event }) => ({
        ...context.newest,
        [event.device]: { value: event.value, at: event.time },
      }),
    }),
    begin: assign({
      watches: ({ context, event }) => ({
        ...context.watches,
        [event.device]: { since: event.time, rung: false },
      }),
    }),
    end: assign({
      watches: ({ context, event }) => {
        const { [event.device]: _, ...others } = context.watches;
        return others;
      },
    }),
    ring: enqueueActions(({ context, event, enqueue }) => {
      const watch = context.watches[event.device];
      const limit = LIMITS[event.kind];
      if (watch === undefined || limit === undefined) return;
      context.ring({ code: limit.code, device: event.device, time: watch.since + limit.forMs });
      enqueue.assign({
        watches: { ...context.watches, [event.device]: { since: watch.since, rung: true } },
      });
    }),
  },
}).createMachine({
  context: ({ input }) => ({ newest: {}, watches: {}, ring: input.ring }),
  initial: "watching",
  states: {
    watching: {
      on: {
        reading: [
          { guard: "hasHeld", actions: ["note", "ring"] },
          { guard: "isWellAgain", actions: ["note", "end"] },
          { guard: "isWatched", actions: "note" },
          { guard: "isOver", actions: ["note", "begin"] },
          { actions: "note" },
        ],
      },
    },
  },
});

/** One running actor per kitchen that has said something. */
export class PlainKitchens {
  readonly alerts: PlainAlert[] = [];
  readonly #actors = new Map<string, Actor<typeof kitchenMachine>>();

  actorOf(kitchen: string): Actor<typeof kitchenMachine> {
    let actor = this.#actors.get(kitchen);
    if (actor === undefined) {
      actor = createActor(kitchenMachine, { input: { ring: (alert) => this.alerts.push(alert) } });
      actor.start();
      this.#actors.set(kitchen, actor);
    }
    return actor;
  }

  stop(): void {
    for (const actor of this.#actors.values()) actor.stop();
  }
}
