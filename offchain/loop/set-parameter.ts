import { isLoopError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { Chain, MinedTransaction, ParameterChange } from "./chain.ts";
import type { Journal } from "./journal.ts";

/**
 * Moves a parameter as a journalled run: a command that died while its transaction was under way finds it again, and the same change
 * made again later, after another one, is a new transaction.
 * @throws FatalError `chain/refused` if no configured account holds the job.
 */
export async function setParameter(
  change: ParameterChange,
  { chain, journal }: { readonly chain: Chain; readonly journal: Journal },
): Promise<Pick<MinedTransaction, "hash" | "gasUsed">> {
  const { id: instance } = await chain.instance();
  const input = change as unknown as Json;
  const run = await journal.run({ instance, kind: "parameters", input });
  try {
    const mined = await run.step("set", input, async () => {
      const sent = await chain.setParameter(change, { key: run.key("set") });
      return { hash: sent.hash, gasUsed: sent.gasUsed };
    });
    await run.finish();
    return mined;
  } catch (error) {
    if (
      isLoopError(error, "chain/refused") ||
      isLoopError(error, "chain/reverted")
    )
      await run.abort(error.message);
    else await run.release();
    throw error;
  }
}
