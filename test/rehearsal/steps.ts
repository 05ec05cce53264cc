import type { ForeignChain } from "./anvil.ts";
import type { Minted } from "./minting.ts";
import type { Copy } from "./stage.ts";
import { CHECKING, DEPLOYING } from "./steps-deploying.ts";
import { DESCRIBING, ESTIMATING, SPENDING } from "./steps-economics.ts";
import { MINTING } from "./steps-minting.ts";
import { ENDING, VERIFYING } from "./steps-verifying.ts";

/** What the steps share. */
export interface World {
  readonly chain: ForeignChain;
  /** The operator's copy of the repository. */
  readonly home: Copy;
  /** Folder that is one of the configured places. */
  readonly held: string;
  /** Makes another copy, of somebody who has nothing but the repository. */
  readonly copy: () => Promise<Copy>;
  readonly batches: Minted[];
  /** Transactions of the operator before the batch that is interrupted. */
  sentBefore: number;
  /** Gas that the first batch was estimated to take. */
  estimated?: number;
}

/** One step; it throws if anything is not as it should be, and tells in a few words what it found. */
export interface Step {
  readonly name: string;
  readonly run: (world: World) => Promise<string>;
}

/**
 * In this order. Steps of one list run together: most of what they do is waiting for blocks.
 */
export const STEPS: readonly (readonly Step[])[] = [
  ...alone(DEPLOYING),
  [...CHECKING, ...ESTIMATING],
  ...alone(SPENDING),
  ...alone(MINTING),
  [...DESCRIBING, ...VERIFYING],
  ...alone(ENDING),
];

function alone(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.map((step) => [step]);
}
