import { describe, expect, test } from "vitest";
import { Random } from "../twin/kernel/random.ts";
import { minutes, parseTime } from "../twin/kernel/time.ts";
import { withoutPositions } from "./crash-account.ts";
import { CrashScript } from "./crash-script.ts";
import { openTwin, type Twin, takeStep } from "./crash-trial.ts";
import { foldOf } from "./fold-of.ts";
import { FaultyFiles } from "./log/faulty-files.ts";
import { readText, replaceText } from "./log/file-port.ts";
import { writeSnapshot } from "./open-processor.ts";
import { kitchenView } from "./projections/kitchen-view.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");

/** A script half told, at a moment when much is under way. */
async function halfTold(files: FaultyFiles, until: number): Promise<{ script: CrashScript; twin: Twin }> {
  const network = { duplicates: 0.01, loss: 0.01, reorder: 0.05 };
  const script = new CrashScript({ seed: 1, from: FROM, until, network });
  const twin = await openTwin(script.city, files);
  await tell(script, twin);
  return { script, twin };
}

/** A chance by which nothing stays that was not synced. */
function loseAll(): Random {
  const random = new Random(1);
  random.chance = () => false;
  return random;
}

async function tell(script: CrashScript, twin: Twin): Promise<void> {
  for (let some = script.next(twin.processor.fold); some !== null; some = script.next(twin.processor.fold)) {
    for (const step of some) takeStep(twin, step);
    await twin.processor.commit();
  }
}

describe("a fold taken up from a snapshot", () => {
  test("is the one that was saved, early states and previews included", async () => {
    const { script, twin } = await halfTold(new FaultyFiles(), FROM + minutes(47));
    const { fold } = twin.processor;
    const again = foldOf(script.city, { early: true });
    again.restore(JSON.parse(JSON.stringify(fold.save())));
    expect(JSON.stringify(again.save())).toBe(JSON.stringify(fold.save()));
    const early = script.city.kitchens.filter((_, index) => fold.kitchen(index) !== fold.settled(index));
    expect(early.length).toBeGreaterThan(0);
    script.city.kitchens.forEach((_, index) => {
      expect(withoutPositions(kitchenView(script.city, again, index, 0))).toBe(
        withoutPositions(kitchenView(script.city, fold, index, 0)),
      );
    });
    await twin.close();
  });

  test("can be taken up before anything has happened", () => {
    const city = new CrashScript({ seed: 1, from: FROM, until: FROM, network: {} }).city;
    const fold = foldOf(city, { early: true });
    const again = foldOf(city, { early: true });
    again.restore(JSON.parse(JSON.stringify(fold.save())));
    for (const one of [fold, again]) one.tick(FROM, true);
    expect(JSON.stringify(again.save())).toBe(JSON.stringify(fold.save()));
    expect(again.take()).toEqual(fold.take());
  });
});

describe("a processor that is opened again", () => {
  test("lists the alerts that it listed before, also those of episodes that are over", async () => {
    const files = new FaultyFiles();
    const { script, twin } = await halfTold(files, FROM + minutes(75));
    await writeSnapshot(twin.processor, twin.codec, twin.snapshots);
    const before = twin.processor.alerts.newestFirst();
    await twin.close();
    const again = await openTwin(script.city, files);
    expect(again.recovery).toMatchObject({ records: 0, remade: 0, unexplained: 0 });
    expect(again.processor.alerts.newestFirst()).toEqual(before);
    expect(before.filter(({ alert }) => alert.state === "resolved").length).toBeGreaterThan(0);
    expect(before.every(({ position }) => position > 0)).toBe(true);
    await again.close();
  });

  test("folds the log from its start when the snapshot was made with another version of a rule, and says so", async () => {
    const files = new FaultyFiles();
    const { script, twin } = await halfTold(files, FROM + minutes(30));
    await writeSnapshot(twin.processor, twin.codec, twin.snapshots);
    const state = JSON.stringify(twin.processor.fold.save());
    await twin.close();
    const [name = ""] = await files.list("snapshots");
    const text = (await readText(files, "snapshots", name)) ?? "";
    expect(text).toContain('"T01@1 ');
    await replaceText(files, "snapshots", name, text.replace('"T01@1 ', '"T01@0 '));
    const again = await openTwin(script.city, files);
    expect(again.recovery).toMatchObject({ from: 0, remade: 0, unexplained: 0 });
    expect(again.recovery.skippedSnapshots).toEqual([
      expect.stringMatching(/folded under other rules: then T01@0 .*, now T01@1 /),
    ]);
    expect(JSON.stringify(again.processor.fold.save())).toBe(state);
    await again.close();
  });

  test("lets out what it had to make again to whoever listens then", async () => {
    const files = new FaultyFiles();
    const { script, twin } = await halfTold(files, FROM + minutes(21));
    await twin.close();
    const cut = await openTwin(script.city, files, { batchBytes: 64 });
    const body = JSON.stringify({
      specversion: "1.0",
      id: "closing",
      source: "/systems/licensing",
      type: "warmcity.licence.changed",
      subject: script.city.kitchens[0]!.id,
      time: "2026-06-02T10:01:00+08:00",
      data: { validTo: "2027-06-30", renewal: "none", state: "revoked" },
    });
    const mediaType = "application/cloudevents+json";
    // A block for each record: the event's is durable, that of its first output is not.
    files.crashAtSync = files.syncs + 2;
    takeStep(cut, { kind: "message", body, mediaType, topic: "", receivedAt: FROM + minutes(21) });
    await expect(cut.processor.commit()).rejects.toMatchObject({ name: "LogError" });
    files.restart(loseAll());
    const again = await openTwin(script.city, files);
    const heard: string[] = [];
    again.processor.subscribe((published) => {
      for (const { output } of published) heard.push(output.id);
    });
    expect(again.recovery.remade).toBeGreaterThan(0);
    await again.processor.commit();
    expect(heard.length).toBe(again.recovery.remade);
    await again.close();
  });
});
