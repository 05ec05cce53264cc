import { expect } from "chai";

import {
  measured,
  MOST_MEASURED,
} from "../../../../offchain/loop/calibrate/sample.ts";

const numbered = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => Uint8Array.of(i >> 8, i & 255));

describe("loop/calibrate/sample", () => {
  it("takes all of a small dataset", () => {
    expect(measured(numbered(38))).to.deep.equal(numbered(38));
  });

  it("takes pictures evenly from a large one, from the first to nearly the last", () => {
    const places = measured(numbered(10_000)).map(
      ([high = 0, low = 0]) => high * 256 + low,
    );
    expect(places).to.have.lengthOf(MOST_MEASURED);
    const steps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
    for (const step of steps) expect(step).to.be.within(156, 157);
    expect(places[0]).to.equal(0);
  });
});
