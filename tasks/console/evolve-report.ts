import { relative } from "node:path";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { EvolveReport } from "../../offchain/loop/evolve-task.ts";
import { moment } from "./market-report.ts";
import { heldLines } from "./table.ts";

/** The one JSON document of `evolve --json`; with `--watch`, one for each epoch, each on its own line. */
export interface EvolveDocument extends Omit<EvolveReport, "hash" | "resumed"> {
  readonly network: string;
  readonly chainId: number;
  readonly collection: Hex;
  readonly transaction: Hex;
  /** Unix seconds of the market that the round observed. */
  readonly observed: number;
  /** Works whose holders keep them at an epoch or at genesis: their files are carried over. */
  readonly pinned: number;
  /** The chart as SVG and as PNG. */
  readonly chart: { readonly svg: string; readonly png: string };
}

/** The document for a person at a terminal. */
export function evolveLines(document: EvolveDocument): string[] {
  const { works, evolved, painted, pinned, batches, linked, seconds } =
    document;
  const { verify = 0, ...others } = seconds;
  const total = Object.values(others).reduce((sum, each) => sum + each, 0);
  const kilobytes = (bytes: number): string =>
    `${(bytes / 1_000).toFixed(1)} kB`;
  return [
    `Epoch   ${document.epoch} of round ${document.round} on ${document.network}, by the market of ${moment(document.observed)}`,
    `Works   ${works}: ${evolved} not as they were minted, ${pinned} pinned by their holders`,
    `Painted ${painted} anew; ${works - painted} carried over, ${linked} of ${batches} ${batches === 1 ? "batch" : "batches"} whole`,
    `Blocks  ${document.blocksWritten} new, ${kilobytes(document.bytesWritten)} of the epoch's ${kilobytes(document.size)}; earlier archives hold the rest`,
    `Gas     ${document.gasUsed} for the whole collection, in ${document.transaction}`,
    `Root    ipfs://${document.root}`,
    `Files   ${here(document.car)}`,
    ...heldLines(document.pins),
    `Chart   ${here(document.chart.png)} and ${here(document.chart.svg)}`,
    `Time    ${total.toFixed(1)} s, and ${verify.toFixed(1)} s to verify`,
    `Proof   works ${document.verified.join(", ")} rebuilt from the chain, byte for byte, and the epoch read back from the chain`,
  ];
}

/** The one JSON document of `evolve --dry-run --json`. */
export interface EvolvePlan {
  readonly dryRun: true;
  readonly network: string;
  readonly round: number;
  readonly observed: number;
  readonly works: number;
  readonly evolved: number;
  readonly painted: number;
  readonly batches: number;
  readonly linked: number;
  /** Places that would hold the files. */
  readonly pins: readonly string[];
}

/** The plan for a person at a terminal. */
export function evolvePlanLines(plan: EvolvePlan): string[] {
  return [
    `Would publish an epoch of round ${plan.round} on ${plan.network}, by the market of ${moment(plan.observed)}; nothing was sent.`,
    `Works   ${plan.works}: ${plan.evolved} not as they were minted`,
    `Painted ${plan.painted} anew; ${plan.linked} of ${plan.batches} batches carried over whole`,
    `Held by ${plan.pins.length === 0 ? "nobody but this machine" : plan.pins.join(", ")}`,
  ];
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
