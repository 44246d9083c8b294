/** Notices by e-mail (SMTP). The `Message-ID` is made from the notification's id, so that a repeat is known as one. */
import { createTransport, type Transporter } from "nodemailer";
import type { Notice } from "./notice.ts";
import { DeliveryError, type NoticeChannel } from "./notice-channel.ts";

export interface MailChannelOptions {
  /** `smtp://host:port` or `smtps://user@host:port`. */
  readonly url: string;
  readonly password: string | null;
  readonly from: string;
}

const TIMEOUT_MS = 10_000;

export class MailChannel implements NoticeChannel {
  readonly #transport: Transporter;
  readonly #from: string;

  constructor({ url, password, from }: MailChannelOptions) {
    const { protocol, hostname, port, username } = new URL(url);
    const secure = protocol === "smtps:";
    this.#from = from;
    this.#transport = createTransport({
      host: hostname,
      port: port === "" ? (secure ? 465 : 25) : Number(port),
      secure,
      connectionTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: password ?? "" } }),
    });
  }

  async deliver(notice: Notice, address: string): Promise<void> {
    const { notification, level, text } = notice;
    const host = this.#from.split("@").at(-1) ?? "warmcity";
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: address,
        messageId: `<${notification}@${host}>`,
        textEncoding: "base64",
        subject: `[${level}] ${text.zh}`,
        text: `${text.zh}\n${text.en}\n\n${notice.case}\n`,
        ...(level === "L1" ? { priority: "high" as const } : {}),
      });
    } catch (error) {
      // RFC 5321 §4.2.1: 5yz is for good, 4yz passes.
      const code = Number(Object(error).responseCode);
      throw new DeliveryError(error instanceof Error ? error.message : String(error), !(code >= 500));
    }
  }
}
