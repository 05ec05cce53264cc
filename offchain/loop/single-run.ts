import { FatalError, isLoopError, type LoopError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { Chain } from "./chain.ts";
import { hashInput, type Journal, type Run } from "./journal.ts";

/** What a small journalled run needs. */
export interface RunPorts {
  readonly chain: Chain;
  readonly journal: Journal;
}

/**
 * A run of a few transactions: one that died is found again by the same request, and the same request made again after it is a new
 * run. What the chain or a courier refuses is over and done with; whatever else goes wrong leaves the run open, to be gone on with. Deliver
 * results inside `work`: what was shown must not be done a second time, and what was not must be.
 */
export async function singleRun<T>(
  { chain, journal }: RunPorts,
  { kind, input }: { readonly kind: string; readonly input: Json },
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const { id: instance } = await chain.instance();
  const run = await journal.run({ instance, kind, input });
  try {
    const result = await work(run);
    await run.finish();
    return result;
  } catch (error) {
    if (isLoopError(error) && isOver(error)) await run.abort(error.message);
    else await run.release();
    throw error;
  }
}

/**
 * Whether an unfinished run of this very request is there: what it was checked for before its first transaction need not hold any
 * more, because of its own transactions.
 */
export async function isInterrupted(
  { chain, journal }: RunPorts,
  { kind, input }: { readonly kind: string; readonly input: Json },
): Promise<boolean> {
  const { id: instance } = await chain.instance();
  const inputHash = hashInput(input);
  return (await journal.openRuns(instance)).some(
    (run) => run.kind === kind && run.inputHash === inputHash,
  );
}

function isOver(error: LoopError): boolean {
  const { code } = error;
  return (
    [
      "chain/refused",
      "chain/reverted",
      "round/not-newer",
      "steward/already-looked",
      "steward/bad-view",
      "steward/other-version",
    ].includes(code) ||
    (code.startsWith("courier/") && error instanceof FatalError)
  );
}
