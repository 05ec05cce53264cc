import type { MintRequest } from "../offchain/loop/mint-task.ts";
import type { MintReport } from "../offchain/loop/mint.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import type { Recipe } from "../offchain/loop/recipe.ts";
import { writeReceipts } from "../offchain/loop/receipts.ts";
import type { Receipt } from "../offchain/publishing/receipts.ts";
import type { Deps } from "./compose.ts";
import type { ReceiptWiring } from "./compose/receipts.ts";

/** Writes the signed receipt of a finished run beside its archives. */
export async function keepReceipt(
  deps: Deps,
  wiring: ReceiptWiring,
  {
    request,
    recipe,
    workers,
    report,
    progress,
  }: {
    readonly request: Pick<MintRequest, "conditions" | "out">;
    readonly recipe: Recipe;
    readonly workers: number;
    readonly report: MintReport;
    readonly progress: Progress;
  },
): Promise<{ readonly path: string; readonly receipt: Receipt }> {
  const { conditions, out } = request;
  const instance = await deps.chain.instance();
  const facts = { instance, recipe, conditions, workers, report };
  const kept = await writeReceipts(out, facts, {
    ...deps,
    ...wiring,
    progress,
  });
  if (kept.receipt.signature === null)
    progress.note(
      "The operator's key is held by the network's node, so the receipt has no signature.",
    );
  return kept;
}
