/**
 * The whole topology on one page. RxJS carries batches between the steps; single readings never pass through it.
 *
 *   HTTP ──┐                    one synchronous turn:                       ┌─> SSE, WebSocket deltas
 *   MQTT ──┼─ door ─ deliveries ─> order ─ detectors ─ rules ─ append ─┐    ├─> alert files
 *   simulator ┘                ticks ──────^                           │    └─> ...
 *                                                                commit = durable
 *                                                                      ├─> acknowledge
 *                                                                      └─> publish
 */
import { merge, Observable, type Subscription, share } from "rxjs";
import type { Intake } from "./door/admission.ts";
import type { IngestResult, Processor, Published } from "./processor.ts";

/** What came through the door, and whom to tell when it is durable. */
export interface Delivery {
  readonly kind: "delivery";
  readonly intake: Pick<Intake, "admitted" | "refused">;
  /** ms since epoch. */
  readonly receivedAt: number;
  readonly acknowledge: (result: IngestResult) => void;
  /** It could not be made durable: nothing of it may count as taken. */
  readonly fail: (error: unknown) => void;
}

/** The host says what time it is. */
export interface Tick {
  readonly kind: "tick";
  readonly time: number;
  readonly ahead: boolean;
}

export type Outlet = (outputs: Observable<readonly Published[]>) => Observable<unknown>;

export interface Pipeline {
  readonly processor: Processor;
  readonly deliveries: Observable<Delivery>;
  readonly ticks: Observable<Tick>;
  readonly outlets: readonly Outlet[];
  /** A turn failed: the log can take nothing, so the host goes red. */
  readonly onFailure: (error: unknown) => void;
}

/** Connects sources, processor and outlets; unsubscribing stops it. */
export function runPipeline({ processor, deliveries, ticks, outlets, onFailure }: Pipeline): Subscription {
  const outputs = outputsOf(processor).pipe(share());
  const subscription = merge(...outlets.map((outlet) => outlet(outputs))).subscribe();
  subscription.add(
    merge(deliveries, ticks).subscribe((input) => {
      takeTurn(processor, input).catch(onFailure);
    }),
  );
  return subscription;
}

/** Takes what came in at once, and acknowledges it when it is durable: a plain promise, for there are many at a time. */
async function takeTurn(processor: Processor, input: Delivery | Tick): Promise<void> {
  if (input.kind === "tick") {
    processor.tick(input.time, input.ahead);
    await processor.commit();
    return;
  }
  try {
    const result = processor.take(input.intake, input.receivedAt);
    await processor.commit();
    input.acknowledge(result);
  } catch (error) {
    input.fail(error);
    throw error;
  }
}

function outputsOf(processor: Processor): Observable<readonly Published[]> {
  return new Observable((subscriber) => processor.subscribe((published) => subscriber.next(published)));
}
