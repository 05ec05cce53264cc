import { isLoopError, RetryableError } from "../offchain/kernel/errors.ts";
import type { Console } from "./console/console.ts";

/** What ends one look and not the watching: the market may be there again at the next one. */
const PASSES = /^(market|round|report)\/|^chain\/refused$|^courier\//;

/**
 * Looks at a market again and again until the signal ends it. What goes wrong at one look is told, once as long as it stays the same,
 * and left to the next; what would go wrong at each ends the watching.
 */
export async function watchMarket(
  console: Console,
  {
    every,
    signal,
    sleep,
    onIdle,
    once,
  }: {
    /** Seconds. */
    readonly every: number;
    readonly signal: AbortSignal;
    readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
    /** Told whether nothing is under way: then Ctrl-C may end it. */
    readonly onIdle: (idle: boolean) => void;
    readonly once: () => Promise<void>;
  },
): Promise<void> {
  let told = "";
  try {
    for (;;) {
      try {
        await once();
        told = "";
      } catch (error) {
        if (!isLoopError(error) || !passes(error)) throw error;
        const said = `${error.code}: ${error.message}`;
        if (said !== told) console.note(`Nothing was brought: ${said}`);
        told = said;
      }
      onIdle(true);
      await sleep(every, signal);
      onIdle(false);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    console.note("Stopped watching; nothing is half-done.");
  }
}

function passes(error: { readonly code: string }): boolean {
  return error instanceof RetryableError || PASSES.test(error.code);
}
