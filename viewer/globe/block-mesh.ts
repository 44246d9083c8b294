/**
 * A quarter as one mesh. All vertices lie on the ground and carry their height, so that the shader can let a town grow as
 * the camera comes near. `_WALL` = along the wall or on the ground (m), height (m), part, seed; `_LIGHT` = how much the
 * face turns to the sun. A shop's seed is its kitchen's slot in the state texture.
 */
import { Cartesian3 } from "@cesium/engine";
import { BLOCK_M, type TownFrame } from "../../twin/city/town-frame.ts";
import { type Block, type House, KERB_M } from "./block-plan.ts";
import { writeGlb } from "./glb.ts";

/** What a face is; the shader's constants. */
export const PARTS = {
  street: 0,
  ground: 1,
  park: 2,
  square: 3,
  field: 4,
  wall: 5,
  roof: 6,
  tree: 7,
  shopFront: 8,
  shopRoof: 9,
} as const;
type Part = keyof typeof PARTS;

const WALL_KIND = { flats: 0, tower: 0.1, shops: 0.2, hall: 0.3, cottage: 0.4 } as const;

/** Sun from the south-west, light of the four sides and of the top. */
const LIGHT = { south: 0.92, west: 0.8, east: 0.58, north: 0.5, top: 1 } as const;

export interface Shop {
  readonly x: number;
  readonly y: number;
  /** The street it faces: along x, or along y; and on which side it stands. */
  readonly alongX: boolean;
  readonly side: 1 | -1;
  readonly slot: number;
}

export interface QuarterMesh {
  readonly origin: Cartesian3;
  readonly glb: Uint8Array<ArrayBuffer>;
}

export function meshOf(frame: TownFrame, blocks: readonly Block[], shops: readonly Shop[]): QuarterMesh {
  const builder = new MeshBuilder(frame);
  for (const block of blocks) {
    const { houses, trees } = block;
    builder.anchor(block.x, block.y);
    ground(builder, block);
    for (const house of houses) box(builder, house);
    for (let i = 0; i < trees.length; i += 3) tree(builder, trees[i]!, trees[i + 1]!, trees[i + 2]!);
  }
  for (const shop of shops) {
    builder.anchor(shop.x, shop.y);
    shopBox(builder, shop);
  }
  return builder.finish();
}

type Corner = readonly [x: number, y: number, height: number, u: number];

interface Vertex {
  readonly x: number;
  readonly y: number;
  readonly wall: readonly [number, number, number, number];
}

class MeshBuilder {
  readonly #frame: TownFrame;
  readonly #origin: Cartesian3;
  /** A metre along the frame's axes, on the globe. */
  readonly #alongX: Cartesian3;
  readonly #alongY: Cartesian3;
  readonly #anchor = new Cartesian3();
  #anchorAt = { x: 0, y: 0 };
  readonly #positions: number[] = [];
  readonly #walls: number[] = [];
  readonly #lights: number[] = [];
  readonly #indices: number[] = [];

  constructor(frame: TownFrame) {
    this.#frame = frame;
    this.#origin = this.#earth(0, 0, new Cartesian3());
    this.#alongX = this.#step(1000, 0);
    this.#alongY = this.#step(0, 1000);
  }

  /** What follows is near this point: exact here, and to centimetres within a block. */
  anchor(x: number, y: number): void {
    this.#anchorAt = { x, y };
    this.#earth(x, y, this.#anchor);
    Cartesian3.subtract(this.#anchor, this.#origin, this.#anchor);
  }

  face(corners: readonly Corner[], part: Part, seed: number, light: number): void {
    this.#polygon(
      corners.map(([x, y, height, u]) => ({ x, y, wall: [u, height, PARTS[part], seed] })),
      light,
    );
  }

  ground(corners: readonly (readonly [x: number, y: number])[], height: number, part: Part): void {
    const { x: ax, y: ay } = this.#anchorAt;
    this.#polygon(
      corners.map(([x, y]) => ({ x, y, wall: [x - ax, height, PARTS[part], y - ay] })),
      LIGHT.top,
    );
  }

  #polygon(corners: readonly Vertex[], light: number): void {
    const first = this.#lights.length;
    const { x: ax, y: ay } = this.#anchorAt;
    for (const { x, y, wall } of corners) {
      const [dx, dy] = [x - ax, y - ay];
      this.#positions.push(
        this.#anchor.x + dx * this.#alongX.x + dy * this.#alongY.x,
        this.#anchor.y + dx * this.#alongX.y + dy * this.#alongY.y,
        this.#anchor.z + dx * this.#alongX.z + dy * this.#alongY.z,
      );
      this.#walls.push(...wall);
      this.#lights.push(light);
    }
    for (let i = 2; i < corners.length; i++) this.#indices.push(first, first + i - 1, first + i);
  }

  #earth(x: number, y: number, into: Cartesian3): Cartesian3 {
    const { lon, lat } = this.#frame.toPoint({ x, y });
    return Cartesian3.fromDegrees(lon, lat, 0, undefined, into);
  }

  #step(x: number, y: number): Cartesian3 {
    const away = Cartesian3.subtract(this.#earth(x, y, new Cartesian3()), this.#origin, new Cartesian3());
    return Cartesian3.multiplyByScalar(away, 1 / Math.hypot(x, y), away);
  }

  finish(): QuarterMesh {
    return {
      origin: this.#origin,
      glb: writeGlb({
        attributes: [
          { semantic: "POSITION", size: 3, values: Float32Array.from(this.#positions) },
          { semantic: "_WALL", size: 4, values: Float32Array.from(this.#walls) },
          { semantic: "_LIGHT", size: 1, values: Float32Array.from(this.#lights) },
        ],
        indices: Uint32Array.from(this.#indices),
        blend: false,
      }),
    };
  }
}

function ground(builder: MeshBuilder, { x, y, use }: Block): void {
  const half = BLOCK_M / 2;
  const pad = half - KERB_M;
  flat(builder, { x, y, halfX: half, halfY: half }, 0.25, "street");
  const part = use === "park" ? "park" : use === "square" ? "square" : "ground";
  flat(builder, { x, y, halfX: pad, halfY: pad }, 0.55, part);
  if (use === "school") flat(builder, { x: x + 32, y: y - 14, halfX: 24, halfY: 38 }, 0.8, "field");
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly halfX: number;
  readonly halfY: number;
}

/** On the ground the first and last number of `_WALL` are metres from the middle of the block. */
function flat(builder: MeshBuilder, area: Area, height: number, part: Part): void {
  const { x, y, halfX, halfY } = area;
  builder.ground(
    [
      [x - halfX, y - halfY],
      [x + halfX, y - halfY],
      [x + halfX, y + halfY],
      [x - halfX, y + halfY],
    ],
    height,
    part,
  );
}

function box(builder: MeshBuilder, { kind, x, y, halfX, halfY, height, seed }: House): void {
  const [w, e, s, n] = [x - halfX, x + halfX, y - halfY, y + halfY];
  const own = WALL_KIND[kind] + seed * 0.099;
  const wall = (ax: number, ay: number, bx: number, by: number, light: number) => {
    const length = Math.hypot(bx - ax, by - ay);
    builder.face(
      [
        [ax, ay, 0, 0],
        [bx, by, 0, length],
        [bx, by, height, length],
        [ax, ay, height, 0],
      ],
      "wall",
      own,
      light,
    );
  };
  wall(w, s, e, s, LIGHT.south);
  wall(e, s, e, n, LIGHT.east);
  wall(e, n, w, n, LIGHT.north);
  wall(w, n, w, s, LIGHT.west);
  if (kind === "cottage") gable(builder, { w, e, s, n }, height, own);
  else {
    builder.face(
      [
        [w, s, height, 0],
        [e, s, height, 0],
        [e, n, height, 0],
        [w, n, height, 0],
      ],
      "roof",
      own,
      LIGHT.top,
    );
  }
}

interface Sides {
  readonly w: number;
  readonly e: number;
  readonly s: number;
  readonly n: number;
}

function gable(builder: MeshBuilder, { w, e, s, n }: Sides, height: number, seed: number): void {
  const middle = (s + n) / 2;
  const ridge = height + 2.2;
  builder.face(
    [
      [w, s, height, 0],
      [e, s, height, 0],
      [e, middle, ridge, 0],
      [w, middle, ridge, 0],
    ],
    "roof",
    seed,
    0.98,
  );
  builder.face(
    [
      [e, n, height, 0],
      [w, n, height, 0],
      [w, middle, ridge, 0],
      [e, middle, ridge, 0],
    ],
    "roof",
    seed,
    0.66,
  );
}

/** A slim pyramid on four sides. */
function tree(builder: MeshBuilder, x: number, y: number, height: number): void {
  const r = height * 0.34;
  const seed = (x * 0.37 + y * 0.61) % 1;
  const ring = [
    [x - r, y - r],
    [x + r, y - r],
    [x + r, y + r],
    [x - r, y + r],
  ] as const;
  const lights = [LIGHT.south, LIGHT.east, LIGHT.north, LIGHT.west];
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % 4]!;
    builder.face(
      [
        [ax, ay, 1, 0],
        [bx, by, 1, 0],
        [x, y, height, 1],
      ],
      "tree",
      seed,
      lights[i]!,
    );
  });
}

const SHOP = { half: 5.2, depth: 9, height: 5 };

function shopBox(builder: MeshBuilder, { x, y, alongX, side, slot }: Shop): void {
  const half = { x: alongX ? SHOP.half : SHOP.depth / 2, y: alongX ? SHOP.depth / 2 : SHOP.half };
  const [w, e, s, n] = [x - half.x, x + half.x, y - half.y, y + half.y];
  const walls: readonly (readonly [
    ax: number,
    ay: number,
    bx: number,
    by: number,
    light: number,
    front: boolean,
  ])[] = [
    [w, s, e, s, LIGHT.south, alongX && side === 1],
    [e, s, e, n, LIGHT.east, !alongX && side === -1],
    [e, n, w, n, LIGHT.north, alongX && side === -1],
    [w, n, w, s, LIGHT.west, !alongX && side === 1],
  ];
  for (const [ax, ay, bx, by, light, front] of walls) {
    const u = front ? 1 : -1;
    builder.face(
      [
        [ax, ay, 0, 0],
        [bx, by, 0, u],
        [bx, by, SHOP.height, u],
        [ax, ay, SHOP.height, 0],
      ],
      "shopFront",
      slot,
      light,
    );
  }
  builder.face(
    [
      [w, s, SHOP.height, 0],
      [e, s, SHOP.height, 0],
      [e, n, SHOP.height, 0],
      [w, n, SHOP.height, 0],
    ],
    "shopRoof",
    slot,
    LIGHT.top,
  );
}
