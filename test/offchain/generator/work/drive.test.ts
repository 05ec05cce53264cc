import { expect } from "chai";

import {
  CHANNELS,
  GENESIS,
  STATE_END,
} from "../../../../offchain/generator/evolution/state.ts";
import { driveOf, lean } from "../../../../offchain/generator/work/drive.ts";

describe("driveOf", () => {
  it("pulls at nothing at genesis", () => {
    for (const channel of CHANNELS)
      expect(driveOf(GENESIS)[channel]).to.equal(0);
  });

  it("pulls evenly for eight steps, then less and less, both ways alike", () => {
    for (const channel of CHANNELS) {
      const at = (steps: number): number =>
        driveOf({ ...GENESIS, [channel]: steps })[channel];
      expect([at(1), at(8)]).to.deep.equal([0.125, 1]);
      for (let steps = 1; steps <= STATE_END; steps++) {
        const stride = at(steps) - at(steps - 1);
        expect(at(-steps)).to.equal(-at(steps));
        expect(stride).to.be.greaterThan(0);
        if (steps > 1)
          expect(stride).to.be.at.most(at(steps - 1) - at(steps - 2));
      }
      expect(at(STATE_END)).to.be.lessThan(1.5);
    }
  });

  it("leans by one share up and by another down", () => {
    expect([lean(0.5, 4, 10), lean(-0.5, 4, 10), lean(0, 4, 10)]).to.deep.equal(
      [2, -5, 0],
    );
  });
});
