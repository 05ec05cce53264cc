import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import { medianReport } from "../../../offchain/market/median-report.ts";
import {
  MARKET_FIELDS,
  type MarketField,
} from "../../../offchain/market/reading.ts";
import { thrownBy } from "../../kit/thrown.ts";

const FULL = 63;
const make = (
  fields: Partial<Record<MarketField, number>>,
  time = 0,
): Observation => ({
  ...NEUTRAL_OBSERVATION,
  ...fields,
  present: Object.fromEntries(
    MARKET_FIELDS.map((field) => [field, fields[field] !== undefined]),
  ) as Observation["present"],
  time,
});
const pack = (
  fields: Partial<Record<MarketField, number>>,
  time?: number,
): Hex => packObservation(make(fields, time));
const median = (quorum: number, ...list: Hex[]): Observation =>
  unpackObservation(medianReport(list, quorum));

const observation = (mask: fc.Arbitrary<number>): fc.Arbitrary<Observation> =>
  fc
    .tuple(
      mask,
      fc.record({
        change: fc.integer({ min: -32_768, max: 32_767 }),
        volatility: fc.nat(65_535),
        trend: fc.integer({ min: -32_768, max: 32_767 }),
        sentiment: fc.nat(10_000),
        floor: fc.nat(2 ** 48 - 1),
        volume: fc.nat(2 ** 48 - 1),
      }),
      fc.nat(2 ** 40 - 1),
    )
    .map(([bits, values, time]) =>
      make(
        Object.fromEntries(
          MARKET_FIELDS.filter((_, bit) => bits & (1 << bit)).map((field) => [
            field,
            values[field],
          ]),
        ),
        time,
      ),
    );
const anything = observation(fc.nat(FULL));
/** More than half of n sign: k; fewer than k/2 of them lie, about presence too. */
const round = fc
  .integer({ min: 1, max: 9 })
  .chain((quorum) =>
    fc.record({
      quorum: fc.constant(quorum),
      extra: fc.nat(quorum - 1),
      mask: fc.nat(FULL),
      lies: fc.array(anything, { maxLength: Math.ceil(quorum / 2) - 1 }),
    }),
  )
  .chain(({ quorum, extra, mask, lies }) => {
    const count = quorum + extra - lies.length;
    return fc.record({
      quorum: fc.constant(quorum),
      lies: fc.constant(lies),
      honest: fc.array(observation(fc.constantFrom(mask, FULL)), {
        minLength: count,
        maxLength: count,
      }),
    });
  });

describe("market/median-report", () => {
  it("takes the lower median of each field and of the time, signed", () => {
    expect(
      median(
        3,
        pack({ change: -5, floor: 9 }, 30),
        pack({ change: 7, floor: 1 }, 10),
        pack({ change: -9, floor: 2 }, 20),
      ),
    ).to.deep.equal(make({ change: -5, floor: 2 }, 20));
    expect(
      median(
        2,
        pack({ trend: -1 }, 4),
        pack({ trend: -2 }, 3),
        pack({ trend: 1 }, 2),
        pack({ trend: 2 }, 1),
      ),
    ).to.deep.equal(make({ trend: -1 }, 2));
  });

  it("counts a field only where the quorum observed it, and then over those", () => {
    const [a, b, none] = [
      pack({ sentiment: 100 }),
      pack({ sentiment: 9_000 }),
      pack({}),
    ];
    expect(median(2, a, b, none)).to.deep.equal(make({ sentiment: 100 }));
    expect(median(3, a, b, none)).to.deep.equal(make({}));
    expect(median(3, a, b, none, none, b)).to.deep.equal(
      make({ sentiment: 9_000 }),
    );
  });

  it("refuses too few, and words that no oracle observes", () => {
    const word = pack({ change: 1 });
    expect(thrownBy(() => medianReport([word], 2)).code).to.equal(
      "market/too-few-reports",
    );
    for (const quorum of [0, -1, 1.5, Number.NaN])
      expect(thrownBy(() => medianReport([word], quorum)).code).to.equal(
        "market/bad-quorum",
      );
    for (const bad of [
      "0x",
      `0x${"00".repeat(32)}`,
      word.replace("0x01", "0x02"),
      packObservation({ ...NEUTRAL_OBSERVATION, guardThreshold: 4_999 }),
      packObservation({ ...NEUTRAL_OBSERVATION, oddsSensitivity: 9_999 }),
      packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 8 }),
      packObservation({ ...NEUTRAL_OBSERVATION, generation: 1 }),
    ] as Hex[])
      expect(thrownBy(() => medianReport([word, bad], 1)).code, bad).to.equal(
        "market/malformed-report",
      );
  });

  it("does not depend on the order, and is what one says if all say it", () => {
    fc.assert(
      fc.property(
        fc.array(anything, { minLength: 1, maxLength: 9 }),
        (list) => {
          const words = list.map(packObservation);
          for (const quorum of [1, words.length])
            expect(medianReport(words.toReversed(), quorum)).to.equal(
              medianReport(words, quorum),
            );
          const same = words.map(() => words[0]!);
          expect(medianReport(same, words.length)).to.equal(words[0]);
        },
      ),
    );
  });

  it("stays within the honest where fewer than half of the quorum lie", () => {
    fc.assert(
      fc.property(round, ({ quorum, lies, honest }) => {
        const result = median(
          quorum,
          ...[...lies, ...honest].map(packObservation),
        );
        for (const field of [...MARKET_FIELDS, "time"] as const) {
          const told = honest.filter(
            ({ present }) => field === "time" || present[field],
          );
          if (field !== "time" && !result.present[field]) {
            // Only where no more than the quorum report can liars mute what all the honest observed.
            if (told.length === honest.length)
              expect(honest.length).to.be.below(quorum);
            continue;
          }
          const values = told.map((one) => one[field]);
          expect(result[field], field)
            .to.be.at.least(Math.min(...values))
            .and.at.most(Math.max(...values));
        }
      }),
      { numRuns: 500 },
    );
  });
});
