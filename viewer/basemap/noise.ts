/** Smooth seeded noise on the plane, for landforms that nobody surveyed. */
import { Random } from "../../twin/kernel/random.ts";

const SIZE = 256;
const MASK = SIZE - 1;

/** Gradient noise (Perlin 2002), about -1 … 1, period 256. */
export class Noise {
  readonly #order: Uint8Array;
  readonly #gx: Float32Array;
  readonly #gy: Float32Array;

  constructor(seed: number) {
    const random = new Random(seed, "noise");
    const order = Uint8Array.from({ length: SIZE }, (_, i) => i);
    for (let i = SIZE - 1; i > 0; i--) {
      const j = random.int(0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    this.#order = new Uint8Array(SIZE * 2);
    for (let i = 0; i < SIZE * 2; i++) this.#order[i] = order[i & MASK]!;
    this.#gx = Float32Array.from({ length: SIZE }, (_, i) => Math.cos((i / SIZE) * 2 * Math.PI));
    this.#gy = Float32Array.from({ length: SIZE }, (_, i) => Math.sin((i / SIZE) * 2 * Math.PI));
  }

  at(x: number, y: number): number {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const a = this.#order[x0 & MASK]!;
    const b = this.#order[(x0 + 1) & MASK]!;
    const n00 = this.#corner(a, y0, fx, fy);
    const n10 = this.#corner(b, y0, fx - 1, fy);
    const n01 = this.#corner(a, y0 + 1, fx, fy - 1);
    const n11 = this.#corner(b, y0 + 1, fx - 1, fy - 1);
    const low = n00 + u * (n10 - n00);
    return 1.5 * (low + v * (n01 + u * (n11 - n01) - low));
  }

  /** Sum of octaves, each twice as fine, half as strong and turned by 37° (else the lattice shows); about -1 … 1. */
  fractal(x: number, y: number, octaves: number): number {
    let sum = 0;
    let weight = 0.5;
    for (let i = 0; i < octaves; i++) {
      sum += weight * this.at(x, y);
      const turned = 1.62 * x - 1.22 * y + 17.1;
      y = 1.22 * x + 1.62 * y + 5.3;
      x = turned;
      weight *= 0.5;
    }
    return sum;
  }

  /** The same with sharp crests, 0 … 1: mountains, gullies. */
  ridged(x: number, y: number, octaves: number): number {
    let sum = 0;
    let weight = 0.5;
    for (let i = 0; i < octaves; i++) {
      const crest = 1 - Math.abs(this.at(x, y));
      sum += weight * crest * crest;
      const turned = 1.62 * x - 1.22 * y + 3.7;
      y = 1.22 * x + 1.62 * y + 11.9;
      x = turned;
      weight *= 0.5;
    }
    return sum;
  }

  #corner(row: number, y: number, dx: number, dy: number): number {
    const g = this.#order[row + (y & MASK)]!;
    return this.#gx[g]! * dx + this.#gy[g]! * dy;
  }
}
