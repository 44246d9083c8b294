/**
 * Notices by HTTP: webhooks and the gateways of SMS and call providers. One POST of JSON; `idempotency-key` and
 * `webhook-id` are the id of the notification, so that a repeat is known as one. With a secret the body is signed as
 * Standard Webhooks 1.0 say: `webhook-signature: v1,<base64 HMAC-SHA256 of "id.timestamp.body">`.
 */
import { createHmac } from "node:crypto";
import type { Notice } from "./notice.ts";
import { DeliveryError, type NoticeChannel } from "./notice-channel.ts";

const TIMEOUT_MS = 10_000;
/** States of the other side that pass: it is busy, or it is not well. */
const PASSING = new Set([408, 425, 429]);

export interface HttpChannelOptions {
  readonly url: string;
  /** Sent as `authorization: Bearer`; `null` = none. */
  readonly token: string | null;
  /** Signs the body; `null` = unsigned. */
  readonly secret: string | null;
  /** Wall clock, ms since epoch. */
  readonly now: () => number;
}

export class HttpChannel implements NoticeChannel {
  readonly #options: HttpChannelOptions;

  constructor(options: HttpChannelOptions) {
    this.#options = options;
  }

  async deliver(notice: Notice, address: string): Promise<void> {
    const { url, token, secret, now } = this.#options;
    const { notification, case: about, level, channel, ring, kitchen, text } = notice;
    const body = JSON.stringify({
      notification,
      to: address,
      channel,
      case: about,
      kitchen,
      level,
      ring,
      text,
    });
    const timestamp = String(Math.floor(now() / 1_000));
    const signed = secret === null ? null : signature(secret, `${notification}.${timestamp}.${body}`);
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        "content-type": "application/json",
        "idempotency-key": notification,
        "webhook-id": notification,
        "webhook-timestamp": timestamp,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(signed === null ? {} : { "webhook-signature": signed }),
      },
    });
    await response.body?.cancel();
    if (response.ok) return;
    const mayPass = response.status >= 500 || PASSING.has(response.status);
    throw new DeliveryError(`${new URL(url).host} answered ${response.status}`, mayPass);
  }
}

function signature(secret: string, content: string): string {
  return `v1,${createHmac("sha256", secret).update(content).digest("base64")}`;
}
