import { expect } from "chai";

import { createTunerThreads } from "../../../offchain/adapters/tuner-threads.ts";
import { encodeWeights } from "../../../offchain/generator/model/weights.ts";
import { decodeAdapter } from "../../../offchain/generator/adapter/decode.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import type {
  TuningJob,
  TuningRun,
} from "../../../offchain/loop/ports-tuning.ts";
import { tunedWasm } from "../../kit/small-adapter.ts";
import { smallJob } from "../../kit/small-tuning.ts";
import { smallBase } from "../../kit/tuning-gradients.ts";

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: { code: string }) => error.code,
  );

describe("tuner threads", () => {
  const tuners = createTunerThreads();
  const open: TuningRun[] = [];
  let job: TuningJob;

  /** Begins a run that ends with its test, whatever becomes of it: a thread left over would keep the process alive. */
  const begin = async (what: TuningJob): Promise<TuningRun> => {
    const run = await tuners.begin(what);
    open.push(run);
    return run;
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((run) => run.close()));
  });

  before(async () => {
    const { config, values } = smallBase();
    const { dataset, pictures, plan } = smallJob({ steps: 150 });
    const weights = encodeWeights(config, values);
    const kernels = await tunedWasm();
    job = { kernels, weights, dataset, pictures, plan };
  });

  it("tunes, is stopped, and goes on as if it had not been", async () => {
    const first = await begin(job);
    const begun = await first.advance(60);
    expect(begun).to.deep.include({ step: 60, steps: 150, done: false });
    expect(begun.validation).to.be.within(0, 40);
    const checkpoint = await first.checkpoint();
    const ended = await first.advance(1000);
    expect(ended).to.deep.include({ step: 150, done: true, early: false });
    expect(ended.loss).to.be.lessThan(begun.loss);
    expect(ended.validation).to.be.greaterThan(15);
    const whole = await first.adapter("int8");
    await first.close();

    const second = await begin({ ...job, checkpoint });
    expect((await second.progress()).step).to.equal(60);
    await second.advance(1000);
    expect(await second.adapter("int8")).to.deep.equal(whole);
    const [picture, ...others] = await second.preview([1], 16);
    expect(others).to.deep.equal([]);
    expect(picture).to.have.length(16 * 16 * 3);
    await second.close();

    const { base, dataset } = decodeAdapter(whole);
    expect(base).to.equal(toHex(sha256(job.weights)));
    expect(dataset).to.equal(job.dataset);
  });

  it("passes on why a run cannot begin", async () => {
    const damaged = { ...job, checkpoint: new Uint8Array(5) };
    expect(await codeOf(tuners.begin(damaged))).to.equal(
      "tuning/bad-checkpoint",
    );
    const other = { ...job, weights: new Uint8Array(5) };
    expect(await codeOf(tuners.begin(other))).to.equal("generator/bad-weights");
  });

  it("stops within a slice", async () => {
    const plan = { ...job.plan, steps: 1_000_000, patience: 0 };
    const run = await begin({ ...job, plan });
    const slice = codeOf(run.advance(1_000_000));
    await run.close();
    expect(await slice).to.equal("tuning/closed");
    expect(await codeOf(run.progress())).to.equal("tuning/closed");
  });
});
