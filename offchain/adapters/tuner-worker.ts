import { parentPort, workerData } from "node:worker_threads";

import type { Precision } from "../generator/adapter/adapter.ts";
import { createDecoder } from "../generator/adapter/decoder.ts";
import { drawDonor } from "../generator/adapter/draw.ts";
import { loadTunedKernels } from "../generator/kernels/load.ts";
import { decodeWeights } from "../generator/model/weights.ts";
import {
  decodeTuningCheckpoint,
  encodeTuningCheckpoint,
} from "../generator/tuning/checkpoint.ts";
import { createTuner } from "../generator/tuning/tuner.ts";
import { toHex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { isLoopError } from "../kernel/errors.ts";
import type { TuningJob, TuningProgress } from "../loop/ports-tuning.ts";
import type { TunerAnswer, TunerCall, TunerOps } from "./tuner-threads.ts";

const port = parentPort;
if (port === null)
  throw new Error("tuner-worker.ts runs only as a worker of tuner-threads.ts");

const ops = begin(workerData as TuningJob);
// The first call reports it; without this a job that does not begin would end the worker with a stack trace.
ops.catch(() => undefined);

port.on("message", (call: TunerCall) => {
  void answer(call).then((reply) => port.postMessage(reply));
});

async function begin(job: TuningJob): Promise<TunerOps> {
  const kernels = await loadTunedKernels(job.kernels);
  const weights = decodeWeights(job.weights);
  const { dataset, pictures, plan, checkpoint } = job;
  const run = { base: toHex(sha256(job.weights)), dataset, pictures, plan };
  const state = checkpoint && decodeTuningCheckpoint(run, checkpoint);
  const resume = state === undefined ? {} : { resume: state };
  const tuner = createTuner(kernels, { ...run, weights, ...resume });
  const previews = await loadTunedKernels(job.kernels);
  let loss = 0;
  const progress = (): TuningProgress => {
    const error = tuner.validation();
    const validation = error === undefined ? undefined : decibels(error);
    const [done, early] = [tuner.done(), tuner.early()];
    return {
      step: tuner.step(),
      steps: tuner.steps(),
      loss,
      validation,
      done,
      early,
    };
  };
  return {
    progress,
    advance(steps) {
      let [sum, taken] = [0, 0];
      for (; taken < steps && !tuner.done(); taken++) sum += tuner.advance();
      if (taken > 0) loss = sum / taken;
      return progress();
    },
    preview(chosen, size) {
      const adapter = tuner.adapter("f32");
      const top = previews.mark();
      const decoder = createDecoder({ kernels: previews, weights, adapter });
      const drawn = chosen.map((picture) =>
        drawDonor(previews, adapter, decoder, picture, size),
      );
      previews.release(top);
      return drawn;
    },
    checkpoint: () => encodeTuningCheckpoint(run, tuner.state()),
    adapter: (precision: Precision) => tuner.bytes(precision),
  };
}

/** Squared error of colours 0..1 as a ratio of signal to noise. */
function decibels(error: number): number {
  return -10 * Math.log10(error);
}

async function answer({ id, op, args }: TunerCall): Promise<TunerAnswer> {
  try {
    const method = (await ops)[op] as (...values: unknown[]) => unknown;
    return { id, value: method(...args) };
  } catch (error) {
    // A structured clone keeps the message but not the class: send what rebuilds it.
    const code = isLoopError(error) ? error.code : undefined;
    const name = isLoopError(error) ? error.name : "Error";
    const message = String((error as Error).message);
    return { id, error: { name, code, message } };
  }
}
