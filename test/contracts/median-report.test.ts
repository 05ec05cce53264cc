import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../offchain/kernel/observation.ts";
import { medianReport } from "../../offchain/market/median-report.ts";
import { deployLoop } from "../kit/deploy-loop.ts";
import { REPORTERS } from "../kit/jobs.ts";

const MOST = 16;
const LARGEST = 2 ** 48 - 1;

/** A field that is near the others' values, or anything; absent now and then. */
const field = (low: number, high: number, near: number) =>
  fc.option(
    fc.oneof(
      fc.integer({ min: near, max: near + 5 }),
      fc.integer({ min: low, max: high }),
      fc.constantFrom(low, high),
    ),
    { nil: undefined, freq: 9 },
  );

const observations: fc.Arbitrary<Hex> = fc
  .record({
    change: field(-32_768, 32_767, -3),
    volatility: field(0, 65_535, 400),
    trend: field(-32_768, 32_767, -3),
    sentiment: field(0, 10_000, 5_000),
    floor: field(0, LARGEST, 70_000),
    volume: field(0, LARGEST, 4_000),
  })
  .chain((fields) =>
    fc.integer({ min: 0, max: 2 ** 40 - 1 }).map((time) => {
      const seen = Object.entries(fields).filter(
        ([, value]) => value !== undefined,
      );
      return packObservation({
        ...NEUTRAL_OBSERVATION,
        ...Object.fromEntries(seen),
        present: {
          ...NEUTRAL_OBSERVATION.present,
          ...Object.fromEntries(seen.map(([name]) => [name, true])),
        },
        time,
      });
    }),
  );

describe("the reporters' contract and the engine", function () {
  it("make the same observation of several", async function () {
    const { ethers, oracle, registry, accounts, close } = await deployLoop();
    const reporters = await ethers.deployContract("SignedReporters", [
      registry,
      oracle,
      [accounts[REPORTERS[0]]],
      1,
    ]);
    const medianOf = reporters.getFunction("medianOf");

    await fc.assert(
      fc.asyncProperty(
        fc.array(observations, { minLength: 1, maxLength: MOST }),
        fc.integer({ min: 1, max: MOST }),
        async (words, most) => {
          const quorum = Math.min(most, words.length);
          expect(await medianOf(words, quorum)).to.equal(
            medianReport(words, quorum),
          );
        },
      ),
      { numRuns: 100 },
    );
    await close();
  });
});
