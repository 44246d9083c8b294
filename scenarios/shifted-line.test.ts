import { describe, expect, it } from "vitest";
import { DAY_MS, parseTime } from "../twin/kernel/time.ts";
import { shiftedLine } from "./shifted-line.ts";

const AT = parseTime("2026-05-12T14:00:00+08:00");
const lineOf = (event: object) => ({ at: AT, text: JSON.stringify(event) });
const shifted = (event: object, shiftMs: number, mark = "") =>
  JSON.parse(shiftedLine(lineOf(event), shiftMs, mark).text);

describe("a line told at another time", () => {
  it("moves its times, in the data as well, and leaves out what only a file says", () => {
    const event = {
      id: "a",
      time: "2026-05-12T14:00:00.000+08:00",
      receivedtime: "2026-05-12T14:00:01.000+08:00",
      data: {
        serviceStart: "2026-05-12T16:00:00+08:00",
        rows: [{ until: "2026-05-12T06:00:00Z" }],
        value: 4,
      },
    };
    expect(shifted(event, 90 * 60_000)).toEqual({
      id: "a",
      time: "2026-05-12T15:30:00.000+08:00",
      data: {
        serviceStart: "2026-05-12T17:30:00.000+08:00",
        rows: [{ until: "2026-05-12T15:30:00.000+08:00" }],
        value: 4,
      },
    });
    expect(shiftedLine(lineOf(event), 5, "").at).toBe(AT + 5);
  });

  it("moves dates by whole days, and nothing that only looks like one", () => {
    const data = { validTo: "2026-06-30", meal: "2026-05-12-1", text: "since 2026-05-12" };
    expect(shifted({ id: "a", data }, 3 * DAY_MS + 60_000).data).toEqual({ ...data, validTo: "2026-07-03" });
  });

  it("gives identities a mark, so that the story is not taken for a repetition", () => {
    const columns = { id: "b-1", bootid: "b", data: { base: "2026-05-12T14:00:00+08:00", boot: ["b", "c"] } };
    expect(shifted(columns, 0, "+x")).toMatchObject({
      id: "b-1+x",
      bootid: "b+x",
      data: { boot: ["b+x", "c+x"] },
    });
  });

  it("passes on what is no event", () => {
    expect(shiftedLine({ at: AT, text: "not JSON" }, 7, "+x")).toEqual({ at: AT + 7, text: "not JSON" });
  });
});
