import { expect } from "chai";

import { encodeAdapter } from "../../../../offchain/generator/adapter/encode.ts";
import { decodeAdapter } from "../../../../offchain/generator/adapter/decode.ts";
import {
  decodeTuningCheckpoint,
  encodeTuningCheckpoint,
} from "../../../../offchain/generator/tuning/checkpoint.ts";
import {
  createTuner,
  type Tuner,
  type TunerInput,
} from "../../../../offchain/generator/tuning/tuner.ts";
import { concat } from "../../../../offchain/kernel/bytes.ts";
import { tunedKernels } from "../../../kit/small-adapter.ts";
import { smallJob } from "../../../kit/small-tuning.ts";
import { thrownBy } from "../../../kit/thrown.ts";

const tune = async (input: TunerInput, steps: number): Promise<Tuner> => {
  const tuner = createTuner(await tunedKernels(), input);
  for (let i = 0; i < steps && !tuner.done(); i++) tuner.advance();
  return tuner;
};

describe("tuner", () => {
  it("learns its pictures", async () => {
    const tuner = createTuner(await tunedKernels(), smallJob());
    const losses = Array.from({ length: 200 }, () => tuner.advance());
    const mean = (from: number): number =>
      losses.slice(from, from + 20).reduce((a, b) => a + b) / 20;
    expect(mean(180)).to.be.lessThan(mean(0) / 5);
    expect(tuner.validation()).to.be.lessThan(0.02);
    expect(tuner.done()).to.equal(true);
    expect(tuner.early()).to.equal(false);
  });

  it("gives the same bytes whether it was stopped or not", async () => {
    const input = smallJob({ steps: 130 });
    const whole = await tune(input, 130);
    const half = await tune(input, 57);
    const kept = encodeTuningCheckpoint(input, half.state());
    const resume = decodeTuningCheckpoint(input, kept);
    const rest = await tune({ ...input, resume }, 130);
    expect(rest.step()).to.equal(130);
    expect(rest.bytes("f32")).to.deep.equal(whole.bytes("f32"));
    expect(encodeTuningCheckpoint(input, rest.state())).to.deep.equal(
      encodeTuningCheckpoint(input, whole.state()),
    );
  });

  it("gives other bytes for another seed", async () => {
    const [one, two] = await Promise.all(
      ["a", "b"].map((seed) => tune(smallJob({ seed }), 3)),
    );
    expect(one!.bytes("f32")).to.not.deep.equal(two!.bytes("f32"));
  });

  it("writes adapters that read as what it holds", async () => {
    const tuner = await tune(smallJob(), 5);
    for (const precision of ["f32", "f16", "int8"] as const) {
      const bytes = tuner.bytes(precision);
      expect(encodeAdapter(decodeAdapter(bytes))).to.deep.equal(bytes);
    }
    expect(decodeAdapter(tuner.bytes("f32"))).to.deep.equal(
      tuner.adapter("f32"),
    );
  });

  it("comes to its end where nothing is gained any more", async () => {
    const flat = smallJob({ steps: 2000, patience: 2, rate: 1 });
    const tuner = await tune(flat, 2000);
    expect(tuner.early()).to.equal(true);
    expect(tuner.step()).to.equal(165);
    expect(tuner.steps()).to.equal(165);
    const endless = await tune(
      { ...flat, plan: { ...flat.plan, patience: 0 } },
      500,
    );
    expect(endless.done()).to.equal(false);
  });

  it("refuses a picture that is not square, or has fewer pixels than cells", async () => {
    const kernels = await tunedKernels();
    for (const size of [32 * 31 * 3, 5 * 5 * 3, 0]) {
      const job = smallJob();
      const pictures = [{ name: "odd", rgb: new Uint8Array(size) }];
      expect(
        thrownBy(() => createTuner(kernels, { ...job, pictures })).code,
      ).to.equal("tuning/bad-picture");
    }
  });
});

describe("tuning checkpoint", () => {
  const input = smallJob();
  let kept: Uint8Array;

  before(async () => {
    kept = encodeTuningCheckpoint(input, (await tune(input, 2)).state());
  });

  const reading = (run: TunerInput, bytes = kept): string =>
    thrownBy(() => decodeTuningCheckpoint(run, bytes)).code;

  it("is refused by every other run", () => {
    const zero = `0x${"00".repeat(32)}` as const;
    const [first, second] = input.pictures as [
      (typeof input.pictures)[0],
      (typeof input.pictures)[0],
    ];
    const others: Record<string, TunerInput> = {
      base: { ...input, base: zero },
      dataset: { ...input, dataset: zero },
      rank: { ...input, plan: { ...input.plan, rank: 4 } },
      seed: { ...input, plan: { ...input.plan, seed: "other" } },
      order: { ...input, pictures: [second, first] },
      name: { ...input, pictures: [{ ...first, name: "other" }, second] },
      pixel: {
        ...input,
        pictures: [
          { ...first, rgb: first.rgb.with(0, 255 - first.rgb[0]!) },
          second,
        ],
      },
    };
    for (const [what, other] of Object.entries(others))
      expect(reading(other), what).to.equal("tuning/other-run");
  });

  it("is refused when it is cut short, longer, or changed anywhere", () => {
    for (const n of [0, 3, 4, 50, 300, kept.length - 1])
      expect(reading(input, kept.subarray(0, n))).to.equal(
        "tuning/bad-checkpoint",
      );
    expect(reading(input, concat(kept, new Uint8Array(4)))).to.equal(
      "tuning/bad-checkpoint",
    );
    const changed = kept.with(kept.length - 9, kept.at(-9)! ^ 1);
    expect(reading(input, changed)).to.equal("tuning/bad-checkpoint");
    const huge = kept.slice();
    new DataView(huge.buffer).setUint32(0, 0xffffffff, true);
    expect(reading(input, huge)).to.equal("tuning/bad-checkpoint");
  });
});
