import fc from "fast-check";

import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../../offchain/kernel/observation.ts";

const SPAN_48 = 0x1_0000_0000_0000;

/** Numbers of a range with its ends more often than chance would bring them. */
const wide = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));

/** Any observation that packs, absent fields neutral. */
export const observation: fc.Arbitrary<Observation> = fc
  .record({
    present: fc.record({
      change: fc.boolean(),
      volatility: fc.boolean(),
      trend: fc.boolean(),
      sentiment: fc.boolean(),
      floor: fc.boolean(),
      volume: fc.boolean(),
    }),
    change: wide(-32_768, 32_767),
    volatility: wide(0, 65_535),
    trend: wide(-32_768, 32_767),
    sentiment: wide(0, 10_000),
    floor: wide(0, SPAN_48 - 1),
    volume: wide(0, SPAN_48 - 1),
    time: wide(0, 0xff_ffff_ffff),
  })
  .map((fields) => {
    const { present } = fields;
    const kept = Object.fromEntries(
      Object.keys(present)
        .filter((field) => !present[field as keyof typeof present])
        .map((field) => [
          field,
          NEUTRAL_OBSERVATION[field as keyof typeof present],
        ]),
    );
    return { ...NEUTRAL_OBSERVATION, ...fields, ...kept };
  });

/** Several rounds. */
export const rounds = fc.array(observation, { maxLength: 24 });
