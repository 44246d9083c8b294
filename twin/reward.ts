/**
 * The reward of somebody who told of a serious breach (举报奖励; 市场监管领域重大违法行为举报奖励暂行办法, 国市监稽规〔2021〕4号 Art. 12;
 * DOMAIN R43): a share of the fine by how well the tip was proven, never below a floor, never above a cap.
 */

/** 1 = full proof handed in, 2 = good evidence, 3 = a lead. */
export type RewardLevel = 1 | 2 | 3;

/** Percent of the fine, and the least that is paid, yuan. */
const REWARDS: Readonly<Record<RewardLevel, { readonly percent: number; readonly floor: number }>> = {
  1: { percent: 5, floor: 5_000 },
  2: { percent: 3, floor: 3_000 },
  3: { percent: 1, floor: 1_000 },
};
/** Of one case, yuan. */
export const REWARD_MAX = 1_000_000;

/** What a decision says that matters to a reward. */
export interface RewardedDecision {
  readonly kind: "penalty" | "warning" | "none";
  /** Yuan. */
  readonly fine: number | null;
  readonly level: RewardLevel | null;
}

/** Yuan, in whole fen; 0 for what is no serious breach: a warning, no penalty, or no level given. */
export function rewardOf({ kind, fine, level }: RewardedDecision): number {
  if (kind !== "penalty" || level === null) return 0;
  const { percent, floor } = REWARDS[level];
  const fen = Math.round((fine ?? 0) * percent);
  return Math.min(REWARD_MAX, Math.max(floor, fen / 100));
}

export function isRewardLevel(level: number | null | undefined): level is RewardLevel {
  return level === 1 || level === 2 || level === 3;
}
