import { expect } from "chai";
import fc from "fast-check";

import {
  bestFixed,
  bestPath,
} from "../../../../offchain/steward/backtest/hindsight.ts";
import {
  createSlot,
  type Limits,
} from "../../../../offchain/steward/backtest/slot.ts";
import type { World } from "../../../../offchain/steward/backtest/world.ts";

const DAY = 86_400;
const START = 1_600_000_000;

/** Room for two moves in four days, one won back every two. */
const limits: Limits = {
  low: 400,
  high: 600,
  step: 50,
  budget: 100,
  delay: DAY,
  window: 4 * DAY,
};

function worldWith(periods: number): World {
  return { periods, base: 500 } as World;
}

/** What the best of all allowed sequences of whole steps is worth. */
function bruteForce(
  periods: number,
  times: readonly number[],
  worth: (period: number, royalty: number) => number,
): number {
  let best = 0;
  for (let code = 0; code < 3 ** periods; code++) {
    const slot = createSlot(500, limits);
    let sum = 0;
    let fine = true;
    for (
      let k = 0, rest = code;
      k < periods;
      k++, rest = Math.floor(rest / 3)
    ) {
      const to = slot.value + ((rest % 3) - 1) * 50;
      const before = times[k] ?? 0;
      if (to !== slot.value && slot.move(to, before) !== undefined)
        fine = false;
      sum += worth(k + 1, slot.value);
    }
    if (fine) best = Math.max(best, sum);
  }
  return best;
}

describe("offchain/steward/backtest/hindsight", () => {
  it("finds the best path inside the box: as good as trying all, and allowed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 400, max: 600 }), {
          minLength: 6,
          maxLength: 6,
        }),
        (targets) => {
          const times = [0, ...targets].map((_, k) => START + k * DAY);
          const worth = (k: number, royalty: number): number =>
            1_000 - Math.abs((targets[k - 1] ?? 0) - royalty);
          const world = worldWith(targets.length + 1);
          const path = bestPath(world, 1, limits, times, worth);
          const slot = createSlot(500, limits);
          let sum = 0;
          for (const [i, royalty] of path.entries()) {
            const time = times[i] ?? 0;
            if (royalty !== slot.value)
              expect(slot.move(royalty, time)).to.equal(undefined);
            sum += worth(i + 1, royalty);
          }
          expect(sum).to.equal(bruteForce(targets.length, times, worth));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("stays where nothing may be moved", () => {
    const world = worldWith(5);
    const closed = { ...limits, step: 0 };
    const path = bestPath(world, 2, closed, [], (_, royalty) => royalty);
    expect(path).to.deep.equal([500, 500, 500]);
  });

  it("finds the best royalty that stands still, the lower of equals", () => {
    const world = worldWith(10);
    const peak = (_: number, royalty: number): number =>
      1_000 - Math.abs(royalty - 475);
    expect(bestFixed(world, 0, limits, peak)).to.equal(475);
    expect(bestFixed(world, 0, limits, () => 1)).to.equal(400);
  });
});
