/** What the server is told at the start, and every limit it keeps. */
import { DOOR_LIMITS } from "../door/door.ts";
import type { Notice } from "../notify/notice.ts";
import { ALERT_STREAM_LIMITS, type AlertStreamLimits } from "../outlets/alert-stream.ts";
import { STATE_FEED_LIMITS, type StateFeedLimits } from "../outlets/state-feed.ts";
import type { MetricFamily } from "./city-port.ts";
import type { ForkDesk } from "./fork-desk.ts";
import type { AccountBook } from "./identity/account-book.ts";
import type { OidcIdentity } from "./identity/oidc-identity.ts";
import type { ReadAudit } from "./read-audit.ts";
import type { ShadowPort } from "./shadow-port.ts";

export interface ServerLimits {
  /** Bytes of one message. */
  readonly bodyMax: number;
  /** Bytes of all messages under way; more are turned away with 503. */
  readonly bytesUnderWayMax: number;
  readonly connectionsMax: number;
  /** Alert streams and, separately, viewers that may be open. */
  readonly streamsMax: number;
  /** A connection that has not sent its headers by then is closed. */
  readonly headersMs: number;
  /** A request that has not been sent whole by then is closed. */
  readonly requestMs: number;
  /** Calls per minute and address on what anyone may call. */
  readonly publicPerMinute: number;
  readonly alertStream: AlertStreamLimits;
  readonly stateFeed: StateFeedLimits;
}

export const SERVER_LIMITS: ServerLimits = {
  bodyMax: DOOR_LIMITS.bodyMax,
  bytesUnderWayMax: 128_000_000,
  connectionsMax: 4_096,
  streamsMax: 2_000,
  headersMs: 10_000,
  requestMs: 30_000,
  publicPerMinute: 120,
  alertStream: ALERT_STREAM_LIMITS,
  stateFeed: STATE_FEED_LIMITS,
};

export interface ServerOptions {
  /** Address to listen on; anything but loopback needs `oidc`. */
  readonly bind: string;
  /** 0 = any free one. */
  readonly port: number;
  /** The admin token: at least 32 URL-safe characters. */
  readonly token: string;
  /** Local accounts besides the admin token. */
  readonly accounts?: AccountBook | null;
  /** Metrics of the other doors (MQTT). */
  readonly metrics?: () => readonly MetricFamily[];
  /** What became of the notifications, newest first; default: there are none. */
  readonly notices?: () => readonly Notice[];
  /** Where it is kept who read evidence. */
  readonly reads?: ReadAudit | null;
  /** What runs in shadow. */
  readonly shadow?: ShadowPort | null;
  /** What-if runs; default: the city cannot be forked. */
  readonly forks?: ForkDesk | null;
  /** The people of an OpenID Connect issuer. */
  readonly oidc?: OidcIdentity | null;
  /** Host names, besides loopback's own, under which the server may be asked. */
  readonly hosts?: readonly string[];
  /** Where the viewer was built to; `null` = nowhere. */
  readonly viewer?: string | null;
  /** Version that the documents state. */
  readonly version?: string;
  readonly limits?: Partial<ServerLimits>;
  /** The time at which messages are received, ms since epoch: the wall clock, unless the city's time runs faster. */
  readonly now?: () => number;
  /** The wall clock, ms since epoch: for sessions and rate limits. */
  readonly wallClock?: () => number;
  /** Hears errors that callers are not told. */
  readonly report?: (error: unknown) => void;
}
