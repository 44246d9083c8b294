/**
 * What Artillery's virtual users do, and how late Artillery itself is. Runs in Artillery's worker threads.
 *
 * The generator's own lag, so that its limit is not taken for the server's:
 *   generator.late_ms   how much later than planned a virtual user began (phases have a constant rate)
 *   generator.loop_ms   by how much the worker's event loop was late, the worst of each second
 */
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { threadId } from "node:worker_threads";

const { CITY_URL = "", CITY_TOKEN = "", CITY_DEVICES = "", LOAD_RATE = "1" } = process.env;
/** Artillery shares the rate among so many workers. */
const WORKERS = Math.max(1, cpus().length - 1);
const PLANNED_EVERY_MS = (1_000 * WORKERS) / Number(LOAD_RATE);
const STAYS_MS = 20_000;
const CALM = { gas: 0.5, "fridge-temperature": 4, "freezer-temperature": -19 };
const ALARM_LEL = 60;
const MS = 1e6;
const LOOK_EVERY_MS = 10;

/** Lines of `{ kitchen, device, kind }`. */
const devices = CITY_DEVICES === "" ? [] : JSON.parse(readFileSync(CITY_DEVICES, "utf8"));
const gas = devices.filter(({ kind }) => kind === "gas");
const loop = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
let [arrived, begun, looked, made, alarms] = [0, 0, 0, 0, 0];

export function arrive(_context, events, done) {
  const now = performance.now();
  if (arrived === 0) {
    begun = now;
    looked = now;
    loop.enable();
  }
  events.emit("histogram", "generator.late_ms", Math.max(0, now - begun - arrived * PLANNED_EVERY_MS));
  arrived++;
  if (now - looked >= 1_000) {
    // The histogram holds the whole time between two looks.
    events.emit("histogram", "generator.loop_ms", Math.max(0, loop.max / MS - LOOK_EVERY_MS));
    loop.reset();
    looked = now;
  }
  return done();
}

export function arriveAtKitchen(context, events, done) {
  context.vars.kitchen = anyOf(devices).kitchen;
  return arrive(context, events, done);
}

export function hundredEvents(request, _context, _events, done) {
  request.body = JSON.stringify(Array.from({ length: 100 }, () => reading(anyOf(devices))));
  return done();
}

export function oneEvent(request, _context, _events, done) {
  request.body = JSON.stringify(reading(anyOf(devices)));
  return done();
}

export function gasAlarm(request, _context, _events, done) {
  const probe = gas[alarms++ % gas.length];
  request.body = JSON.stringify({ ...reading(probe), data: { value: ALARM_LEL } });
  return done();
}

export function countAccepted(_request, response, _context, events, done) {
  if (response.statusCode === 202) {
    const { accepted, duplicates, rejected } = JSON.parse(response.body);
    events.emit("counter", "city.accepted", accepted);
    events.emit("counter", "city.duplicates", duplicates);
    events.emit("counter", "city.rejected", rejected.length);
  }
  return done();
}

/** Counts what a viewer gets; totals come each second, so that the time between two says whether the server keeps its beat. */
export function watchMap(context, events, done) {
  let last = null;
  // Artillery brings ws 7, which hands texts over as strings.
  context.ws.on("message", (message) => {
    const isBinary = typeof message !== "string";
    events.emit("counter", isBinary ? "map.frames" : "map.texts", 1);
    events.emit("counter", "map.bytes", message.length);
    if (isBinary) return;
    const { kind, frames } = JSON.parse(message);
    if (kind === "skipped") events.emit("counter", "map.skipped", frames);
    if (kind !== "totals") return;
    const now = performance.now();
    if (last !== null) events.emit("histogram", "map.totals_every_ms", now - last);
    last = now;
  });
  return done();
}

/** Reads the stream for a while; an alert's `raisedAt` is the moment in which its alarm was sent. */
export function readAlerts(_context, events, done) {
  const headers = { authorization: `Bearer ${CITY_TOKEN}` };
  const request = get(new URL("/v1/alerts/stream?code=T09", CITY_URL), { headers, agent: false });
  const begunAt = performance.now();
  let [text, isOpen, ended] = ["", false, false];
  const end = (error) => {
    if (ended) return;
    ended = true;
    if (error !== undefined) events.emit("error", `stream: ${error.code ?? error.message}`);
    request.destroy();
    done();
  };
  request.on("error", end);
  request.on("response", (response) => {
    if (response.statusCode !== 200) return end(new Error(String(response.statusCode)));
    response.setEncoding("utf8");
    response.on("data", (chunk) => {
      if (!isOpen) events.emit("histogram", "stream.open_ms", performance.now() - begunAt);
      isOpen = true;
      text += chunk;
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) hear(frame, events);
    });
    response.on("end", () => end(new Error("the server ended it")));
  });
  setTimeout(end, STAYS_MS);
}

function hear(frame, events) {
  const [, type, data] = /^id: \d+\nevent: (.*)\ndata: (.*)$/.exec(frame) ?? [];
  if (type !== "warmcity.alert.raised") return;
  events.emit("counter", "stream.alerts", 1);
  events.emit(
    "histogram",
    "stream.alarm_ms",
    Math.max(0, Date.now() - Date.parse(JSON.parse(data).data.raisedAt)),
  );
}

function reading({ kitchen, device, kind }) {
  return {
    specversion: "1.0",
    id: `artillery-${threadId}-${++made}-${Date.now()}`,
    source: `/devices/${device}`,
    type: "warmcity.reading",
    subject: kitchen,
    time: new Date().toISOString(),
    data: { value: CALM[kind] },
  };
}

function anyOf(list) {
  return list[Math.floor(Math.random() * list.length)];
}
