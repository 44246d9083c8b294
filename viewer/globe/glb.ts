/** Writes binary glTF in memory: meshes and instances that are computed here and never travel over the network. */

export interface GlbAttribute {
  /** `POSITION`, `NORMAL`, or an own one with a leading underscore. */
  readonly semantic: string;
  readonly size: 1 | 2 | 3 | 4;
  readonly values: Float32Array;
}

export interface GlbMesh {
  readonly attributes: readonly GlbAttribute[];
  readonly indices: Uint32Array | Uint16Array;
  /** Where each instance stands, metres; feature id = number of the instance. */
  readonly translations?: Float32Array;
  readonly blend: boolean;
}

const FLOAT = 5126;
const MAGIC = 0x46546c67;

export function writeGlb(mesh: GlbMesh): Uint8Array<ArrayBuffer> {
  const chunks: { bytes: Uint8Array; target?: number }[] = [];
  const accessors: object[] = [];
  const add = (
    values: Float32Array | Uint32Array | Uint16Array,
    size: number,
    target: number | undefined,
    bounds: boolean,
  ): number => {
    const componentType =
      values instanceof Float32Array ? FLOAT : values instanceof Uint32Array ? 5125 : 5123;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    chunks.push(target === undefined ? { bytes } : { bytes, target });
    accessors.push({
      bufferView: chunks.length - 1,
      componentType,
      count: values.length / size,
      type: size === 1 ? "SCALAR" : `VEC${size}`,
      ...(bounds ? boundsOf(values, size) : {}),
    });
    return accessors.length - 1;
  };
  const attributes = Object.fromEntries(
    mesh.attributes.map(({ semantic, size, values }) => [
      semantic,
      add(values, size, 34962, semantic === "POSITION"),
    ]),
  );
  const indices = add(mesh.indices, 1, 34963, false);
  const instancing =
    mesh.translations === undefined
      ? undefined
      : {
          EXT_mesh_gpu_instancing: {
            attributes: { TRANSLATION: add(mesh.translations, 3, undefined, true) },
          },
          EXT_instance_features: { featureIds: [{ featureCount: mesh.translations.length / 3 }] },
        };
  const { views, length, binary } = layOut(chunks);
  return container(
    {
      asset: { version: "2.0" },
      ...(instancing === undefined ? {} : { extensionsUsed: Object.keys(instancing) }),
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ mesh: 0, ...(instancing === undefined ? {} : { extensions: instancing }) }],
      meshes: [{ primitives: [{ attributes, indices, material: 0 }] }],
      materials: [{ doubleSided: true, alphaMode: mesh.blend ? "BLEND" : "OPAQUE" }],
      accessors,
      bufferViews: views,
      buffers: [{ byteLength: length }],
    },
    binary,
  );
}

function boundsOf(values: ArrayLike<number>, size: number): { min: number[]; max: number[] } {
  const min = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
  const max = new Array<number>(size).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < values.length; i++) {
    const axis = i % size;
    min[axis] = Math.min(min[axis]!, values[i]!);
    max[axis] = Math.max(max[axis]!, values[i]!);
  }
  return { min, max };
}

function layOut(chunks: readonly { bytes: Uint8Array; target?: number }[]) {
  let length = 0;
  const views = chunks.map(({ bytes, target }) => {
    const view = { buffer: 0, byteOffset: length, byteLength: bytes.length, target };
    length += (bytes.length + 3) & ~3;
    return view;
  });
  const binary = new Uint8Array(length);
  chunks.forEach(({ bytes }, i) => {
    binary.set(bytes, views[i]!.byteOffset);
  });
  return { views, length, binary };
}

function container(json: object, binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textLength = (text.length + 3) & ~3;
  const bytes = new Uint8Array(12 + 8 + textLength + 8 + binary.length);
  const view = new DataView(bytes.buffer);
  const words: [at: number, value: number][] = [
    [0, MAGIC],
    [4, 2],
    [8, bytes.length],
    [12, textLength],
    [16, 0x4e4f534a],
    [20 + textLength, binary.length],
    [24 + textLength, 0x004e4942],
  ];
  for (const [at, value] of words) view.setUint32(at, value, true);
  bytes.fill(0x20, 20, 20 + textLength);
  bytes.set(text, 20);
  bytes.set(binary, 28 + textLength);
  return bytes;
}
