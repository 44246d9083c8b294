/** `--keep-days`: old measurements go, but never what an open case, a filed one or a young one needs. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { expect, it } from "vitest";
import type { City } from "../../twin/city/city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import { DAY_MS, formatTime, parseTime } from "../../twin/kernel/time.ts";
import { History } from "./answers.ts";
import { LiveTrial } from "./live-trial.ts";
import { readStartOptions } from "./start-options.ts";

const OPENED = "2026-03-02T09:00:00+08:00";
const KITCHENS = ["K-quiet", "K-open", "K-filed"] as const;
type Kitchen = (typeof KITCHENS)[number];

function threeKitchens(): City {
  const kitchens = KITCHENS.map((id) => ({
    id,
    type: "medium",
    banner: "150602",
    office: "150602-01",
    position: { lon: 109.98, lat: 39.82, crs: "WGS84" },
    opens: [["00:00", "24:00"]],
    licence: { number: `JY-${id}`, validTo: "2050-12-31" },
    devices: [{ id: `${id}/probe-1`, kind: "fridge-temperature", reportEveryMs: null }],
  }));
  const parsed = parseRegistry({ version: 1, kitchens });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

const Cases = Type.Object({ items: Type.Array(Type.Object({ case: Type.String(), code: Type.String() })) });

class Kept {
  readonly trial: LiveTrial;
  constructor(trial: LiveTrial) {
    this.trial = trial;
  }

  /** A value of each fridge, and a failed test of two kitchens. */
  async begin(): Promise<void> {
    for (const id of KITCHENS)
      await this.trial.says(
        "warmcity.reading",
        OPENED,
        { value: 4 },
        { source: `/devices/${id}/probe-1`, subject: id, id: `r-${id}` },
      );
    const failed = { report: "R", product: "tofu", accredited: true, passed: false };
    for (const subject of ["K-open", "K-filed"] as const)
      await this.trial.says("warmcity.test.result", OPENED, failed, { source: "/labs/l", subject });
  }

  async act(kitchen: Kitchen, command: string, role: string, more: object = {}): Promise<void> {
    const { body } = await this.trial.ask("admin", `/v1/cases?kitchen=${kitchen}`);
    const id = Value.Decode(Cases, body).items.find(({ code }) => code === "D10")?.case;
    const said = { command, role, actor: `${role}-1`, reason: command, ...more };
    const { status } = await this.trial.post("admin", `/v1/cases/${id}/commands`, said);
    expect([command, status]).toEqual([command, 200]);
  }

  /** Old measurements are thrown away beside a snapshot, which ends a run. */
  async day(day: number): Promise<void> {
    await this.trial.becomes(formatTime(parseTime(OPENED) + day * DAY_MS));
    await this.trial.restart();
  }

  /** The kitchens whose first value is still there. */
  async kept(): Promise<Kitchen[]> {
    const kept: Kitchen[] = [];
    for (const id of KITCHENS) {
      const query = "from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z&stepMs=60000";
      const { body } = await this.trial.ask("admin", `/v1/kitchens/${id}/history?${query}`);
      const { series } = Value.Decode(History, body);
      if (series.some(({ points }) => points.length > 0)) kept.push(id);
    }
    return kept;
  }
}

it("throws away what is old, but not before the holds of its cases end", async () => {
  const city = new Kept(await LiveTrial.open(threeKitchens(), OPENED, 30));
  await city.begin();
  await city.act("K-filed", "review-confirm", "S");
  await city.act("K-filed", "file", "Q");
  await city.day(29);
  expect(await city.kept()).toEqual(["K-quiet", "K-open", "K-filed"]);
  await city.day(32);
  expect(await city.kept()).toEqual(["K-open", "K-filed"]);
  await city.act("K-open", "review-false", "S");
  await city.act("K-filed", "decide", "Q", { decision: { kind: "warning" } });
  await city.act("K-filed", "close", "Q");
  await city.day(32 + 89);
  expect(await city.kept()).toEqual(["K-open", "K-filed"]);
  await city.day(32 + 91);
  expect(await city.kept()).toEqual(["K-filed"]);
  await city.day(32 + 5 * 365);
  expect(await city.kept()).toEqual(["K-filed"]);
  await city.day(32 + 5 * 366 + 1);
  expect(await city.kept()).toEqual([]);
  await city.trial.close();
}, 60_000);

it("keeps everything where nobody says for how long", async () => {
  const city = new Kept(await LiveTrial.open(threeKitchens(), OPENED));
  await city.begin();
  await city.day(400);
  expect(await city.kept()).toEqual(["K-quiet", "K-open", "K-filed"]);
  await city.trial.close();
});

it("takes a number of days that leaves a week at least", () => {
  expect(readStartOptions([])).toMatchObject({ keepDays: null });
  expect(readStartOptions(["--keep-days", "400"])).toMatchObject({ keepDays: 400 });
  for (const days of ["6", "x", "7.5"])
    expect(readStartOptions(["--keep-days", days])).toMatchObject({ wrong: expect.stringContaining(days) });
});
