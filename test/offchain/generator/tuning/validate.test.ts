import { expect } from "chai";

import { initialValues } from "../../../../offchain/generator/tuning/initial.ts";
import { createTuningNetwork } from "../../../../offchain/generator/tuning/network.ts";
import { createValidator } from "../../../../offchain/generator/tuning/validate.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { tunedKernels } from "../../../kit/small-adapter.ts";
import { smallJob } from "../../../kit/small-tuning.ts";

const SIDE = 128;

describe("validation", () => {
  it("hears of an error in any quarter of a picture", async () => {
    const k = await tunedKernels();
    const { weights, plan } = smallJob();
    const at = k.alloc(SIDE * SIDE * 3);
    const network = createTuningNetwork(k, weights, plan, 1);
    const rng = createRng(new Uint8Array(32));
    const grey = new Uint8Array(SIDE * SIDE * 3).fill(128);
    network.values.set(
      initialValues(k, weights, network.layout, plan, [grey], rng),
    );
    const validate = createValidator(k, network, [{ at, side: SIDE }]);
    k.u8(at, grey.length).set(grey);
    const before = validate();
    expect(before).to.be.lessThan(1e-4);
    for (let quarter = 0; quarter < 4; quarter++) {
      const picture = k.u8(at, grey.length);
      picture.set(grey);
      picture.forEach((_, i) => {
        const [x, y] = [Math.floor(i / 3) % SIDE, Math.floor(i / (3 * SIDE))];
        const place = (x < SIDE / 2 ? 0 : 1) + (y < SIDE / 2 ? 0 : 2);
        if (place === quarter) picture[i] = 255;
      });
      // A quarter of the points, each about a half away.
      expect(validate(), `${quarter}`).to.be.within(0.05, 0.075);
    }
  });
});
