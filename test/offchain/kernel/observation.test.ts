import { expect } from "chai";
import fc from "fast-check";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Observation } from "../../../offchain/kernel/observation.ts";
import { isLoopError } from "../../../offchain/kernel/errors.ts";
import { fromHex, toHex } from "../../../offchain/kernel/bytes.ts";

const field = (
  present: boolean,
  arbitrary: fc.Arbitrary<number>,
  neutral: number,
): fc.Arbitrary<number> => (present ? arbitrary : fc.constant(neutral));

const observations: fc.Arbitrary<Observation> = fc
  .record({
    change: fc.boolean(),
    volatility: fc.boolean(),
    trend: fc.boolean(),
    sentiment: fc.boolean(),
    floor: fc.boolean(),
    volume: fc.boolean(),
  })
  .chain((present) =>
    fc.record({
      present: fc.constant(present),
      change: field(present.change, fc.integer({ min: -32768, max: 32767 }), 0),
      volatility: field(
        present.volatility,
        fc.integer({ min: 0, max: 65535 }),
        0,
      ),
      trend: field(present.trend, fc.integer({ min: -32768, max: 32767 }), 0),
      sentiment: field(
        present.sentiment,
        fc.integer({ min: 0, max: 10000 }),
        5000,
      ),
      floor: field(present.floor, fc.integer({ min: 0, max: 2 ** 48 - 1 }), 0),
      volume: field(
        present.volume,
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        0,
      ),
      time: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
      guardThreshold: fc.integer({ min: 0, max: 10000 }),
      oddsSensitivity: fc.integer({ min: 0, max: 65535 }),
      sizeLog2: fc.integer({ min: 6, max: 12 }),
      generation: fc.integer({ min: 0, max: 15 }),
    }),
  );

describe("kernel/observation", () => {
  it("reads back every observation that it packs", () => {
    fc.assert(
      fc.property(
        observations,
        (o) =>
          void expect(unpackObservation(packObservation(o))).to.deep.equal(o),
      ),
    );
  });

  it("pins the layout of the word", () => {
    const present = {
      ...NEUTRAL_OBSERVATION.present,
      change: true,
      volatility: true,
    };
    const word = packObservation({
      ...NEUTRAL_OBSERVATION,
      present,
      change: -250,
      volatility: 312,
      time: 1609372800,
    });
    expect(word).to.equal(
      "0x0103ff06013800001388000000000000000000000000005fed14801388271009",
    );
  });

  it("keeps the generation in the bits where the forge writes it, and leaves all others alone", () => {
    const forged = (word: string, generation: number): string =>
      toHex(
        fromHex(word).map((byte, i) =>
          i === 31 ? byte | (generation << 4) : byte,
        ),
      );
    fc.assert(
      fc.property(observations, (o) => {
        expect(packObservation(o)).to.equal(
          forged(packObservation({ ...o, generation: 0 }), o.generation),
        );
      }),
    );
    expect(packObservation({ ...NEUTRAL_OBSERVATION, generation: 3 })).to.equal(
      "0x0100000000000000138800000000000000000000000000000000001388271039",
    );
  });

  it("accepts no word that it would not write", () => {
    const word = fromHex(packObservation(NEUTRAL_OBSERVATION));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (bit) => {
        const flipped = word.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        try {
          expect(packObservation(unpackObservation(toHex(flipped)))).to.equal(
            toHex(flipped),
          );
        } catch (error) {
          expect(isLoopError(error, "kernel/bad-conditions")).to.equal(true);
        }
      }),
    );
  });

  it("refuses fields out of range, fractions, and absent fields that are not neutral", () => {
    const bad: Partial<Observation>[] = [
      { time: -1 },
      { time: 0.5 },
      { guardThreshold: 10001 },
      { sizeLog2: 5 },
      { sizeLog2: 13 },
      { sizeLog2: 9.5 },
      { generation: -1 },
      { generation: 0.5 },
      { generation: 16 },
      { volatility: 1 },
    ];
    for (const change of bad) {
      expect(() => packObservation({ ...NEUTRAL_OBSERVATION, ...change }))
        .to.throw()
        .with.property("code", "kernel/bad-observation");
    }
  });
});
