import { expect } from "chai";

import {
  fitOdds,
  type Sample,
} from "../../../../offchain/loop/calibrate/odds.ts";
import { parseTraitTable } from "../../../../offchain/rarity/table.ts";
import { stream } from "../../guard/pictures.ts";

const table = parseTraitTable({
  version: 1,
  traits: [
    {
      name: "way",
      values: ["near", "off", "refused"].map((name) => ({ name, weight: 100 })),
    },
    {
      name: "donor",
      values: ["a", "b"].map((name) => ({ name, weight: 50 })),
    },
  ],
});
const rng = stream("odds");
const cloud = (shift: number): Float64Array =>
  Float64Array.from(
    { length: 3 },
    (_, k) => rng.gauss() / 2 + (k === 0 ? shift : 0),
  );
const reference = Array.from({ length: 20 }, () => cloud(0));
const sample = (
  way: string,
  i: number,
  shift: number,
  accepted: boolean,
): Sample => ({
  traits: { way, donor: i % 2 === 0 ? "a" : "b" },
  point: cloud(shift),
  accepted,
});
const samples: Sample[] = [...Array(15).keys()].flatMap((i) => [
  sample("near", i, 0, i % 5 !== 0),
  sample("off", i, 3, true),
  sample("refused", i, 0, i === 0),
]);
const fitted = (
  goal: number,
  keep: string[] = [],
): ReturnType<typeof fitOdds> =>
  fitOdds({ table, samples, reference, keep: new Set(keep), goal });
const weights = ({ table: { traits } }: ReturnType<typeof fitOdds>): number[] =>
  traits[0]?.values.map(({ weight }) => weight) ?? [];

describe("loop/calibrate/odds", () => {
  it("drops what the guard rejects and what stands out, and keeps the rest as it was", () => {
    const odds = fitted(0.5, ["donor"]);
    expect(odds.dropped).to.deep.equal([
      { trait: "way", value: "refused", reason: "rejected" },
      { trait: "way", value: "off", reason: "unlike" },
    ]);
    expect(weights(odds)).to.deep.equal([100, 0, 0]);
    expect(odds.distance).to.be.below(0.5);
    expect(parseTraitTable(odds.table)).to.deep.equal(odds.table);
  });

  it("drops nothing for likeness where the goal is met", () => {
    expect(fitted(1e9).dropped.map(({ reason }) => reason)).to.deep.equal([
      "rejected",
    ]);
  });

  it("takes no value from the traits that name donors, and never the last of a trait", () => {
    const odds = fitted(-1e9, ["donor", "way"]);
    expect(odds.dropped).to.deep.equal([]);
    for (const { values } of fitted(-1e9).table.traits)
      expect(values.some(({ weight }) => weight > 0)).to.equal(true);
  });

  it("does not judge a value by a handful of candidates", () => {
    const few = samples.filter(
      ({ traits }, i) => traits["way"] !== "refused" || i < 9,
    );
    const odds = fitOdds({
      table,
      samples: few,
      reference,
      keep: new Set(),
      goal: 1e9,
    });
    expect(odds.dropped).to.deep.equal([]);
  });
});
