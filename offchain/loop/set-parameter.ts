import type { Json } from "../kernel/json.ts";
import type { MinedTransaction, ParameterChange } from "./chain.ts";
import { singleRun, type RunPorts } from "./single-run.ts";

/**
 * Moves a parameter as a journalled run: a command that died while its transaction was under way finds it again, and the same change
 * made again later, after another one, is a new transaction.
 * @throws FatalError `chain/refused` if no configured account holds the job.
 */
export async function setParameter(
  change: ParameterChange,
  ports: RunPorts,
): Promise<Pick<MinedTransaction, "hash" | "gasUsed">> {
  const input = change as unknown as Json;
  return singleRun(ports, { kind: "parameters", input }, (run) =>
    run.step("set", input, async () => {
      const key = run.key("set");
      const { hash, gasUsed } = await ports.chain.setParameter(change, { key });
      return { hash, gasUsed };
    }),
  );
}
