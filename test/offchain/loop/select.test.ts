import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { Candidate } from "../../../offchain/loop/engine.ts";
import {
  MAX_TRIES,
  NEAR_DUPLICATE,
  selectWorks,
} from "../../../offchain/loop/select.ts";
import { expectCode } from "../../kit/rejection.ts";

/** A screen whose outcomes are a table: `fails` tells which attempts of which index do not pass by themselves. */
function screenOf(
  fails: (index: number, attempt: number) => boolean,
  hashOf: (index: number, attempt: number) => number,
) {
  const candidate = (index: number, attempt: number): Candidate => {
    const pass = !fails(index, attempt);
    const hash =
      `0x${hashOf(index, attempt).toString(16).padStart(64, "0")}` as Hex;
    return {
      attempt,
      digest: hash,
      traits: {},
      hash,
      verdict: { pass, scores: {}, reasons: pass ? [] : ["blank"] },
    };
  };
  return async (index: number, from: number): Promise<Candidate[]> => {
    const found: Candidate[] = [];
    for (let attempt = from; attempt < MAX_TRIES; attempt++) {
      found.push(candidate(index, attempt));
      if (found.at(-1)?.verdict.pass === true) break;
    }
    return found;
  };
}

const exact = (hashes: Iterable<Hex> = []) => new Set<Hex>(hashes);

describe("loop/select", () => {
  it("takes the first candidate that passes, and keeps every rejected one with its reasons", async () => {
    const screen = screenOf(
      (index, attempt) => attempt < index,
      (index, attempt) => index * 100 + attempt,
    );
    const works = await selectWorks({
      count: 4,
      screen,
      taken: exact(),
      ahead: 3,
    });
    expect(
      works.map(({ tried }) => tried.map(({ reasons }) => reasons)),
    ).to.deep.equal([
      [[]],
      [["blank"], []],
      [["blank"], ["blank"], []],
      [["blank"], ["blank"], ["blank"], []],
    ]);
  });

  it("rejects what resembles an accepted work or an earlier batch, and goes on with the next attempt", async () => {
    const screen = screenOf(
      () => false,
      (_, attempt) => attempt,
    );
    const earlier = `0x${"0".repeat(64)}` as Hex;
    const works = await selectWorks({
      count: 3,
      screen,
      taken: exact([earlier]),
      ahead: 2,
    });
    expect(works.map(({ tried }) => tried.length)).to.deep.equal([2, 3, 4]);
    expect(works[0]?.tried[0]?.reasons).to.deep.equal([NEAR_DUPLICATE]);
  });

  it("gives the same selection however far the screens run ahead", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        async (salt, ahead) => {
          const mix = (index: number, attempt: number): number =>
            Math.imul(index * 31 + attempt + salt, 0x9e3779b1) >>> 0;
          const screen = screenOf(
            (index, attempt) => mix(index, attempt) % 3 === 0,
            (index, attempt) => mix(index, attempt) % 64,
          );
          const one = await selectWorks({
            count: 12,
            screen,
            taken: exact(),
            ahead: 1,
          });
          expect(
            await selectWorks({ count: 12, screen, taken: exact(), ahead }),
          ).to.deep.equal(one);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("gives up with its code when no try of a work passes", async () => {
    const screen = screenOf(
      (index) => index === 1,
      (index) => index,
    );
    await expectCode(
      selectWorks({ count: 2, screen, taken: exact(), ahead: 1 }),
      "guard/no-candidate",
    );
    const same = screenOf(
      () => false,
      () => 7,
    );
    await expectCode(
      selectWorks({ count: 2, screen: same, taken: exact(), ahead: 1 }),
      "guard/no-candidate",
    );
  });
});
