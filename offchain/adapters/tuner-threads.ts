import { Worker } from "node:worker_threads";

import type { Precision } from "../generator/adapter/adapter.ts";
import {
  FatalError,
  RetryableError,
  type ErrorCode,
} from "../kernel/errors.ts";
import type {
  Tuners,
  TuningJob,
  TuningProgress,
  TuningRun,
} from "../loop/ports-tuning.ts";

/** What the thread can be asked. */
export interface TunerOps {
  readonly progress: () => TuningProgress;
  readonly advance: (steps: number) => TuningProgress;
  readonly preview: (
    pictures: readonly number[],
    size: number,
  ) => readonly Uint8Array[];
  readonly checkpoint: () => Uint8Array;
  readonly adapter: (precision: Precision) => Uint8Array;
}

/** One call to the thread. */
export interface TunerCall {
  readonly id: number;
  readonly op: keyof TunerOps;
  readonly args: readonly unknown[];
}

/** The thread's answer to the call of the same id. */
export interface TunerAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly name: string;
    readonly code: ErrorCode | undefined;
    readonly message: string;
  };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Tuning runs, each in a worker thread, so that the caller can draw a bar and hear Ctrl-C.
 * @throws LoopError whatever the tuner throws; `tuning/worker-died` if the thread ends by itself; `tuning/closed` after `close`
 */
export function createTunerThreads(): Tuners {
  return {
    async begin(job) {
      const run = openThread(job);
      try {
        await run.progress();
        return run;
      } catch (error) {
        await run.close();
        throw error;
      }
    },
  };
}

function openThread(job: TuningJob): TuningRun {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let failure: Error | undefined;
  const worker = new Worker(new URL("./tuner-worker.ts", import.meta.url), {
    workerData: job,
  });
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on("message", (answer: TunerAnswer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (call !== undefined) settle(call, answer);
  });
  worker.on("error", (cause) => {
    const message = `The tuning thread failed: ${cause.message}; run again, it goes on from its checkpoint.`;
    fail(new RetryableError("tuning/worker-died", message, { cause }));
  });
  worker.on("exit", (code) => {
    const message = `The tuning thread ended with code ${code}; run again, it goes on from its checkpoint.`;
    fail(new RetryableError("tuning/worker-died", message));
  });
  const call = <T>(op: keyof TunerOps, ...args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      const id = calls++;
      waiting.set(id, { resolve, reject });
      return worker.postMessage({ id, op, args });
    }) as Promise<T>;

  return {
    progress: () => call("progress"),
    advance: (steps) => call("advance", steps),
    preview: (...args) => call("preview", ...args),
    checkpoint: () => call("checkpoint"),
    adapter: (precision) => call("adapter", precision),
    async close() {
      const message =
        "The tuning run was closed before this call was answered.";
      fail(new FatalError("tuning/closed", message));
      await worker.terminate();
    },
  };
}

function settle(call: Waiting, { value, error }: TunerAnswer): void {
  if (error === undefined) return call.resolve(value);
  const Family = error.name === "RetryableError" ? RetryableError : FatalError;
  return call.reject(
    error.code === undefined
      ? new Error(error.message)
      : new Family(error.code, error.message),
  );
}
