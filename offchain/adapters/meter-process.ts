import { availableParallelism, cpus } from "node:os";

import type { Machine, Meter } from "../loop/ports-meter.ts";
import { openRapl, type EnergyCounter } from "./energy-rapl.ts";

/** Counts what this process uses, its threads included, and what its processor does where that is told. */
export function createMeter(
  counter: EnergyCounter = openRapl(),
): Meter & { close(): void } {
  return {
    energy: counter.energy,
    read() {
      const { user, system } = process.cpuUsage();
      return {
        milliseconds: performance.now(),
        cpuMilliseconds: (user + system) / 1_000,
        microjoules: counter.read(),
      };
    },
    close: () => counter.close(),
  };
}

/** This machine in words; its name is nobody's business. */
export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: (cpus()[0]?.model ?? "unknown").trim().slice(0, 80),
    platform: process.platform,
    arch: process.arch,
    node: process.version,
  };
}
