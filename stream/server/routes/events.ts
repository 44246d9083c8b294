/** `POST /v1/events`: CloudEvents in; answered only when what was accepted is durable. */
import { Type } from "@sinclair/typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AccountRole, Principal } from "../../../twin/authority/principal.ts";
import type { Intake } from "../../door/admission.ts";
import { Door } from "../../door/door.ts";
import { MEDIA_TYPES } from "../../door/media-type.ts";
import { IngestAnswer } from "../answers.ts";
import type { CityPort } from "../city-port.ts";
import { allowedIntake } from "../identity/hand-in.ts";
import { Problem } from "../problem.ts";
import { type Answer, NO_BODY, NO_QUERY, type RouteDocument } from "../route.ts";

/** Refused events that are listed one by one in an answer; the dead letters have all. */
const LISTED_MAX = 1_000;

export const EVENTS_PATH = "/v1/events";

/** All others have nothing to say here; what these may say is `identity/hand-in.ts`. */
export const EVENT_ROLES: readonly AccountRole[] = ["admin", "source", "O"];

export const eventsDocument: RouteDocument = {
  method: "POST",
  path: EVENTS_PATH,
  id: "postEvents",
  tag: "events",
  access: "token",
  roles: EVENT_ROLES,
  summary: `Hand in CloudEvents: ${MEDIA_TYPES.join(", ")}. Binary mode carries the attributes in ce- headers.`,
  query: NO_QUERY,
  body: NO_BODY,
  answers: {
    202: { description: "What was accepted is durable.", schema: IngestAnswer },
    400: { description: "Nothing of it could be accepted; `rejected` says why.", schema: Type.Unknown() },
    413: { description: "The message is too large." },
    415: { description: "The media type is none of ours." },
    503: { description: "Nothing was accepted: the log cannot be written. Send the same again later." },
  },
};

/** Takes message bodies from HTTP to the city. */
export class EventsRoute {
  readonly #port: CityPort;
  readonly #door: Door;
  readonly #now: () => number;

  constructor(port: CityPort, bodyMax: number, now: () => number) {
    this.#port = port;
    this.#door = new Door(port.city, { bodyMax });
    this.#now = now;
  }

  async handle(request: FastifyRequest, principal: Principal): Promise<Answer> {
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    const contentType = request.headers["content-type"] ?? "";
    const encoding = request.headers["content-encoding"] ?? "identity";
    const intake =
      encoding === "identity"
        ? this.#door.cloudEvents(body, contentType, request.headers, this.#now())
        : unread(`the content encoding is "${encoding}"; expected none`, "media-type");
    return this.#taken(allowedIntake(intake, principal, this.#port.city));
  }

  /** A message that HTTP could not even read whole is refused, counted and kept as a dead letter all the same. */
  async refuse(reason: string, unreadable: Intake["unreadable"]): Promise<Answer> {
    return this.#taken(unread(reason, unreadable));
  }

  async #taken(intake: Intake): Promise<Answer> {
    const { accepted, duplicates } = await this.#port.ingest(intake);
    const rejected = rejectedIn(intake);
    if (accepted + duplicates > 0 || intake.refused.length === 0) {
      return { status: 202, body: { accepted, duplicates, rejected } };
    }
    const status = intake.unreadable === "size" ? 413 : intake.unreadable === "media-type" ? 415 : 400;
    const [first] = intake.refused;
    const detail =
      intake.received === 1
        ? `The event was refused: ${first?.faults[0]?.pointer || "it"} ${first?.faults[0]?.reason}`
        : `All ${intake.received} events were refused`;
    throw new Problem(status, detail, { members: { accepted, duplicates, rejected } });
  }
}

function rejectedIn(intake: Intake): IngestAnswer["rejected"] {
  return intake.refused.slice(0, LISTED_MAX).map(({ index, faults, events }) => ({
    index,
    pointer: faults[0]?.pointer ?? "",
    reason: faults[0]?.reason ?? "",
    ...(faults.length > 1 ? { faults: [...faults] } : {}),
    ...(events > 1 ? { events } : {}),
  }));
}

function unread(reason: string, unreadable: Intake["unreadable"]): Intake {
  const refused = [{ index: 0, faults: [{ pointer: "", reason }], payload: "", events: 1 }];
  return { received: 1, admitted: [], refused, unreadable };
}

/** Bytes of messages under way; beyond the limit new ones are turned away before they are read. */
export class BytesUnderWay {
  readonly #max: number;
  readonly #each: number;
  #bytes = 0;

  constructor(max: number, each: number) {
    this.#max = max;
    this.#each = each;
  }

  /** Reserves room for a request until its answer is done; `false` if there is none. */
  reserve(request: FastifyRequest, reply: FastifyReply): boolean {
    const length = Number(request.headers["content-length"] ?? this.#each);
    const bytes = Math.min(Number.isFinite(length) ? length : this.#each, this.#each);
    if (this.#bytes + bytes > this.#max) return false;
    this.#bytes += bytes;
    reply.raw.once("close", () => {
      this.#bytes -= bytes;
    });
    return true;
  }
}
