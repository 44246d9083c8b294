/**
 * One run: the program on its machine, everybody who speaks to it, and the faults of a plan. Afterwards all is made well, and
 * when nothing is under way any more the process ends in order: then the invariants are held against what is left.
 */
import { Random } from "../../twin/kernel/random.ts";
import { SECOND_MS } from "../../twin/kernel/time.ts";
import { type Fault, type FaultKind, type Plan, wordsOf } from "./fault-plan.ts";
import { Host, type Machine, NOTICES, type Planted } from "./host.ts";
import { Processes } from "./life.ts";
import { GOOD_NETWORK, Network } from "./network.ts";
import { Person } from "./person.ts";
import { type Around, Producers } from "./producer.ts";
import { GOOD_MOOD, Provider } from "./provider.ts";
import { Reader } from "./reader.ts";
import { Scheduler } from "./scheduler.ts";
import { type DiskCall, SimulatedDisk } from "./simulated-disk.ts";
import { LASTS_MS, type SwarmCity, swarmCity } from "./swarm-city.ts";

/** A process that has ended by itself is started again after so long, ms of the run. */
const AGAIN_MS = 700;
/** All is to come to rest within so long after the faults, ms of the run. */
const REST_MS = 240_000;
const LOOK_MS = 100;
const ACT_EVERY_MS = 40 * SECOND_MS;

/** What is planted in a run that must fail. */
export interface Plants extends Planted {
  /** Positions by which a reader's connection comes back too early. */
  readonly readersGoBack?: number;
}

export interface TrialCounts {
  readonly faults: Partial<Record<FaultKind, number>>;
  crashes: number;
  starts: number;
  takeOvers: number;
  refusals: number;
}

export class SwarmTrial {
  readonly scheduler = new Scheduler();
  readonly disk: SimulatedDisk;
  readonly world: SwarmCity;
  readonly producers: Producers;
  readonly person: Person;
  readonly readers: readonly Reader[];
  readonly provider: Provider;
  readonly network: Network;
  /** What was broken on the way, in words. */
  readonly broken: string[] = [];
  /** What happened, for whoever reads about a failure. */
  readonly story: string[] = [];
  readonly counts: TrialCounts = { faults: {}, crashes: 0, starts: 0, takeOvers: 0, refusals: 0 };
  readonly machine: Machine;
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #hosts: Host[] = [];
  #clockOffset = 0;
  #boots = 0;
  #pids = 100;
  /** Crashes that wait for their disk call. */
  #armed: { readonly power: boolean; readonly call: DiskCall; readonly downMs: number; left: number }[] = [];
  #isCalm = false;
  #restPosition = 0;

  constructor(plan: Plan, plants: Plants = {}) {
    this.#plan = plan;
    const random = new Random(plan.seed, "swarm");
    const { scheduler } = this;
    this.#random = random.fork("trial");
    this.world = swarmCity(plan.variant);
    this.disk = new SimulatedDisk(scheduler, random.fork("disk"));
    this.network = new Network(scheduler, random.fork("network"));
    const complain = (fault: string) => void this.broken.push(fault);
    const around: Around = {
      ...{ scheduler, network: this.network, random: random.fork("people"), complain },
      reach: () => this.#reach(),
    };
    this.producers = new Producers(around);
    this.person = new Person(around);
    const back = plants.readersGoBack ?? 0;
    this.readers = [new Reader(around, "reader-1", back), new Reader(around, "reader-2", back)];
    this.provider = new Provider({ ...around, random: random.fork("provider") }, (id) => this.#isNoted(id));
    this.machine = {
      ...{ city: this.world.city, scheduler, disk: this.disk, planted: plants },
      processes: new Processes(),
      random: random.fork("machine"),
      clock: () => this.world.from + Math.floor(scheduler.now * plan.speed) + this.#clockOffset,
      channelOf: (life) => this.provider.channelOf(life),
    };
    this.disk.onCall = (life, call) => this.#countDown(life.pid, call);
  }

  /** Log position up to which everybody has heard everything; what the process says while it ends they need not have. */
  get restPosition(): number {
    return this.#restPosition;
  }

  /** Runs to the end. The host returned is stopped; `null` = it did not come to rest. */
  async run(): Promise<Host | null> {
    const lasts = LASTS_MS / this.#plan.speed;
    this.#start("machine");
    for (const message of this.world.messages.slice(0, this.#plan.messages)) {
      const at = (message.at - this.world.from) / this.#plan.speed;
      this.scheduler.after(at, () => this.producers.send(message));
    }
    for (let at = ACT_EVERY_MS / this.#plan.speed; at < lasts; at += ACT_EVERY_MS / this.#plan.speed)
      this.scheduler.after(at, () => this.person.act());
    for (const fault of this.#plan.faults) this.scheduler.after(fault.at, () => this.#begin(fault));
    this.scheduler.after(LOOK_MS, () => this.#supervise());
    await this.scheduler.run(lasts);
    this.#calm();
    return this.#rest(lasts + REST_MS);
  }

  /** A process to speak to. */
  #reach(): Host | null {
    const open = this.#hosts.filter(({ isAlive }) => isAlive);
    return open.length === 0 ? null : this.#random.pick(open);
  }

  #start(place: string): Host {
    const isContainer = place !== "machine";
    const host = new Host(this.machine, {
      pid: isContainer ? 1 : ++this.#pids,
      host: isContainer ? place : `boot-${this.#boots}`,
      started: String(Math.floor(this.scheduler.now)),
    });
    this.counts.starts++;
    this.#hosts.push(host);
    this.#tell(`process ${host.pid} starts on ${host.host}`);
    host.start();
    return host;
  }

  /** What has ended by itself is started again, as a service manager does. */
  #supervise(): void {
    this.scheduler.after(LOOK_MS, () => this.#supervise());
    for (const host of this.#hosts.filter(({ isAlive }) => !isAlive)) {
      if (host.fault !== null) this.broken.push(`process ${host.pid} ${host.fault}`);
      this.#hosts.splice(this.#hosts.indexOf(host), 1);
      if (host.state === "killed" || host.state === "stopped") continue;
      this.#tell(`process ${host.pid} on ${host.host} ${host.state}: ${host.words.at(-1)}`);
      if (host.state === "refused") this.counts.refusals++;
      else if (host.words.at(-1)?.includes("taken")) this.counts.takeOvers++;
      if (host.host.startsWith("boot-") && host.state !== "refused") this.#startAfter(AGAIN_MS);
    }
    if (this.#isCalm && this.#hosts.length === 0) this.#startAfter(0);
  }

  #startAfter(ms: number): void {
    this.scheduler.after(ms, () => {
      if (!this.#hosts.some(({ host, isAlive }) => isAlive && host.startsWith("boot-")))
        this.#start("machine");
    });
  }

  #begin(fault: Fault): void {
    this.counts.faults[fault.kind] = (this.counts.faults[fault.kind] ?? 0) + 1;
    this.#tell(`fault at ${wordsOf(fault)}`);
    switch (fault.kind) {
      case "crash":
        if (fault.nth === 0) this.#crash(fault.power, fault.downMs);
        else
          this.#armed.push({ power: fault.power, call: fault.call, downMs: fault.downMs, left: fault.nth });
        break;
      case "restart":
        this.#restart(fault.downMs);
        break;
      case "slow-disk":
        this.disk.slowness = fault.times;
        this.scheduler.after(fault.forMs, () => {
          this.disk.slowness = 1;
        });
        break;
      case "full-disk":
        this.disk.capacity = this.disk.used + fault.roomBytes;
        this.scheduler.after(fault.forMs, () => {
          this.disk.capacity = Number.POSITIVE_INFINITY;
        });
        break;
      case "read-only-disk":
        this.disk.readOnly = true;
        this.scheduler.after(fault.forMs, () => {
          this.disk.readOnly = false;
        });
        break;
      case "failing-syncs":
        this.disk.failingSyncs += fault.count;
        break;
      case "failing-writes":
        this.disk.failingWrites += fault.count;
        break;
      default:
        this.#beginAround(fault);
    }
  }

  /** Faults of what is around the machine. */
  #beginAround(fault: Fault): void {
    switch (fault.kind) {
      case "bad-network": {
        const { drop, duplicate, delayMs } = fault;
        this.network.quality = { drop, duplicate, delayMs };
        this.scheduler.after(fault.forMs, () => {
          this.network.quality = GOOD_NETWORK;
        });
        break;
      }
      case "partition":
        this.network.partedShare = fault.share;
        this.scheduler.after(fault.forMs, () => {
          this.network.partedShare = 0;
        });
        break;
      case "clock-jump":
        this.#clockOffset += fault.byMs;
        this.scheduler.after(fault.forMs, () => {
          this.#clockOffset -= fault.byMs;
        });
        break;
      case "slow-reader": {
        const reader = this.#random.pick(this.readers);
        reader.isStalled = true;
        this.scheduler.after(fault.forMs, () => {
          reader.isStalled = false;
        });
        break;
      }
      case "cut-reader":
        for (const reader of this.readers) reader.cut();
        break;
      case "bad-provider": {
        const { fails, losesAnswer } = fault;
        this.provider.mood = { ...GOOD_MOOD, fails, losesAnswer };
        this.scheduler.after(fault.forMs, () => {
          this.provider.mood = GOOD_MOOD;
        });
        break;
      }
      case "second-process": {
        const second = this.#start(fault.elsewhere ? `container-${this.#pids++}` : "machine");
        this.scheduler.after(fault.forMs, () => this.#endSecond(second));
        break;
      }
      default:
        throw new RangeError(`Cannot begin ${fault.kind}`);
    }
  }

  #endSecond(second: Host): void {
    if (!second.isAlive) return;
    this.#tell(`process ${second.pid} on ${second.host} is ended`);
    second.kill();
    this.#startAfter(AGAIN_MS);
  }

  #countDown(pid: number, call: DiskCall): void {
    const due = this.#armed.find((one) => one.call === call && --one.left <= 0);
    if (due === undefined) return;
    this.#armed = this.#armed.filter((one) => one !== due);
    this.#tell(`process ${pid} was in a disk call of kind ${call}`);
    this.#crash(due.power, due.downMs);
  }

  #crash(power: boolean, downMs: number): void {
    this.counts.crashes++;
    this.#tell(power ? "the power goes" : "killed");
    for (const host of this.#hosts) host.kill();
    if (power) {
      this.disk.losePower();
      this.#boots++;
    }
    this.#startAfter(downMs);
  }

  #restart(downMs: number): void {
    const host = this.#hosts.find(({ state }) => state === "ready");
    if (host === undefined) return;
    host
      .stop()
      .catch((error: unknown) => this.#tell(`process ${host.pid} could not end in order: ${String(error)}`))
      .finally(() => {
        host.kill();
        this.#startAfter(downMs);
      });
  }

  /** Everything is well from now on. */
  #calm(): void {
    this.#isCalm = true;
    this.#armed = [];
    const { disk, network, provider } = this;
    Object.assign(disk, {
      capacity: Number.POSITIVE_INFINITY,
      readOnly: false,
      failingSyncs: 0,
      failingWrites: 0,
    });
    disk.slowness = 1;
    network.quality = GOOD_NETWORK;
    network.partedShare = 0;
    provider.mood = GOOD_MOOD;
    for (const reader of this.readers) reader.isStalled = false;
    this.#tell("all is well again");
  }

  async #rest(until: number): Promise<Host | null> {
    await this.scheduler.run(until, () => this.broken.length > 0 || this.#isAtRest());
    const [host] = this.#hosts;
    if (this.broken.length > 0 || host === undefined || !this.#isAtRest()) {
      if (this.broken.length === 0) this.broken.push(`it does not come to rest: ${this.#unrest()}`);
      return null;
    }
    this.#restPosition = Math.min(host.live.processor.log.durable, host.port.newestOutput() + 1);
    let isStopped = false;
    host.stop().then(
      () => {
        isStopped = true;
      },
      (error: unknown) => this.broken.push(`the process does not end in order: ${String(error)}`),
    );
    await this.scheduler.run(until, () => isStopped || this.broken.length > 0);
    if (!isStopped && this.broken.length === 0) this.broken.push("the process does not end");
    return isStopped ? host : null;
  }

  #isAtRest(): boolean {
    const [host, ...others] = this.#hosts;
    if (host === undefined || others.length > 0 || this.producers.unanswered > 0 || !host.isIdle)
      return false;
    const newest = host.live.processor.alerts
      .save()
      .reduce((last, { position }) => Math.max(last, position), -1);
    return this.readers.every(({ last }) => last >= newest);
  }

  #unrest(): string {
    const hosts = this.#hosts.map(({ pid, state, words }) => `process ${pid} ${state} (${words.at(-1)})`);
    return [`${this.producers.unanswered} messages unanswered`, ...hosts].join(", ");
  }

  /** What the journal says, whatever the power does. */
  #isNoted(notification: string): boolean {
    return this.disk.list(NOTICES).some((name) =>
      this.disk
        .sureTextOf(`${NOTICES}/${name}`)
        .split("\n")
        .some((line) => line.includes(`"${notification}"`) && line.includes('"state":"sent"')),
    );
  }

  #tell(what: string): void {
    this.story.push(`${(this.scheduler.now / 1000).toFixed(3).padStart(8)} s  ${what}`);
  }
}
