/** MQTT topics of CONTRACT §6: `warmcity/v1/<kitchen>/<name of the device>/<channel>`. */

export const TOPIC_ROOT = "warmcity/v1";
export const DEADLETTER_TOPIC = `${TOPIC_ROOT}/deadletters`;
export const CHANNELS = ["reading", "event", "status", "command"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Topic {
  readonly kitchen: string;
  /** Device id: `<kitchen>/<name>`. */
  readonly device: string;
  readonly channel: Channel;
}

/** `null` if the topic is not of this form. */
export function parseTopic(topic: string): Topic | null {
  const [root, version, kitchen, name, last, ...more] = topic.split("/");
  const channel = CHANNELS.find((known) => known === last);
  if (`${root}/${version}` !== TOPIC_ROOT || !kitchen || !name || channel === undefined || more.length > 0) {
    return null;
  }
  return { kitchen, device: `${kitchen}/${name}`, channel };
}

/** Where the commands for a device go out; subscribed by the device itself. */
export function commandTopic(device: string): string {
  return `${TOPIC_ROOT}/${device}/command`;
}
