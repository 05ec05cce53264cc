import { Worker } from "node:worker_threads";

import {
  FatalError,
  RetryableError,
  type ErrorCode,
} from "../kernel/errors.ts";
import type { Engine } from "../loop/engine.ts";
import type { EnginePool } from "../loop/ports-pool.ts";

/** One call to a worker. */
export interface EngineCall {
  readonly id: number;
  readonly op: keyof Engine;
  readonly args: readonly unknown[];
}

/** A worker's answer to the call of the same id. */
export interface EngineAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly name: string;
    readonly code: ErrorCode | undefined;
    readonly message: string;
  };
}

interface Waiting extends EngineCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Spreads an engine over worker threads. Each worker holds one call at a time, so a slow picture never queues others behind it.
 * @throws LoopError whatever the engine throws; `pool/worker-died` if a thread ends by itself; `pool/closed` after `close`.
 */
export function createEnginePool(options: {
  files: ReadonlyMap<string, Uint8Array>;
  workers: number;
}): EnginePool {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  let calls = 0;
  let failure: Error | undefined;

  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of [...busy.values(), ...queue.splice(0)])
      reject(failure);
    busy.clear();
  };
  const pump = (): void => {
    for (
      let worker = idle.at(-1);
      worker !== undefined && queue.length > 0;
      worker = idle.at(-1)
    ) {
      const call = queue.shift() as Waiting;
      idle.pop();
      busy.set(worker, call);
      worker.postMessage({ id: call.id, op: call.op, args: call.args });
    }
  };
  const workers = Array.from({ length: options.workers }, () => {
    const worker = new Worker(new URL("./engine-worker.ts", import.meta.url), {
      workerData: options.files,
    });
    worker.on("message", (answer: EngineAnswer) => {
      const call = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      if (call !== undefined) settle(call, answer);
      pump();
    });
    worker.on("error", (cause) =>
      fail(
        new FatalError(
          "pool/worker-died",
          `A render worker failed: ${cause.message}`,
          { cause },
        ),
      ),
    );
    worker.on("exit", (code) =>
      fail(
        new RetryableError(
          "pool/worker-died",
          `A render worker ended with code ${code}; run again.`,
        ),
      ),
    );
    idle.push(worker);
    return worker;
  });
  const call = <T>(op: keyof Engine, ...args: readonly unknown[]): Promise<T> =>
    new Promise<unknown>((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      queue.push({ id: calls++, op, args, resolve, reject });
      return pump();
    }) as Promise<T>;

  return {
    workers: options.workers,
    screen: (...args) => call("screen", ...args),
    paint: (...args) => call("paint", ...args),
    pixels: (...args) => call("pixels", ...args),
    async close() {
      fail(
        new FatalError(
          "pool/closed",
          "The render workers were closed before this call was answered.",
        ),
      );
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function settle(call: Waiting, { value, error }: EngineAnswer): void {
  if (error === undefined) return call.resolve(value);
  const Family = error.name === "RetryableError" ? RetryableError : FatalError;
  return call.reject(
    error.code === undefined
      ? new Error(error.message)
      : new Family(error.code, error.message),
  );
}
