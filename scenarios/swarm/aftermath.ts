/** What must be true of all that a run left behind: of the log, the state, the outlets, and of what everybody was told. */
import { accountOf, type LogAccount } from "../../stream/crash-account.ts";
import type { EventLog } from "../../stream/log/event-log.ts";
import type { FilePort } from "../../stream/log/file-port.ts";
import { verifyLog } from "../../stream/log/verify.ts";
import type { Notice } from "../../stream/notify/notice.ts";
import { alertIn } from "../../stream/outlets/alert-stream.ts";
import { type Output, readOutput } from "../../stream/output.ts";
import { RECORD_KINDS } from "../../stream/record-kind.ts";
import type { City } from "../../twin/city/city.ts";
import { DATA, LOG } from "./host.ts";
import { type OpenedLog, opened } from "./opened.ts";
import type { Provider } from "./provider.ts";
import type { Reader } from "./reader.ts";
import { undisturbed } from "./undisturbed.ts";
import { firstDifference, stateHash, wholeState } from "./whole-state.ts";

const decoder = new TextDecoder();
/** Differences that are named, of those of one kind. */
const NAMED = 3;
/** Events of a log up to which the state hash is taken, too. */
const HASHED_MAX = 800;

export interface Leavings {
  readonly city: City;
  /** The disk, for one who only looks. */
  readonly files: FilePort;
  /** All lines of the output files. */
  readonly outputLines: readonly string[];
  /** What has become of a notification. */
  readonly noticeOf: (notification: string) => Notice | undefined;
  readonly acknowledged: ReadonlySet<string>;
  /** What stands on the log before it everybody has heard. */
  readonly restPosition: number;
  /** Actors whose commands the city has said to have done. */
  readonly commands: ReadonlySet<string>;
  readonly readers: readonly Reader[];
  readonly provider: Provider;
  /** What the process itself counted at its end. */
  readonly balance: OpenedLog["processor"]["balance"];
}

interface PlacedOutput {
  readonly position: number;
  readonly output: Output;
}

/** The broken invariants in words; none = all hold. */
export async function brokenIn(leavings: Leavings): Promise<string[]> {
  const { city, files } = leavings;
  const verified = await verifyLog(LOG, files);
  if (!verified.ok) return [`the hash chain is broken: ${JSON.stringify(verified.firstFault)}`];
  const twin = await opened(city, files, DATA);
  try {
    const account = accountOf(city, twin.log);
    const outputs = outputsOn(twin.log);
    const reference = await undisturbed(city, twin.log);
    const wanted = accountOf(city, reference.log);
    const broken = [
      ...accountBroken(leavings, { account, wanted, actors: actorsOn(twin.log) }),
      ...balanceBroken(account, leavings.balance, "the process that ended"),
      ...balanceBroken(account, twin.processor.balance, "one opened again"),
      ...stateBroken(city, { twin, reference, account, wanted }),
      ...leavings.readers.flatMap((reader) => readerBroken(reader, outputs, leavings.restPosition)),
      ...filesBroken(leavings, outputs),
      ...noticesBroken(leavings, outputs),
    ];
    await reference.close();
    return broken;
  } finally {
    await twin.close();
  }
}

function outputsOn(log: EventLog): PlacedOutput[] {
  const outputs: PlacedOutput[] = [];
  for (const { kind, bytes, position } of log.readSync(0)) {
    if (kind === RECORD_KINDS.output) outputs.push({ position, output: readOutput(decoder.decode(bytes)) });
  }
  return outputs;
}

/** Actor of each command on the log, as often as it stands there. */
function actorsOn(log: EventLog): string[] {
  const actors: string[] = [];
  for (const { kind, bytes } of log.readSync(0)) {
    if (kind !== RECORD_KINDS.event) continue;
    const { type, data } = JSON.parse(decoder.decode(bytes));
    if (type === "warmcity.case.command") actors.push(data.actor);
  }
  return actors;
}

function accountBroken(
  { acknowledged, commands }: Leavings,
  {
    account,
    wanted,
    actors,
  }: { readonly account: LogAccount; readonly wanted: LogAccount; readonly actors: readonly string[] },
): string[] {
  const lost = [...acknowledged].filter((identity) => !account.identities.has(identity));
  const lostCommands = [...commands].filter((actor) => !actors.includes(actor));
  const doubled = actors.filter((actor, i) => actors.indexOf(actor) !== i);
  return [
    ...named("acknowledged and lost", lost),
    ...named("a command done and lost", lostCommands),
    ...named("on the log twice", [...account.twice.filter((what) => !isExcused(what, wanted)), ...doubled]),
  ];
}

/**
 * A kitchen whose clock ran back by an hour may settle the same change of its own state a second time, by the same id: with or
 * without a crash.
 */
function isExcused(what: string, wanted: LogAccount): boolean {
  return what.startsWith("warmcity.kitchen.changed ") && wanted.twice.includes(what);
}

function balanceBroken(account: LogAccount, balance: Leavings["balance"], of: string): string[] {
  const { accepted, duplicates, rejected } = account;
  const received = accepted + duplicates + rejected;
  const wanted = { received, accepted, duplicates, rejected };
  const wrong = Object.entries(wanted).flatMap(([name, count]) => {
    const counted = Object.entries(balance).find(([key]) => key === name)?.[1];
    return counted === count ? [] : [`${name} is ${counted}, the log has ${count}`];
  });
  const ended = balance.processed + balance.late + balance.quarantined;
  if (ended !== accepted) wrong.push(`processed + late + quarantined is ${ended}, accepted are ${accepted}`);
  return wrong.map((what) => `the balance of ${of} is off: ${what}`);
}

/** The state, and what was said, against the run that nothing disturbed. */
function stateBroken(
  city: City,
  {
    twin,
    reference,
    account,
    wanted,
  }: {
    readonly twin: OpenedLog;
    readonly reference: OpenedLog;
    readonly account: LogAccount;
    readonly wanted: LogAccount;
  },
): string[] {
  const broken: string[] = [];
  if (twin.recovery.unexplained > 0)
    broken.push(`${twin.recovery.unexplained} outputs stand on the log that its records do not give`);
  if (twin.recovery.remade > 0)
    broken.push(`${twin.recovery.remade} outputs were missing on the log after an end in order`);
  const missing = [...wanted.outputs.keys()].filter((id) => !account.outputs.has(id));
  const beyond = [...account.outputs.keys()].filter((id) => !wanted.outputs.has(id));
  const other = [...account.outputs].filter(([id, text]) => (wanted.outputs.get(id) ?? text) !== text);
  const inWords = (ids: readonly string[], outputs: ReadonlyMap<string, string>) =>
    ids.map((id) => (outputs.get(id) ?? id).slice(0, 300));
  broken.push(...named("not said, other than in the undisturbed run", inWords(missing, wanted.outputs)));
  broken.push(...named("said, other than in the undisturbed run", inWords(beyond, account.outputs)));
  broken.push(
    ...named(
      "said otherwise than in the undisturbed run",
      other.map(([id, text]) => `${text} instead of ${wanted.outputs.get(id)}`),
    ),
  );
  const difference = firstDifference(wholeState(twin), wholeState(reference));
  if (difference !== null) broken.push(`the state is not that of the undisturbed run: ${difference}`);
  // The views are made from the state: they are looked at where the log is short.
  else if (wanted.accepted < HASHED_MAX && stateHash(city, twin) !== stateHash(city, reference))
    broken.push("the state hash of cases and kitchens is not that of a replay of the log");
  return broken;
}

/** Without gap and without repeat: each alert output of the log, in its order. */
function readerBroken({ heard }: Reader, outputs: readonly PlacedOutput[], restPosition: number): string[] {
  const alerts = outputs.filter(({ output, position }) => alertIn({ output, position, json: "" }) !== null);
  for (const [i, { position, output }] of alerts.entries()) {
    const got = heard[i];
    if (got?.position === position && got.id === output.id) continue;
    if (got === undefined && position >= restPosition) return [];
    if (got === undefined) return [`a reader of the alert stream never got ${output.type} ${output.id}`];
    const before = heard.slice(0, i).some(({ id }) => id === got.id);
    const what = before ? `got ${got.id} twice` : `got ${got.id} where ${output.id} stands`;
    return [`a reader of the alert stream ${what} (position ${position})`];
  }
  return heard.length > alerts.length ? ["a reader of the alert stream got more than stands on the log"] : [];
}

/** The output files hold the outputs from the first on, each once; they may lag behind where nothing came after a start. */
function filesBroken({ outputLines }: Leavings, outputs: readonly PlacedOutput[]): string[] {
  for (const [i, line] of outputLines.entries()) {
    const wanted = outputs[i];
    const { id, logposition } = JSON.parse(line);
    if (wanted === undefined) return ["the output files hold more than stands on the log"];
    if (id !== wanted.output.id || logposition !== wanted.position)
      return [
        `line ${i} of the output files is ${id} at ${logposition}, expected ${wanted.output.id} at ${wanted.position}`,
      ];
  }
  return [];
}

/** Of each notification that the log asks for it is known what became of it; those sent were told, and no others. */
function noticesBroken(
  { provider, noticeOf, restPosition }: Leavings,
  outputs: readonly PlacedOutput[],
): string[] {
  const asked = new Map(
    outputs.flatMap(({ output, position }) =>
      output.type === "warmcity.notification.requested"
        ? [[output.data.notification, position] as const]
        : [],
    ),
  );
  const unknown = [...asked].filter(
    ([id, position]) => position < restPosition && noticeOf(id) === undefined,
  );
  const untold = [...asked.keys()].filter((id) => noticeOf(id)?.state === "sent" && !provider.told.has(id));
  return [
    ...named(
      "asked for and never taken up: notification",
      unknown.map(([id]) => id),
    ),
    ...named("noted as sent and told to nobody: notification", untold),
    ...named(
      "told to somebody though the log does not ask for it: notification",
      [...provider.told.keys()].filter((id) => !asked.has(id)),
    ),
  ];
}

function named(what: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length > NAMED ? ` and ${items.length - NAMED} more` : "";
  return [`${what}: ${items.slice(0, NAMED).join("; ")}${more}`];
}
