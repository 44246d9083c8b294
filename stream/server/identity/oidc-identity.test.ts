import { createServer as createHttpServer, type Server } from "node:http";
import Provider from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../../door/small-city.ts";
import { InMemoryCity } from "../in-memory-city.ts";
import { createServer, type RunningServer } from "../server.ts";
import { OidcIdentity } from "./oidc-identity.ts";

const AUDIENCE = "warm-city-twin";
const SECRET = "a-secret-of-the-client-in-this-test-only";
/** What the provider says of each of its clients. */
const CLAIMS: Record<string, Record<string, string>> = {
  "q-dongsheng": { warmcity_role: "Q", warmcity_area: "banner:150602" },
  stranger: {},
  wrong: { warmcity_role: "Q", warmcity_area: "city" },
};

let http: Server;
let issuer: string;
let server: RunningServer;

beforeAll(async () => {
  http = createHttpServer();
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const address = http.address();
  issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const provider = new Provider(issuer, {
    clients: Object.keys(CLAIMS).map((client_id) => ({
      client_id,
      client_secret: SECRET,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    })),
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: "twin",
          audience: resource === "urn:twin" ? AUDIENCE : "another-service",
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    extraTokenClaims: (_, token) => CLAIMS[token.clientId ?? ""],
  });
  http.on("request", provider.callback());
  const oidc = await OidcIdentity.discover({ issuer, audience: AUDIENCE });
  const city = new InMemoryCity(smallCity());
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: "t".repeat(40), oidc });
});
afterAll(async () => {
  await server.close();
  http.closeAllConnections();
  http.close();
});

async function tokenOf(client: string, resource = "urn:twin"): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client}:${SECRET}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "twin", resource }),
  });
  const { access_token: token }: { access_token: string } = JSON.parse(await response.text());
  return token;
}

const statusWith = async (token: string) => {
  const answer = await fetch(`${server.url}/v1/city`, { headers: { authorization: `Bearer ${token}` } });
  return answer.status;
};

describe("people of an OpenID Connect issuer", () => {
  it("come in by their access token, in the role and area that it says", async () => {
    const oidc = await OidcIdentity.discover({ issuer, audience: AUDIENCE });
    const vouched = await oidc.vouch(await tokenOf("q-dongsheng"));
    expect(vouched?.principal).toEqual({
      id: "q-dongsheng",
      role: "Q",
      area: { kind: "banner", banner: "150602" },
    });
    expect(await statusWith(await tokenOf("q-dongsheng"))).toBe(200);
  });

  it("stay outside without a role, with a role that does not fit the area, or with a token for another service", async () => {
    expect(await statusWith(await tokenOf("stranger"))).toBe(401);
    expect(await statusWith(await tokenOf("wrong"))).toBe(401);
    expect(await statusWith(await tokenOf("q-dongsheng", "urn:other"))).toBe(401);
  });

  it("stay outside with a token that was changed, or that nobody signed", async () => {
    const [head, body, signature = ""] = (await tokenOf("q-dongsheng")).split(".");
    const claims = JSON.parse(Buffer.from(body!, "base64url").toString());
    const raised = Buffer.from(JSON.stringify({ ...claims, warmcity_role: "C", warmcity_area: "city" }));
    expect(await statusWith([head, raised.toString("base64url"), signature].join("."))).toBe(401);
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    expect(await statusWith([unsigned, body, ""].join("."))).toBe(401);
  });

  it("says plainly when the issuer is not there or calls itself otherwise", async () => {
    const discover = (where: string) => OidcIdentity.discover({ issuer: where, audience: AUDIENCE });
    await expect(discover("http://127.0.0.1:9")).rejects.toThrow(/Cannot reach the identity provider/);
    await expect(discover(`${issuer}/`)).rejects.toThrow(/calls itself/);
  });
});
