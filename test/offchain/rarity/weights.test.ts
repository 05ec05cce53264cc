import { expect } from "chai";
import fc from "fast-check";

import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import { FULL, signalsOf } from "../../../offchain/rarity/signals.ts";
import {
  MAX_RESPONSE,
  MAX_VALUES,
  MAX_WEIGHT,
} from "../../../offchain/rarity/table.ts";
import {
  effectiveWeight,
  forgedWeights,
  UNIT,
} from "../../../offchain/rarity/weights.ts";
import {
  generations,
  marketOf,
  markets,
  sensitivities,
} from "./observations.ts";

const responses = fc.integer({ min: -MAX_RESPONSE, max: MAX_RESPONSE });
const values = fc.record({
  name: fc.constant("a"),
  weight: fc.integer({ min: 1, max: MAX_WEIGHT }),
  response: fc.record({
    volatility: responses,
    trend: responses,
    sentiment: responses,
  }),
});

describe("rarity/weights", () => {
  it("says nothing on a neutral market", () => {
    expect(signalsOf(NEUTRAL_OBSERVATION)).to.deep.equal({
      volatility: 0,
      trend: 0,
      sentiment: 0,
    });
    fc.assert(
      fc.property(values, sensitivities, (value, sensitivity) => {
        expect(
          effectiveWeight(value, signalsOf(NEUTRAL_OBSERVATION), sensitivity),
        ).to.equal(value.weight * UNIT);
      }),
    );
  });

  it("keeps signals in range and in the order of the market", () => {
    const signs = [
      marketOf(0, -2_000, 0),
      marketOf(300, 0, 5_000),
      marketOf(900, 2_000, 10_000),
      marketOf(65_535, 32_767, 10_000),
    ].map(signalsOf);
    expect(signs).to.deep.equal([
      { volatility: -10_000, trend: -5_000, sentiment: -10_000 },
      { volatility: 0, trend: 0, sentiment: 0 },
      { volatility: 5_000, trend: 5_000, sentiment: 10_000 },
      { volatility: 9_908, trend: 9_424, sentiment: 10_000 },
    ]);
    fc.assert(
      fc.property(markets, markets, (a, b) => {
        const [x, y] = [signalsOf(a), signalsOf(b)];
        for (const signal of ["volatility", "trend", "sentiment"] as const) {
          expect(Math.abs(x[signal])).to.be.at.most(FULL);
          if (a[signal] <= b[signal])
            expect(x[signal]).to.be.at.most(y[signal]);
        }
      }),
    );
  });

  it("never lets a value die out or take over, and stays an integer", () => {
    fc.assert(
      fc.property(
        values,
        markets,
        sensitivities,
        (value, market, sensitivity) => {
          const weight = effectiveWeight(value, signalsOf(market), sensitivity);
          expect(Number.isSafeInteger(weight)).to.equal(true);
          expect(weight).to.be.within(
            (value.weight * UNIT) / 8,
            value.weight * UNIT * 8,
          );
        },
      ),
    );
  });

  it("fits every draw below 2^32, however large the table", () => {
    expect(MAX_VALUES * MAX_WEIGHT * UNIT * 8).to.be.below(2 ** 32);
  });

  it("leaves the table alone at sensitivity 0, and a weight of 0 at 0", () => {
    fc.assert(
      fc.property(
        values,
        markets,
        sensitivities,
        (value, market, sensitivity) => {
          expect(effectiveWeight(value, signalsOf(market), 0)).to.equal(
            value.weight * UNIT,
          );
          expect(
            effectiveWeight(
              { ...value, weight: 0 },
              signalsOf(market),
              sensitivity,
            ),
          ).to.equal(0);
        },
      ),
    );
  });

  it("moves a weight the way its response points, as far as stated", () => {
    const value = { name: "a", weight: 10, response: { volatility: 20_000 } };
    const at = (volatility: number, sensitivity: number): number =>
      effectiveWeight(
        value,
        signalsOf(marketOf(volatility, 0, 5_000)),
        sensitivity,
      );
    // Half the full signal, a response of twice the weight: 10 becomes 10 + 10.
    expect(at(900, 10_000)).to.equal(20_000);
    expect(at(900, 5_000)).to.equal(15_000);
    expect(at(100, 10_000)).to.equal(1_250);
    fc.assert(
      fc.property(fc.nat(65_535), fc.nat(65_535), (a, b) => {
        if (a <= b) expect(at(a, 10_000)).to.be.at.most(at(b, 10_000));
      }),
    );
  });
});

describe("rarity/weights, forged", () => {
  const sum = (weights: readonly number[]): number =>
    weights.reduce((total, weight) => total + weight, 0);
  const weights = fc
    .array(fc.nat(MAX_WEIGHT * UNIT * 8), {
      minLength: 1,
      maxLength: MAX_VALUES,
    })
    .filter((all) => sum(all) > 0);

  it("states the steps from the table's odds to even odds", () => {
    const steps = [0, 1, 2, 3, 4, 5, 15].map((generation) =>
      forgedWeights([6, 0, 3, 1], generation),
    );
    expect(steps).to.deep.equal([
      [6, 0, 3, 1],
      [64, 0, 37, 19],
      [56, 0, 38, 26],
      [48, 0, 39, 33],
      [40, 0, 40, 40],
      [40, 0, 40, 40],
      [40, 0, 40, 40],
    ]);
  });

  it("goes a quarter of the way with each generation, exactly", () => {
    fc.assert(
      fc.property(weights, generations, (from, generation) => {
        const m = BigInt(Math.min(generation, 4));
        const living = BigInt(from.filter((weight) => weight > 0).length);
        const forged = forgedWeights(from, generation);
        const [total, scaled] = [BigInt(sum(from)), BigInt(sum(forged))];
        for (const [i, weight] of from.entries()) {
          const after = forged[i] ?? -1;
          expect(Number.isSafeInteger(after)).to.equal(true);
          // after / scaled = (4 - m) / 4 * weight / total + m / 4 * even / living, without the fractions
          const even = weight > 0 ? 1n : 0n;
          expect(BigInt(after) * 4n * living * total).to.equal(
            scaled * ((4n - m) * living * BigInt(weight) + m * even * total),
          );
        }
      }),
    );
  });

  it("sums to as many totals as a forged draw is made of", () => {
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 1, max: 15 }),
        (from, generation) => {
          const living = from.filter((weight) => weight > 0).length;
          expect(sum(forgedWeights(from, generation))).to.equal(
            4 * living * sum(from),
          );
        },
      ),
    );
  });

  it("revives no value of weight 0 and keeps the order of all others", () => {
    fc.assert(
      fc.property(weights, generations, (from, generation) => {
        const forged = forgedWeights(from, generation);
        from.forEach((a, i) => {
          expect((forged[i] ?? 0) === 0).to.equal(a === 0);
          from.forEach((b, k) => {
            if (a <= b) expect(forged[i]).to.be.at.most(forged[k] ?? 0);
          });
        });
      }),
    );
  });
});
