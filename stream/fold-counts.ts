/** The balance of CONTRACT §5: every accepted event ends in exactly one of processed, late, quarantined. */
export interface FoldCounts {
  /** New events and column entries. */
  accepted: number;
  /** Repeats of an identity. */
  duplicates: number;
  /** Accepted, but older than the watermark when they came. */
  late: number;
  /** Accepted, but of a device whose quality is suspect. */
  quarantined: number;
}

export function noCounts(): FoldCounts {
  return { accepted: 0, duplicates: 0, late: 0, quarantined: 0 };
}

export function processedOf(counts: FoldCounts): number {
  return counts.accepted - counts.late - counts.quarantined;
}
