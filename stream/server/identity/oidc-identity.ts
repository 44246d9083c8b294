/**
 * People of an organisation by its own sign-in: access tokens (JWT, RFC 9068) of one OpenID Connect issuer, proven by its
 * published keys (Discovery 1.0, JWKS). Two claims say who somebody is here: `warmcity_role` and `warmcity_area`
 * (`identity/principal.ts`); a token without them opens nothing.
 */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { ACCOUNT_ROLES, areaFault, type Principal, readArea } from "../../../twin/authority/principal.ts";

export interface OidcOptions {
  /** Issuer URL, as it stands in tokens. */
  readonly issuer: string;
  /** What the tokens must be meant for. */
  readonly audience: string;
}

/** A principal, and until when its token says so, ms since epoch. */
export interface Vouched {
  readonly principal: Principal;
  readonly until: number;
}

const ROLE_CLAIM = "warmcity_role";
const AREA_CLAIM = "warmcity_area";
/** Asymmetric only: a shared secret would let every service make tokens. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_S = 5;
const DISCOVERY_MS = 10_000;

export class OidcIdentity {
  readonly #options: OidcOptions;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;

  private constructor(options: OidcOptions, keys: ReturnType<typeof createRemoteJWKSet>) {
    this.#options = options;
    this.#keys = keys;
  }

  /** Asks the issuer where its keys are. Rejects with an Error that says what is wrong with it. */
  static async discover(options: OidcOptions): Promise<OidcIdentity> {
    const where = `${options.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await fetch(where, { signal: AbortSignal.timeout(DISCOVERY_MS) }).catch(
      (error: unknown) => {
        throw new Error(`Cannot reach the identity provider at ${where}: ${reasonOf(error)}`);
      },
    );
    if (!response.ok) throw new Error(`The identity provider answers ${response.status} at ${where}`);
    const found: unknown = await response.json();
    const { issuer, jwks_uri: keys } = Object(found);
    if (issuer !== options.issuer)
      throw new Error(`The identity provider calls itself "${issuer}", not "${options.issuer}"`);
    if (typeof keys !== "string" || !URL.canParse(keys))
      throw new Error(`The identity provider at ${where} names no keys (jwks_uri)`);
    return new OidcIdentity(options, createRemoteJWKSet(new URL(keys)));
  }

  /** Whose token it is; `null` = it is none of this issuer's, is not valid (any more), or says no role and area. */
  async vouch(token: string): Promise<Vouched | null> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer: this.#options.issuer,
        audience: this.#options.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ["sub", "exp"],
      });
      return vouchedIn(payload);
    } catch (error) {
      // What the issuer's keys do not prove is no token; all else (its keys cannot be had) is our trouble, not the caller's.
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null;
      throw error;
    }
  }
}

function vouchedIn(payload: JWTPayload): Vouched | null {
  const { sub, exp, [ROLE_CLAIM]: claimed, [AREA_CLAIM]: place } = payload;
  const role = ACCOUNT_ROLES.find((one) => one === claimed);
  const area = typeof place === "string" ? readArea(place) : null;
  if (sub === undefined || exp === undefined || role === undefined || area === null) return null;
  if (areaFault(role, area) !== null) return null;
  return { principal: { id: sub, role, area }, until: exp * 1_000 };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
