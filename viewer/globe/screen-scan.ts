/**
 * Which kitchen lies under the pointer, by projecting all of them: 0.1 ms for 11,266, where asking the graphics card
 * would stall it.
 */
export interface Pointer {
  readonly x: number;
  readonly y: number;
}

export interface Viewport {
  /** Column-major view-projection matrix, world (ECEF metres) to clip space. */
  readonly matrix: ArrayLike<number>;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Index of the spot nearest to the pointer within `reach` px, or -1. `weight(i)` in px makes a spot win over one that is
 * nearer by no more than that: alerts before quiet kitchens.
 *
 * @param spots ECEF metres, three numbers each
 */
export function nearestSpot(
  spots: Float64Array,
  { matrix: m, width, height }: Viewport,
  pointer: Pointer,
  reach: number,
  weight: (index: number) => number,
): number {
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let i = 0, at = 0; at < spots.length; i++, at += 3) {
    const x = spots[at]!;
    const y = spots[at + 1]!;
    const z = spots[at + 2]!;
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (w <= 0) continue;
    const dx = ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) * 0.5 * width - pointer.x;
    if (dx > reach || dx < -reach) continue;
    const dy = (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) * 0.5 * height - pointer.y;
    const d2 = dx * dx + dy * dy;
    if (d2 > reach * reach) continue;
    const score = Math.sqrt(d2) - weight(i);
    if (score < bestScore) {
      bestScore = score;
      best = i;
    }
  }
  return best;
}

/** Where a spot stands on the screen, CSS px; `null` behind the camera or off the screen. */
export function project(
  spots: Float64Array,
  index: number,
  { matrix: m, width, height }: Viewport,
): Pointer | null {
  const [x, y, z] = [spots[index * 3]!, spots[index * 3 + 1]!, spots[index * 3 + 2]!];
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  if (w <= 0) return null;
  const at = {
    x: ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) * 0.5 * width,
    y: (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) * 0.5 * height,
  };
  return at.x < 0 || at.x > width || at.y < 0 || at.y > height ? null : at;
}
