import { describe, expect, it } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity, sampleAlert } from "../server/in-memory-city.ts";
import { OutputTail } from "./output-tail.ts";

/** Everything behind a position, read in small pieces. */
async function drain(tail: OutputTail, from: number): Promise<number[]> {
  const positions: number[] = [];
  for (let position = from; ; position = positions.at(-1)!) {
    const outputs = await tail.after(position, 7);
    if (outputs.length === 0) return positions;
    positions.push(...outputs.map((output) => output.position));
  }
}

const emit = (city: InMemoryCity, count: number) => {
  for (let i = 0; i < count; i++) city.emit(sampleAlert(`a${i}`));
};

describe("OutputTail", () => {
  it("gives all that is behind a position, wherever old and new meet", async () => {
    const city = new InMemoryCity(smallCity());
    emit(city, 30);
    const tail = new OutputTail(city);
    emit(city, 30);
    const all = city.outputs.map(({ position }) => position);
    for (const from of [-1, 0, 28, 29, 30, 58, 59, 60]) {
      expect(await drain(tail, from)).toEqual(all.filter((position) => position > from));
    }
  });

  it("knows that it has nothing while the city is still opening its log", async () => {
    const city = new InMemoryCity(smallCity());
    const tail = new OutputTail(city);
    const old = new InMemoryCity(smallCity());
    emit(old, 20);
    city.outputs.push(...old.outputs);
    expect(tail.newest).toBe(19);
    expect(await drain(tail, 4)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(await drain(tail, 19)).toEqual([]);
  });

  it("keeps no more than it may, and loses nothing by it", async () => {
    const city = new InMemoryCity(smallCity());
    const tail = new OutputTail(city);
    emit(city, 20_000);
    expect(await drain(tail, 3)).toHaveLength(19_996);
    expect(tail.newest).toBe(19_999);
  });
});
