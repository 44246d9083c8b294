/**
 * The HTTP and WebSocket server (CONTRACT §5): routes from the catalogue, one way in for events, feeds for readers, the
 * viewer as static files. It knows the city only through `CityPort`.
 */
import type { Socket } from "node:net";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { AccountRole, Principal } from "../../twin/authority/principal.ts";
import { OutputTail } from "../outlets/output-tail.ts";
import { StateFeed } from "../outlets/state-feed.ts";
import { Access, checkBind } from "./access.ts";
import { AllowedMethods } from "./allowed-methods.ts";
import { asyncApi } from "./asyncapi.ts";
import type { CityPort, MetricFamily } from "./city-port.ts";
import { serveLiveSocket } from "./live-socket.ts";
import { openApi } from "./openapi.ts";
import { positionsOf } from "./positions.ts";
import { PROBLEM_TYPE, Problem, problemOf } from "./problem.ts";
import { RateLimit } from "./rate-limit.ts";
import { type Answer, NOBODY, READERS, type Route, type ServerContext } from "./route.ts";
import { routeDocuments, routes } from "./route-catalogue.ts";
import { POSITIONS_PATH } from "./routes/city.ts";
import { ASYNCAPI_PATH, OPENAPI_PATH } from "./routes/documents.ts";
import { BytesUnderWay, EVENT_ROLES, EVENTS_PATH, EventsRoute } from "./routes/events.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { ServerCounts } from "./server-counts.ts";
import { SERVER_LIMITS, type ServerLimits, type ServerOptions } from "./server-options.ts";
import { ViewerFiles } from "./viewer-files.ts";

/** Bodies of all routes but the one for events. */
const SMALL_BODY_MAX = 100_000;

export interface RunningServer {
  /** `http://host:port` */
  readonly url: string;
  readonly port: number;
  /** Ends all streams and connections. */
  close(): Promise<void>;
}

/** Listens; rejects if the bind is not allowed or the port is taken. */
export async function createServer(port: CityPort, options: ServerOptions): Promise<RunningServer> {
  checkBind({ bind: options.bind, identity: options.oidc != null });
  const now = options.now ?? Date.now;
  const wallClock = options.wallClock ?? Date.now;
  const limits: ServerLimits = { ...SERVER_LIMITS, ...options.limits };
  const access = new Access({
    token: options.token,
    bind: options.bind,
    hosts: options.hosts ?? [],
    accounts: options.accounts ?? null,
    oidc: options.oidc ?? null,
    now: wallClock,
  });
  const report = options.report ?? (() => undefined);
  const tail = new OutputTail(port);
  const feed = new StateFeed(port, limits.stateFeed);
  const counts = new ServerCounts();
  const streams = new Set<() => void>();
  const version = options.version ?? "0.0.0";
  const context: ServerContext = {
    port,
    access,
    publicLimit: new RateLimit(limits.publicPerMinute, wallClock),
    tail,
    streamLimits: limits.alertStream,
    counts,
    notices: options.notices ?? (() => []),
    reads: options.reads ?? null,
    shadow: options.shadow ?? null,
    forks: options.forks ?? null,
    report,
    feedMetrics: () => [...feedMetrics(feed, streams.size), ...(options.metrics?.() ?? [])],
    documents: new Map([
      [OPENAPI_PATH, JSON.stringify(openApi(routeDocuments, version))],
      [ASYNCAPI_PATH, JSON.stringify(asyncApi(version))],
      [POSITIONS_PATH, JSON.stringify(positionsOf(port.city))],
    ]),
    openStream(close) {
      if (streams.size >= limits.streamsMax) return null;
      streams.add(close);
      return () => streams.delete(close);
    },
  };
  const app = newApp(limits);
  guard(app, access, counts);
  answerErrors(app, report);
  await serveViewer(app, options.viewer ?? null);
  for (const route of routes) mount(app, route, context);
  await app.register(async (scope) => mountEvents(scope, context, limits, now, report));
  const stopSockets = serveLiveSocket(app.server, { access, feed, readersMax: limits.streamsMax, report });
  const url = await app.listen({ host: options.bind, port: options.port });
  return {
    url,
    port: Number(new URL(url).port),
    async close() {
      feed.close();
      for (const close of streams) close();
      stopSockets();
      tail.close();
      await app.close();
    },
  };
}

function newApp(limits: ServerLimits): FastifyInstance {
  const app = fastify({
    bodyLimit: SMALL_BODY_MAX,
    requestTimeout: limits.requestMs,
    forceCloseConnections: true,
    // A path that cannot even be decoded never reaches the routes.
    frameworkErrors: (error, request, reply) => {
      sendProblem(new Problem(400, `The path cannot be read: ${error.message}`), request, reply);
    },
    routerOptions: { maxParamLength: 600, ignoreTrailingSlash: false },
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(limits.headersMs, 2_000),
    },
  });
  app.server.maxConnections = limits.connectionsMax;
  // Node's own timers for silent connections are not on every runtime: this is the socket's, until a request is whole.
  app.server.on("connection", (socket: Socket) => socket.setTimeout(limits.headersMs));
  app.addHook("preHandler", (request, _, done) => {
    if (request.raw.socket.timeout !== 0) request.raw.socket.setTimeout(0);
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
  return app;
}

/** Before anything else: the name that we were asked by, and headers that every answer carries. */
function guard(app: FastifyInstance, access: Access, counts: ServerCounts): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    if (access.isHost(request.headers.host)) return done();
    done(new Problem(421, `This server is not "${request.headers.host ?? ""}"`));
  });
  app.addHook("onResponse", (_, reply, done) => {
    const digit = Math.floor(reply.statusCode / 100);
    counts.answers[digit] = (counts.answers[digit] ?? 0) + 1;
    done();
  });
  app.server.on("clientError", () => {
    counts.brokenConnections++;
  });
}

function answerErrors(app: FastifyInstance, report: (error: unknown) => void): void {
  app.setErrorHandler((error, request, reply) => sendProblem(problemOf(error, report), request, reply));
}

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = "/"] = request.url.split("?");
  const challenge = problem.status === 401 ? { "www-authenticate": 'Bearer realm="warmcity"' } : {};
  return reply
    .code(problem.status)
    .headers({ ...challenge, ...problem.headers, "cache-control": "no-store" })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem.document(path)));
}

async function serveViewer(app: FastifyInstance, directory: string | null): Promise<void> {
  const viewer = new ViewerFiles(directory);
  await viewer.register(app);
  const allowed = new AllowedMethods(routeDocuments);
  app.setNotFoundHandler((request, reply) => {
    const [path = "/"] = request.url.split("?");
    const methods = allowed.of(path);
    if (methods.length > 0) {
      const detail = `${path} knows ${methods.join(", ")}, not ${request.method}`;
      const problem = new Problem(405, detail, { headers: { allow: methods.join(", ") } });
      return sendProblem(problem, request, reply);
    }
    const isApi = path === "/v1" || path.startsWith("/v1/");
    if (isApi || (request.method !== "GET" && request.method !== "HEAD")) {
      return sendProblem(new Problem(404, `There is no ${request.method} ${path}`), request, reply);
    }
    return viewer.serve(path, reply);
  });
}

function mount(app: FastifyInstance, route: Route, context: ServerContext): void {
  const { method, path, access, roles, answers, showsEvidence = false } = route.document;
  app.route({
    method,
    // A stream has no end at which its headers alone could be answered.
    exposeHeadRoute: answers[200]?.mediaType !== "text/event-stream",
    url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
    async handler(request, reply) {
      const principal = access === "token" ? await admit(request, context.access, roles ?? READERS) : NOBODY;
      if (access === "public") context.publicLimit.take(request.ip);
      if (showsEvidence) await context.reads?.note(principal, `${method} ${request.url}`);
      const answer = await route.run(request, reply, principal, context);
      return answer === null ? reply : sendAnswer(answer, reply);
    },
  });
}

async function admit(
  request: FastifyRequest,
  access: Access,
  roles: readonly AccountRole[],
): Promise<Principal> {
  const principal = await access.principalOf(request.headers, request.method);
  if (principal === null)
    throw new Problem(401, "A token is needed: `Authorization: Bearer <token>`, or a session");
  if (!roles.includes(principal.role))
    throw new Problem(403, `That is not for the role ${principal.role}, but for ${roles.join(", ")}`);
  return principal;
}

function sendAnswer({ status, body, mediaType, headers }: Answer, reply: FastifyReply): FastifyReply {
  reply.code(status ?? 200).headers({ "cache-control": "no-store", ...headers });
  if (body === undefined) return reply.send();
  if (mediaType !== undefined) return reply.type(mediaType).send(body);
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(body));
}

/** The way in: its own limit, and its own answer to bodies that HTTP could not read whole. */
function mountEvents(
  scope: FastifyInstance,
  context: ServerContext,
  limits: ServerLimits,
  now: () => number,
  report: (error: unknown) => void,
): void {
  const events = new EventsRoute(context.port, limits.bodyMax, now);
  const room = new BytesUnderWay(limits.bytesUnderWayMax, limits.bodyMax);
  const senders = new WeakMap<FastifyRequest, Principal>();
  scope.addHook("onRequest", async (request, reply) => {
    senders.set(request, await admit(request, context.access, EVENT_ROLES));
    if (room.reserve(request, reply)) return;
    context.counts.overloaded++;
    throw new Problem(503, "Too much is under way; try again", { headers: { "retry-after": "1" } });
  });
  scope.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error, report);
    if (!(error instanceof Problem) && problem.status === 413) {
      const reason = `has more than ${limits.bodyMax} bytes`;
      const refused = await events
        .refuse(reason, "size")
        .catch((thrown: unknown) => problemOf(thrown, report));
      return sendProblem(refused instanceof Problem ? refused : problem, request, reply);
    }
    return sendProblem(problem, request, reply);
  });
  scope.post(EVENTS_PATH, { bodyLimit: limits.bodyMax }, async (request, reply) =>
    sendAnswer(await events.handle(request, senders.get(request) ?? NOBODY), reply),
  );
}

function feedMetrics(feed: StateFeed, alertStreams: number): MetricFamily[] {
  const gauge = (name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type: "gauge",
    samples: [{ value }],
  });
  const counter = (name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type: "counter",
    samples: [{ value }],
  });
  return [
    gauge("warmcity_feed_readers", "Viewers of the live city.", feed.readers),
    gauge("warmcity_alert_stream_readers", "Open alert streams.", alertStreams),
    counter("warmcity_feed_frames_total", "State frames sent.", feed.counts.frames),
    counter(
      "warmcity_feed_skipped_total",
      "State frames that slow viewers were not sent.",
      feed.counts.skipped,
    ),
    counter(
      "warmcity_feed_too_slow_total",
      "Viewers disconnected because they took nothing.",
      feed.counts.tooSlow,
    ),
  ];
}
