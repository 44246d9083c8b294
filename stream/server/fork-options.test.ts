import { describe, expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { readForkOptions } from "./fork-options.ts";

describe("readForkOptions", () => {
  it("reads several changes, the moment and the numbers", () => {
    const argv = ["--data", "d", "--change", "a x=1", "--change", "b", "--at", "2026-06-02T10:00:00+08:00"];
    expect(readForkOptions([...argv, "--hours", "12", "--json"])).toEqual({
      data: "d",
      changes: ["a x=1", "b"],
      at: parseTime("2026-06-02T10:00:00+08:00"),
      hours: 12,
      seeds: null,
      registry: null,
      policy: null,
      json: true,
    });
  });

  it("says what is wrong", () => {
    expect(readForkOptions([])).toEqual({ wrong: "--data DIR is missing" });
    expect(readForkOptions(["--data", "d", "--at", "noon"])).toMatchObject({
      wrong: expect.stringContaining("noon"),
    });
    expect(readForkOptions(["--data", "d", "--seeds", "-1"])).toHaveProperty("wrong");
    expect(readForkOptions(["--dat", "d"])).toHaveProperty("wrong");
    expect(readForkOptions(["--help"])).toBe("help");
  });
});
