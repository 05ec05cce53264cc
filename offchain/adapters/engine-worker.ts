import { parentPort, workerData } from "node:worker_threads";

import { isLoopError } from "../kernel/errors.ts";
import { createEngine } from "../loop/engine.ts";
import type { EngineAnswer, EngineCall } from "./engine-pool.ts";

const port = parentPort;
if (port === null)
  throw new Error("engine-worker.ts runs only as a worker of engine-pool.ts");

const engine = createEngine(workerData as ReadonlyMap<string, Uint8Array>);
// The first call reports it; without this a recipe that does not load would end the worker with a stack trace.
engine.catch(() => undefined);

port.on("message", (call: EngineCall) => {
  void answer(call).then((reply) => port.postMessage(reply));
});

async function answer({ id, op, args }: EngineCall): Promise<EngineAnswer> {
  try {
    const method = (await engine)[op] as (...values: unknown[]) => unknown;
    return { id, value: method(...args) };
  } catch (error) {
    // A structured clone keeps the message but not the class: send what rebuilds it.
    const code = isLoopError(error) ? error.code : undefined;
    return {
      id,
      error: {
        name: isLoopError(error) ? error.name : "Error",
        code,
        message: String((error as Error).message),
      },
    };
  }
}
