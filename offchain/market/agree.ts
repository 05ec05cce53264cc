import type { Discard, MarketField } from "./reading.ts";
import { lowerMedian } from "./statistics.ts";
import type { Told } from "./tell.ts";

/**
 * How far two values of a field may be apart: the larger of a least amount and a share (bps) of the larger value. Venues close a few
 * seconds apart and count volume differently; a floor of listings is not a floor of sales.
 */
const TOLERANCE = {
  change: { least: 300, share: 2_500 },
  volatility: { least: 200, share: 2_500 },
  trend: { least: 300, share: 2_500 },
  sentiment: { least: 1_500, share: 0 },
  floor: { least: 1, share: 2_500 },
  volume: { least: 1, share: 5_000 },
} as const satisfies Record<MarketField, object>;

/** A floor that is an asset's price is the same everywhere, or nearly. */
const PRICE_TOLERANCE = { least: 1, share: 500 };

/** A field's value, and whose word it is. */
export interface Agreed {
  /** Undefined where nobody tells it, or two tell different things. */
  readonly value: number | undefined;
  /** Those near the value. */
  readonly used: readonly Told[];
  /** All whose median it is. */
  readonly heard: readonly Told[];
  readonly discarded: readonly Discard[];
}

/** The lower median of a field over those that tell it. */
export function agree(
  field: MarketField,
  sources: readonly Told[],
  isPrice: boolean,
): Agreed {
  const heard = sources.filter(({ fields }) => fields[field] !== undefined);
  const of = ({ fields }: Told): number => fields[field] ?? 0;
  if (heard.length === 0)
    return { value: undefined, used: [], heard, discarded: [] };
  const { least, share } =
    field === "floor" && isPrice ? PRICE_TOLERANCE : TOLERANCE[field];
  const far = (a: number, b: number): boolean => {
    const [apart, larger] = [
      Math.abs(a - b),
      Math.max(Math.abs(a), Math.abs(b)),
    ];
    return (
      apart > least && BigInt(apart) * 10_000n > BigInt(larger) * BigInt(share)
    );
  };
  const value = Number(lowerMedian(heard.map((one) => BigInt(of(one)))));
  const outliers = heard.filter((one) => far(of(one), value));
  if (heard.length === 2 && outliers.length > 0) {
    const [a, b] = heard.map(of);
    const why = `One of two sources tells ${a} and the other ${b} as ${field}, too far apart to believe either.`;
    return {
      value: undefined,
      used: [],
      heard: [],
      discarded: heard.map(({ source }) => ({
        source,
        field,
        code: "market/disagree",
        why,
      })),
    };
  }
  return {
    value,
    used: heard.filter((one) => !outliers.includes(one)),
    heard,
    discarded: outliers.map((one) => ({
      source: one.source,
      field,
      code: "market/outlier",
      why: `\`${one.source}\` tells ${of(one)} as ${field}, far from ${value}, the median of ${heard.length} sources.`,
    })),
  };
}
