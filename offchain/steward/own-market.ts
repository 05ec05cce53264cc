import type { ExpectedEffect, OwnPeriod, StewardView } from "./policy.ts";
import { perVolume, REWARD, volumePerDay, within } from "./reward.ts";
import { THRESHOLDS } from "./thresholds.ts";

/** Our own market over two windows of the same length. */
export interface OwnMarket {
  readonly before: WindowOf;
  readonly recent: WindowOf;
}

interface WindowOf {
  /** Per day, millionths of the quote unit. */
  readonly volume: number;
  readonly sales: number;
  readonly burns: number;
}

/** Undefined while fewer than two whole windows have been watched. */
export function ownMarket({ own, time }: StewardView): OwnMarket | undefined {
  const { window } = THRESHOLDS;
  const first = own[0];
  if (first === undefined || first.from > time - 2 * window) return undefined;
  const before = windowOf(within(own, time - 2 * window, time - window));
  const recent = windowOf(within(own, time - window, time));
  return before && recent && { before, recent };
}

function windowOf(periods: readonly OwnPeriod[]): WindowOf | undefined {
  const volume = volumePerDay(periods);
  if (volume === undefined) return undefined;
  let [sales, burns] = [0, 0];
  for (const period of periods) {
    sales += period.sales;
    burns += period.burns;
  }
  return { volume, sales, burns };
}

/** Whether today's royalty was in force through the recent window: one in which there were two tells of neither. */
export function settled({ own, time, slots }: StewardView): boolean {
  return within(own, time - THRESHOLDS.window, time).every(
    ({ royalty }) => royalty === slots.royalty.value,
  );
}

/** What a royalty is expected to do if the volume stays as it is; the doubt is how far the volume went between the windows. */
export function revenueOf(
  { before, recent }: OwnMarket,
  from: number,
  to: number,
): ExpectedEffect {
  const swing = Math.abs(recent.volume - before.volume);
  return {
    reward: REWARD,
    holding: Math.round(recent.volume * perVolume(from)),
    changed: Math.round(recent.volume * perVolume(to)),
    doubt: Math.round(swing * perVolume(to)),
  };
}

/** What is done for the works' sake and not for revenue. */
export const NO_REVENUE: ExpectedEffect = {
  reward: REWARD,
  holding: 0,
  changed: 0,
  doubt: 0,
};
