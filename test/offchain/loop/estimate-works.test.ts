import { stat } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { estimateWorks } from "../../../offchain/loop/estimate-works.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { CONDITIONS, startWorld } from "../../kit/fake-world.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";

describe("loop/estimate-works", () => {
  it("knows from a few works how large the archives of many are, and counts time in proportion", async () => {
    const recipe = await mintableRecipe();
    const world = await startWorld([recipe]);
    let now = 0;
    const found = await estimateWorks(
      { counts: [40, 20], conditions: CONDITIONS, sample: 6 },
      {
        recipe,
        pool: createFakePool(),
        // Two looks at it: the sample takes three seconds.
        clock: { elapsed: () => (now += 3_000), now: () => new Date(0) },
        hash: nativeSha256,
      },
    );
    await world.mint(40);
    await world.mint(20);
    let bytes = 0;
    for (const batch of [1, 2]) {
      const car = `minted-${batch}/batch-${batch}.car`;
      bytes += (await stat(join(world.folder, car))).size;
    }
    await world.close();
    expect(found.bytes).to.be.within(
      Math.floor(0.9 * bytes),
      Math.ceil(1.1 * bytes),
    );
    expect(found.bytes).to.equal(
      2 * found.bytesPerBatch + 60 * found.bytesPerWork,
    );
    expect(found.sample).to.equal(6);
    expect(found.seconds).to.equal((2 * 60 * 3) / 6);
  });
});
