/** What every channel must do; each adapter's test runs it against a real receiver. */
import { expect, it } from "vitest";
import type { Notice } from "./notice.ts";
import { DeliveryError, type NoticeChannel } from "./notice-channel.ts";

export const NOTICE: Notice = {
  notification: "N-0123456789abcdef",
  position: 7,
  time: 1_795_000_000_000,
  kitchen: "K-00001",
  case: "case-1",
  level: "L1",
  to: "Q",
  channel: "sms",
  ring: true,
  notBefore: null,
  text: { zh: "燃气泄漏", en: "Gas leak" },
  state: "waiting",
  at: 1_795_000_000_000,
  tries: 0,
  reason: null,
};

export interface Receiver {
  readonly channel: NoticeChannel;
  readonly address: string;
  /** Ids and texts that arrived, in order. */
  readonly received: readonly { readonly id: string; readonly text: string }[];
  /** From now on it takes, is busy, or refuses for good. */
  answer(how: "take" | "busy" | "refuse"): void;
}

export function channelContract(receiver: () => Receiver, canRefuse = true): void {
  it("hands over both texts and the id by which a repeat is known", async () => {
    const { channel, address, received, answer } = receiver();
    answer("take");
    await channel.deliver(NOTICE, address);
    await channel.deliver(NOTICE, address);
    const [first, second] = received.slice(-2);
    expect(first?.text).toContain("燃气泄漏");
    expect(first?.text).toContain("Gas leak");
    expect(first?.id).toContain(NOTICE.notification);
    expect(second?.id).toBe(first?.id);
  });

  if (!canRefuse) return;
  it("tells what may pass from what is for good", async () => {
    const { channel, address, answer } = receiver();
    answer("busy");
    await expect(channel.deliver(NOTICE, address)).rejects.toMatchObject({ mayPass: true });
    answer("refuse");
    const refused = channel.deliver(NOTICE, address);
    await expect(refused).rejects.toBeInstanceOf(DeliveryError);
    await expect(refused).rejects.toMatchObject({ mayPass: false });
  });
}
