/** Voice prompts in the kitchen: a command to its loudspeaker, `warmcity/v1/<kitchen>/voice/command` (CONTRACT §6). */
import type { Notice } from "./notice.ts";
import { DeliveryError, type NoticeChannel } from "./notice-channel.ts";

/** Sends a command to a device by its id. */
export type DeviceCommand = (device: string, command: object) => Promise<void>;

export class VoiceChannel implements NoticeChannel {
  readonly #command: DeviceCommand;

  constructor(command: DeviceCommand) {
    this.#command = command;
  }

  async deliver({ kitchen, notification, level, text }: Notice): Promise<void> {
    if (kitchen === null) throw new DeliveryError("no kitchen to speak in", false);
    await this.#command(`${kitchen}/voice`, { say: text, notification, level });
  }
}
