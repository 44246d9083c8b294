/** What waits for time to pass in the host: as a port, so that a simulated machine can bring its own time. */

export interface HostTimers {
  /** Calls once, after `ms` at the earliest. Returns how to call it off. */
  after(ms: number, call: () => void): () => void;
  /** Calls every `ms`. Returns how to end it. */
  every(ms: number, call: () => void): () => void;
}

export const hostTimers: HostTimers = Object.freeze({
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  every(ms: number, call: () => void) {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
});
