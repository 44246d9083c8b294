/** Somebody at a desk: looks at the open cases now and then and does something about one, allowed or not. */

import { PortError } from "../../stream/server/port-error.ts";
import type { Principal } from "../../twin/authority/principal.ts";
import { ROLES } from "../../twin/events/public-events.ts";
import type { Host } from "./host.ts";
import type { Around } from "./producer.ts";

const DESK: Principal = { id: "desk", role: "admin", area: { kind: "city" } };

export class Person {
  readonly #around: Around;
  /** Actors of the commands that the city has said to have done. */
  readonly done = new Set<string>();
  #acts = 0;

  constructor(around: Around) {
    this.#around = around;
  }

  get acts(): number {
    return this.#acts;
  }

  act(): void {
    this.#around.network.carry("desk", () => {
      const host = this.#around.reach();
      if (host?.state !== "ready") return;
      this.#actAt(host).catch((error: unknown) => {
        if (!(error instanceof PortError && error.kind === "unavailable"))
          this.#around.complain(`a command failed: ${String(error)}`);
      });
    });
  }

  async #actAt({ port }: Host): Promise<void> {
    const { random } = this.#around;
    const kitchen = random.pick([null, ...port.city.kitchens.map(({ id }) => id)]);
    const filter = { principal: DESK, states: null, levels: null, kitchen };
    const { items } = await port.cases(filter, { after: null, limit: 2 });
    const open = items.filter(({ state }) => state !== "closed");
    if (open.length === 0) return;
    const one = random.pick(open);
    const actor = `actor-${this.#acts++}`;
    const command = random.pick(one.allowed.length > 0 ? one.allowed : (["comment"] as const));
    const result = await port.command(
      one.case,
      {
        command,
        role: random.pick(ROLES),
        actor,
        reason: "seen on site",
        evidence: ["photo-1"],
        ...(command === "decide" ? { decision: { kind: "warning" as const } } : {}),
      },
      DESK,
    );
    if (result?.done === true) this.done.add(actor);
  }
}
