import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { connectAsync, type MqttClient } from "mqtt";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity } from "../server/in-memory-city.ts";
import { MqttBroker } from "../sources/mqtt.ts";
import { HttpChannel } from "./http-channel.ts";
import { MailChannel } from "./mail-channel.ts";
import { channelContract, NOTICE } from "./notice-channel.contract.ts";
import { VoiceChannel } from "./voice-channel.ts";

type How = "take" | "busy" | "refuse";

function portOf(server: { address(): unknown }): number {
  return Number(Object(server.address()).port);
}

describe("HTTP", () => {
  const received: { id: string; text: string }[] = [];
  let how: How = "take";
  let last: { headers: Record<string, unknown>; body: string } = { headers: {}, body: "" };
  let http: Server;
  beforeAll(async () => {
    http = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      last = { headers: request.headers, body };
      if (how === "take") received.push({ id: String(request.headers["idempotency-key"]), text: body });
      response.statusCode = how === "take" ? 202 : how === "busy" ? 503 : 422;
      response.end();
    });
    await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  });
  afterAll(() => void http.close());
  const channel = () =>
    new HttpChannel({
      url: `http://127.0.0.1:${portOf(http)}/`,
      token: "t",
      secret: "s",
      now: () => 1_000_000,
    });

  channelContract(() => ({
    channel: channel(),
    address: "13800000000",
    received,
    answer: (next) => {
      how = next;
    },
  }));

  it("signs what it sends, so that nobody else can speak for the twin", async () => {
    how = "take";
    await channel().deliver(NOTICE, "13800000000");
    const signed = createHmac("sha256", "s")
      .update(`${NOTICE.notification}.1000.${last.body}`)
      .digest("base64");
    expect(last.headers).toMatchObject({ authorization: "Bearer t", "webhook-signature": `v1,${signed}` });
    expect(JSON.parse(last.body)).toMatchObject({ to: "13800000000", level: "L1", kitchen: "K-00001" });
  });

  it("does not follow an answer elsewhere, and says who is not there", async () => {
    const away = new HttpChannel({ url: "http://127.0.0.1:9/", token: null, secret: null, now: Date.now });
    await expect(away.deliver(NOTICE, "1")).rejects.toThrow();
  });
});

describe("e-mail", () => {
  const received: { id: string; text: string }[] = [];
  let how: How = "take";
  let smtp: SMTPServer;
  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: (_, __, done) => {
        if (how === "take") return done();
        const code = how === "busy" ? 451 : 550;
        done(Object.assign(new Error("not now"), { responseCode: code }));
      },
      onData: (stream, _, done) => {
        let mail = "";
        stream.on("data", (chunk) => {
          mail += chunk;
        });
        stream.on("end", () => {
          const id = /^Message-ID: (.*)$/im.exec(mail)?.[1] ?? "";
          const [, body = ""] = mail.split("\r\n\r\n");
          received.push({ id, text: Buffer.from(body, "base64").toString() });
          done();
        });
      },
    });
    await new Promise<void>((done) => smtp.listen(0, "127.0.0.1", () => done()));
  });
  afterAll(() => new Promise<void>((done) => smtp.close(() => done())));

  channelContract(() => ({
    channel: new MailChannel({
      url: `smtp://127.0.0.1:${portOf(smtp.server)}`,
      from: "twin@ordos.example",
      password: null,
    }),
    address: "q@dongsheng.example",
    received,
    answer: (next) => {
      how = next;
    },
  }));
});

describe("the voice in the kitchen", () => {
  const received: { id: string; text: string }[] = [];
  let broker: MqttBroker;
  let client: MqttClient;
  beforeAll(async () => {
    const city = new InMemoryCity(smallCity());
    broker = await MqttBroker.listen(city, {
      bind: "127.0.0.1",
      port: 0,
      now: () => 0,
      report: () => undefined,
    });
    client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    client.on("message", (_, payload) => {
      const { notification, say } = JSON.parse(payload.toString());
      received.push({ id: notification, text: JSON.stringify(say) });
    });
    await client.subscribeAsync("warmcity/v1/K-00001/voice/command", { qos: 1 });
  });
  afterAll(async () => {
    await client.endAsync();
    await broker.close();
  });

  const spoken = () => ({
    channel: {
      async deliver(...notice: Parameters<VoiceChannel["deliver"]>) {
        const before = received.length;
        await new VoiceChannel((device, command) => broker.command(device, command)).deliver(...notice);
        await expect.poll(() => received.length).toBe(before + 1);
      },
    },
    address: "K-00001",
    received,
    answer: () => undefined,
  });
  channelContract(spoken, false);
});
