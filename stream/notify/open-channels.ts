/** The channels of a plan, ready to send. To add a kind of channel: its file, its schema in the plan, its line here. */
import { HttpChannel } from "./http-channel.ts";
import { MailChannel } from "./mail-channel.ts";
import type { NoticeChannel } from "./notice-channel.ts";
import type { ChannelPlan, NotifyPlan } from "./notify-plan.ts";
import { type DeviceCommand, VoiceChannel } from "./voice-channel.ts";

/** Throws a RangeError that names the environment variable that is missing. */
export function openChannels(
  plan: NotifyPlan,
  command: DeviceCommand,
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, NoticeChannel> {
  const secret = (name: string | undefined): string | null => {
    if (name === undefined) return null;
    const value = environment[name];
    if (value === undefined || value === "")
      throw new RangeError(`the notify plan needs the environment variable ${name}`);
    return value;
  };
  return new Map([...plan.channels].map(([name, channel]) => [name, opened(channel, command, secret)]));
}

function opened(
  channel: ChannelPlan,
  command: DeviceCommand,
  secret: (name: string | undefined) => string | null,
): NoticeChannel {
  switch (channel.kind) {
    case "http":
      return new HttpChannel({
        url: channel.url,
        token: secret(channel.tokenEnv),
        secret: secret(channel.secretEnv),
        now: Date.now,
      });
    case "mail":
      return new MailChannel({ url: channel.url, from: channel.from, password: secret(channel.passwordEnv) });
    case "voice":
      return new VoiceChannel(command);
  }
}
