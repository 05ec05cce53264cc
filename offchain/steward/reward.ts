import type { OwnPeriod } from "./policy.ts";

const DAY = 86_400;
const BPS = 10_000;

/** What a unit of volume counts beside the royalty on it, bps: a market that trades is worth something even where it pays little. */
export const VOLUME_WEIGHT = 100;

/** The stated reward, in words. */
export const REWARD =
  "royalty revenue per day, and 1 % of volume; millionths of the quote unit";

/** Reward of one unit of volume under a royalty in bps. */
export function perVolume(royalty: number): number {
  return (royalty + VOLUME_WEIGHT) / BPS;
}

/** Volume per day over periods, millionths of the quote unit; undefined where they take no time. */
export function volumePerDay(
  periods: readonly OwnPeriod[],
): number | undefined {
  let [volume, seconds] = [0, 0];
  for (const period of periods) {
    volume += period.volume;
    seconds += period.to - period.from;
  }
  return seconds > 0 ? (volume * DAY) / seconds : undefined;
}

/** Periods that began at this time or later and ended by the other. */
export function within(
  own: readonly OwnPeriod[],
  from: number,
  to: number,
): readonly OwnPeriod[] {
  return own.filter((period) => period.from >= from && period.to <= to);
}
