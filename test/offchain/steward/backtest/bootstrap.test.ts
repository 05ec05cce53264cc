import { expect } from "chai";

import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import {
  blockStarts,
  intervalOf,
  pairedGain,
  running,
  runningBand,
} from "../../../../offchain/steward/backtest/bootstrap.ts";

const rng = (label = "bootstrap") => createRng(keccak256(utf8(label)));

describe("offchain/steward/backtest/bootstrap", () => {
  it("covers as much as there is with blocks that lie inside it", () => {
    const starts = blockStarts(103, 10, rng());
    expect(starts).to.have.length(11);
    for (const start of starts) expect(start).to.be.within(0, 93);
    expect(blockStarts(0, 10, rng())).to.deep.equal([]);
    expect(blockStarts(3, 10, rng())).to.deep.equal([0]);
  });

  it("takes the middle 95 percent", () => {
    const { low, high } = intervalOf(Array.from({ length: 1001 }, (_, i) => i));
    expect([low, high]).to.deep.equal([25, 975]);
  });

  it("has no doubt where every period gains the same share", () => {
    const theirs = Array.from({ length: 80 }, (_, i) => 1 + (i % 7));
    const found = pairedGain(
      theirs.map((x) => 1.5 * x),
      theirs,
      rng(),
    );
    for (const each of [found.value, found.low, found.high])
      expect(Math.abs(each - 0.5)).to.be.at.most(1e-12);
  });

  it("covers no difference about as often as it claims to", () => {
    const draw = rng("noise");
    const misses = Array.from({ length: 60 }, (_, i) => {
      const series = () => Array.from({ length: 100 }, () => draw.unit());
      const { low, high } = pairedGain(series(), series(), rng(`${i}`));
      return low > 0 || high < 0;
    }).filter(Boolean).length;
    // 3 expected; blocks are few, so somewhat more.
    expect(misses).to.be.lessThan(12);
  });

  it("says nothing of nothing", () => {
    const found = pairedGain([0, 0, 0], [0, 0, 0], rng());
    expect(found).to.deep.equal({ value: 0, low: 0, high: 0 });
  });

  it("bands the running sum at its places", () => {
    const ones = Array<number>(60).fill(1);
    const band = runningBand(ones, 6, rng());
    expect(band.map(({ at }) => at)).to.deep.equal([10, 20, 30, 40, 50, 60]);
    for (const { at, low, high } of band) {
      expect(Math.abs(low - at)).to.be.at.most(1e-9);
      expect(Math.abs(high - at)).to.be.at.most(1e-9);
    }
    expect(running([1, 2])).to.deep.equal([0, 1, 3]);
  });
});
