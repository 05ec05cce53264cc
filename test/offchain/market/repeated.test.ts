import { expect } from "chai";

import { ONE } from "../../../offchain/market/decimal.ts";
import type { Reading } from "../../../offchain/market/reading.ts";
import { withoutRepeats } from "../../../offchain/market/repeated.ts";
import { AT, prices, sale } from "./readings.ts";

const kept = (...readings: Reading[]): string[] => {
  const one = withoutRepeats(readings);
  const other = withoutRepeats(readings.toReversed());
  expect(other).to.deep.equal(one);
  expect(one.kept.length + one.discarded.length).to.equal(readings.length);
  for (const { code } of one.discarded)
    expect(code).to.equal("market/repeated");
  return one.kept.map(({ source }) => source);
};
const mood = (source: string, sentiment: number): Reading => ({
  kind: "sentiment",
  source,
  time: AT,
  sentiment,
});
const shop = (source: string, floor: bigint): Reading => ({
  kind: "collection",
  source,
  time: AT,
  floor,
  volume: undefined,
});
const own = (source: string, price: number): Reading => ({
  kind: "sales",
  source,
  sales: [sale(1, { price })],
});

describe("market/repeated", () => {
  it("keeps one of the readings of a name that say the same", () => {
    expect(kept(mood("a", 1), mood("a", 1), mood("b", 1))).to.deep.equal([
      "a",
      "b",
    ]);
    for (const make of [
      (): Reading => prices([1, 2]),
      (): Reading => shop("a", ONE),
      (): Reading => own("a", 1),
    ])
      expect(kept(make(), make(), make())).to.have.length(1);
  });

  it("keeps none of those that say different things", () => {
    expect(kept(mood("a", 1), mood("a", 2), mood("b", 1))).to.deep.equal(["b"]);
    expect(kept(mood("a", 1), mood("a", 1), mood("a", 2))).to.be.empty;
    expect(kept(shop("a", 1n), shop("a", 2n))).to.be.empty;
    expect(kept(own("a", 1), own("a", 2))).to.be.empty;
    expect(kept(prices([1, 2]), prices([1, 3]))).to.be.empty;
    expect(kept(prices([1]), prices([1], { volume: 1n }))).to.be.empty;
    expect(kept(prices([1]), mood("venue", 1))).to.be.empty;
  });

  it("keeps one of two names with the same prices, rather the one that tells the volume", () => {
    const a = prices([1, 2], { source: "a", tellsVolume: false });
    const b = prices([1, 2], { source: "b" });
    const c = prices([1, 2], { source: "c" });
    const d = prices([1, 2], { source: "d", tellsVolume: false });
    const e = prices([1, 2], { source: "e", volume: 7n });
    expect(kept(a, b)).to.deep.equal(["b"]);
    expect(kept(b, c)).to.deep.equal(["b"]);
    expect(kept(a, d)).to.deep.equal(["a"]);
    expect(kept(a, b, c, d)).to.deep.equal(["b"]);
    expect(kept(b, e)).to.deep.equal(["b", "e"]);
    expect(kept(a, b, e)).to.deep.equal(["b", "e"]);
    expect(kept(b, prices([1, 3], { source: "f" }))).to.deep.equal(["b", "f"]);
    expect(kept(b, prices([1, 2], { source: "f", last: 9 }))).to.have.length(2);
  });

  it("lets two markets tell the same of a collection", () => {
    expect(kept(shop("a", ONE), shop("b", ONE))).to.deep.equal(["a", "b"]);
  });
});
