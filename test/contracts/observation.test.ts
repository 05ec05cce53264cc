import { expect } from "chai";
import fc from "fast-check";

import { fromHex, toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
} from "../../offchain/kernel/observation.ts";
import { deployLoop } from "../kit/deploy-loop.ts";

const FIELDS = ["change", "volatility", "trend", "sentiment"] as const;

/** Words near the border between observations and others: well-formed ones with one byte replaced, or none. */
const words: fc.Arbitrary<Hex> = fc
  .record({
    values: fc.array(fc.integer({ min: 0, max: 10_000 }), {
      minLength: 4,
      maxLength: 4,
    }),
    observed: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    time: fc.integer({ min: 1, max: 1_600_000_000 }),
    place: fc.integer({ min: 0, max: 63 }),
    byte: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ values, observed, time, place, byte }) => {
    const seen = FIELDS.filter((_, i) => observed[i]);
    const word = fromHex(
      packObservation({
        ...NEUTRAL_OBSERVATION,
        ...Object.fromEntries(
          seen.map((field) => [field, values[FIELDS.indexOf(field)]]),
        ),
        present: {
          ...NEUTRAL_OBSERVATION.present,
          ...Object.fromEntries(seen.map((field) => [field, true])),
        },
        time,
      }),
    );
    const copy = Uint8Array.from(word);
    if (place < 32) copy[place] = byte;
    return toHex(copy);
  });

/** Whether the engine reads it, and as a market alone. */
function isMarket(word: Hex): boolean {
  try {
    const { guardThreshold, oddsSensitivity, sizeLog2, generation } =
      unpackObservation(word);
    return (
      guardThreshold === NEUTRAL_OBSERVATION.guardThreshold &&
      oddsSensitivity === NEUTRAL_OBSERVATION.oddsSensitivity &&
      sizeLog2 === NEUTRAL_OBSERVATION.sizeLog2 &&
      generation === NEUTRAL_OBSERVATION.generation
    );
  } catch {
    return false;
  }
}

describe("the oracle and the engine", function () {
  it("agree on what an observation is", async function () {
    const { oracle, close } = await deployLoop({ maxAge: 0n });
    const malformed = oracle.interface.getError(
      "MarketOracleMalformedObservation",
    )?.selector as string;
    let taken = 0;
    let refused = 0;

    await fc.assert(
      fc.asyncProperty(words, async (word) => {
        const answer = await oracle.accept.staticCall(word).then(
          () => "",
          (error: unknown) => String((error as { data?: string }).data),
        );
        expect(answer.startsWith(malformed), word).to.equal(!isMarket(word));
        if (answer === "") taken += 1;
        else refused += 1;
      }),
      { numRuns: 300 },
    );
    await close();

    expect(taken).to.be.greaterThan(50);
    expect(refused).to.be.greaterThan(50);
  });
});
