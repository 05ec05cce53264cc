import { FatalError } from "../kernel/errors.ts";
import type {
  DeploymentTerms,
  Destination,
  PlanChain,
  PlanHeader,
} from "./ports-deployment.ts";

/** Blocks that `blockhash` remembers. */
const RECENT = 256;

/** What seeds rest on there. */
export interface SeedPlan {
  /** The header's randomness, or the block's own hash where headers carry none. */
  readonly word: "prevrandao" | "block hash";
  readonly delay: number;
  readonly window: number;
  /** Whether the chain remembers 8,191 block hashes (EIP-2935). */
  readonly history: boolean;
  readonly why: string;
}

/**
 * Looks whether seed blocks mean there what they must: hashes that the contract can still read at the end of the window, and a word
 * that nobody knows when he opens.
 * @throws FatalError `deploy/no-history`, `deploy/early-seed`, `deploy/known-seed`.
 */
export async function planSeed(
  chain: PlanChain,
  { seedDelay: delay, sealWindow: window }: DeploymentTerms,
  { name, seedDelay: least, why }: Destination,
  file: string,
): Promise<SeedPlan> {
  const head = await chain.header();
  const history = await hasHistory(chain, head);
  if (window > RECENT && !history)
    throw new FatalError(
      "deploy/no-history",
      `\`Loop.sealWindow\` in ${file} is ${window}, and \`${name}\` remembers the hashes of ${RECENT} blocks only, having no history contract (EIP-2935); set it to ${RECENT}.`,
    );
  if (delay < least)
    throw new FatalError(
      "deploy/early-seed",
      `\`Loop.seedDelay\` in ${file} is ${delay} blocks, and \`${name}\` needs ${least}: ${why}.`,
    );
  const bare = BigInt(head.mixHash) === 0n;
  if (!bare && head.number > delay) {
    const before = await chain.header(head.number - delay);
    if (before.mixHash === head.mixHash)
      throw new FatalError(
        "deploy/known-seed",
        `On \`${name}\` blocks ${before.number} and ${head.number} carry the same randomness, so whoever opens would know his seed; raise \`Loop.seedDelay\` in ${file}, or deploy on another chain.`,
      );
  }
  return {
    word: bare ? "block hash" : "prevrandao",
    delay,
    window,
    history,
    why,
  };
}

/** The contract is asked for a block that `blockhash` has forgotten, if the chain is that old: a stub would not know it. */
async function hasHistory(
  chain: PlanChain,
  head: PlanHeader,
): Promise<boolean> {
  const asked = Math.max(head.number - RECENT - 64, 1);
  if (asked >= head.number) return (await chain.historyHash(0)) !== undefined;
  const known = await chain.historyHash(asked);
  return known !== undefined && known === (await chain.header(asked)).hash;
}
