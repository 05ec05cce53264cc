import { deflateRawSync } from "node:zlib";

import {
  createMeter,
  thisMachine,
} from "../../offchain/adapters/meter-process.ts";
import type { Machine } from "../../offchain/loop/ports-meter.ts";
import type { MeasureOptions } from "../../offchain/loop/measure-precision.ts";

/** What measures this process, and the machine in words. */
export function composeMeasuring(): Pick<
  MeasureOptions,
  "meter" | "deflated"
> & { readonly machine: Machine } {
  return {
    meter: createMeter(),
    machine: thisMachine(),
    deflated: (bytes) => deflateRawSync(bytes, { level: 9 }).length,
  };
}
