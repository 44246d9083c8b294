/** The port of all channels: one notice to one address. `channel.contract.ts` is what each must do. */
import type { Notice } from "./notice.ts";

export interface NoticeChannel {
  /** Resolves when the receiving system has taken it. Rejects with a DeliveryError, or anything else that may pass. */
  deliver(notice: Notice, address: string): Promise<void>;
}

/** The receiving system refused it. */
export class DeliveryError extends Error {
  /** Another try may succeed. */
  readonly mayPass: boolean;

  constructor(message: string, mayPass: boolean) {
    super(message);
    this.name = "DeliveryError";
    this.mayPass = mayPass;
  }
}
