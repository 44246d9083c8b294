/** The notifier of a running city: its plan from the file, its journal beside the log, its receipts on the log. */
import { readFile } from "node:fs/promises";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { Door } from "../door/door.ts";
import { STRUCTURED } from "../door/media-type.ts";
import type { CityPort } from "../server/city-port.ts";
import type { HostTimers } from "../server/host-timers.ts";
import type { Notice } from "./notice.ts";
import type { NoticeChannel } from "./notice-channel.ts";
import type { NoticeJournal } from "./notice-journal.ts";
import { Notifier } from "./notifier.ts";
import { JOURNAL_ONLY, type NotifyPlan, parseNotifyPlan } from "./notify-plan.ts";

/** Rejects with a RangeError that lists every fault of the file by JSON pointer. `null` = no plan. */
export async function notifyPlanOf(file: string | null): Promise<NotifyPlan> {
  if (file === null) return JOURNAL_ONLY;
  const parsed = parseNotifyPlan(JSON.parse(await readFile(file, "utf8")));
  if (parsed.ok) return parsed.value;
  const faults = parsed.faults.map(({ pointer, reason }) => `  ${pointer === "" ? "/" : pointer} ${reason}`);
  throw new RangeError(`the notify plan ${file} is wrong:\n${faults.join("\n")}`);
}

export function notifierOf(parts: {
  readonly city: City;
  readonly port: CityPort;
  readonly plan: NotifyPlan;
  readonly journal: NoticeJournal;
  readonly channels: ReadonlyMap<string, NoticeChannel>;
  /** The city's time, ms since epoch. */
  readonly now: () => number;
  readonly report: (error: unknown) => void;
  readonly isOwn: () => boolean;
  /** Default: the machine's. */
  readonly timers?: HostTimers;
}): Notifier {
  const { city, port, now } = parts;
  const door = new Door(city);
  return new Notifier({
    ...parts,
    source: port,
    async receipt(notice) {
      await port.ingest(door.cloudEvents(JSON.stringify(receiptOf(notice)), STRUCTURED, {}, now()));
    },
  });
}

/** `warmcity.notification.receipted`: a repeat of it, after a crash, is known by its id. */
function receiptOf({ notification, channel, kitchen, state, at }: Notice): object {
  return {
    specversion: "1.0",
    id: `${notification}/${state}`,
    source: `/systems/${channel}`,
    type: "warmcity.notification.receipted",
    ...(kitchen === null ? {} : { subject: kitchen }),
    time: formatTime(at),
    data: { notification, state: state === "sent" ? "sent" : "failed" },
  };
}
