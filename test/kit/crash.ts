import type { Point } from "../../offchain/loop/journal.ts";

/** The process dies here. */
export class Crash extends Error {}

/** Whether it died here; an adapter may have put its own error around. */
export function isCrash(error: unknown): boolean {
  return (
    error instanceof Crash || (error instanceof Error && isCrash(error.cause))
  );
}

/** A point that dies at the first passing of a label. */
export function dyingAt(label: string): Point {
  return (passed) => {
    if (passed === label) throw new Crash(label);
  };
}
