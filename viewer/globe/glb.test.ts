import { describe, expect, it } from "vitest";
import { writeGlb } from "./glb.ts";

function parse(bytes: Uint8Array<ArrayBuffer>) {
  const view = new DataView(bytes.buffer);
  const jsonLength = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + jsonLength)));
  return { view, json, binary: bytes.subarray(28 + jsonLength) };
}

describe("writeGlb", () => {
  const triangle = Float32Array.from([0, 0, 0, 2, 0, 0, 0, 3, 0]);
  const glb = writeGlb({
    attributes: [{ semantic: "POSITION", size: 3, values: triangle }],
    indices: Uint16Array.from([0, 1, 2]),
    translations: Float32Array.from([10, 0, 0, 0, -20, 5]),
    blend: true,
  });
  const { view, json, binary } = parse(glb);

  it("writes a container whose lengths hold together", () => {
    expect(view.getUint32(0, true)).toBe(0x46546c67);
    expect(view.getUint32(8, true)).toBe(glb.length);
    expect(binary.length).toBe(json.buffers[0].byteLength);
  });

  it("keeps the numbers where the views say they are", () => {
    const { byteOffset } = json.bufferViews[json.accessors[0].bufferView];
    expect([...new Float32Array(binary.slice(byteOffset, byteOffset + 36).buffer)]).toEqual([...triangle]);
  });

  it("gives the bounds that a globe culls by", () => {
    expect(json.accessors[0]).toMatchObject({ count: 3, min: [0, 0, 0], max: [2, 3, 0] });
    const { TRANSLATION } = json.nodes[0].extensions.EXT_mesh_gpu_instancing.attributes;
    expect(json.accessors[TRANSLATION]).toMatchObject({ count: 2, min: [0, -20, 0], max: [10, 0, 5] });
  });

  it("numbers instances only where there are any", () => {
    expect(json.nodes[0].extensions.EXT_instance_features.featureIds).toEqual([{ featureCount: 2 }]);
    const plain = parse(writeGlb({ attributes: [], indices: Uint32Array.from([]), blend: false }));
    expect(plain.json.nodes[0].extensions).toBeUndefined();
    expect(plain.json.extensionsUsed).toBeUndefined();
  });
});
