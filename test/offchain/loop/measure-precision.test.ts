import { expect } from "chai";

import { decodeAdapter } from "../../../offchain/generator/adapter/decode.ts";
import { encodeAdapter } from "../../../offchain/generator/adapter/encode.ts";
import { createMeter } from "../../../offchain/adapters/meter-process.ts";
import { measurePrecision } from "../../../offchain/loop/measure-precision.ts";
import type { Usage } from "../../../offchain/loop/ports-meter.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";
import { tinyPictures } from "../../kit/tiny-dataset.ts";
import { tinyTunedRecipe } from "../../kit/tuned-recipe.ts";

const quiet = { stage: () => undefined, note: () => undefined };

describe("loop/measure-precision", function () {
  this.timeout(60_000);

  it("measures each precision on the same works, and claims no energy that nobody measured", async () => {
    let reads = 0;
    // Each reading is a second later and two CPU-seconds dearer; the machine tells no energy.
    const read = (): Usage => ({
      milliseconds: 1_000 * ++reads,
      cpuMilliseconds: 2_000 * reads,
      microjoules: null,
    });
    const figures = await measurePrecision({
      files: await tinyTunedRecipe(),
      works: 1,
      rounds: 1,
      size: 64,
      meter: { read, energy: { source: null, reason: "a fake" } },
      deflated: (bytes) => bytes.length - 1,
      pictures: tinyPictures(),
      progress: quiet,
    });
    expect(figures.map(({ precision }) => precision)).to.deep.equal([
      "f32",
      "f16",
      "int8",
    ]);
    const [f32, f16, int8] = figures;
    if (f32 === undefined || f16 === undefined || int8 === undefined)
      throw new Error("three are measured");
    expect(f32.bytes).to.be.greaterThan(f16.bytes);
    expect(f16.bytes).to.be.greaterThan(int8.bytes);
    for (const { bytes, deflated, ...row } of figures) {
      expect(deflated).to.equal(bytes - 1);
      expect(row).to.deep.include({ accepted: 1, joules: null });
      expect(row.candidates).to.be.at.least(1);
      expect(row.cpuSeconds.middle).to.equal(2);
      expect(row.ratio.middle).to.equal(0.5);
      expect(row.signal).to.be.greaterThan(10);
    }
    // The fixture is stored as int8: whatever is written finer holds the same numbers.
    expect(figures.map(({ own }) => own)).to.deep.equal([false, false, true]);
    expect(int8.differing).to.be.lessThan(0.05);
    expect([f32.likeness, f32.differing]).to.deep.equal([null, 0]);
  });

  it("refuses an adapter that is not the recipe's", async () => {
    const files = await tinyTunedRecipe();
    const own = decodeAdapter(
      files.get("adapter.safetensors") ?? new Uint8Array(),
    );
    const options = {
      files,
      learned: encodeAdapter({
        ...own,
        precision: "f32",
        codes: own.codes.map((code) => code + 1),
      }),
      works: 1,
      rounds: 1,
      size: 64,
      meter: createMeter(),
      deflated: () => 0,
      progress: quiet,
    };
    await expectCode(measurePrecision(options), "measure/other-adapter");
    options.meter.close();
  });

  it("refuses a recipe without an adapter", async () => {
    const options = {
      files: recipeFixture(),
      works: 1,
      rounds: 1,
      size: 64,
      meter: createMeter(),
      deflated: () => 0,
      progress: quiet,
    };
    await expectCode(measurePrecision(options), "measure/not-tuned");
    options.meter.close();
  });
});
