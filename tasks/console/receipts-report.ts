import { relative } from "node:path";

import {
  computeRatio,
  type CheckedReceipt,
  type ComputeRatio,
} from "../../offchain/loop/receipts.ts";
import type { Receipt } from "../../offchain/publishing/receipts.ts";

/** One line on what the works of a run took, for the end of a minting. */
export function receiptLine({
  path,
  receipt,
}: {
  readonly path: string;
  readonly receipt: Receipt;
}): string {
  const short = relative(process.cwd(), path);
  return `Receipt ${short.startsWith("..") ? path : short}: ${ratioText(computeRatio(receipt.claim))}`;
}

/** The one JSON document of `verify-receipts --json`. */
export function receiptsDocument(
  path: string,
  found: readonly CheckedReceipt[],
) {
  return {
    file: path,
    receipts: found.map(({ receipt, ratio, compared }) => ({
      ...receipt.claim,
      signer: receipt.signer,
      ...ratio,
      compared,
    })),
  };
}

/** The same for a person at a terminal. */
export function receiptLines(found: readonly CheckedReceipt[]): string[] {
  return found.flatMap(({ receipt, ratio, compared }) => {
    const { claim, signer } = receipt;
    const { machine, energy } = claim;
    const batches = claim.batches.map(({ batch }) => batch);
    const beside = batches.filter((batch) => !compared.includes(batch));
    return [
      `Batch    ${batches.join(", ")} of ${claim.chain.collection} (chain ${claim.chain.id})`,
      `Signed   by ${signer}, and not changed since`,
      `Works    ${ratio.accepted} of ${ratio.candidates} candidates, ${claim.size} pixels, engine ${claim.engine}, ${claim.precision}`,
      `Made in  ${seconds(ratio.used.milliseconds)}, ${ratioText(ratio)}`,
      `Energy   ${energy.source ?? `not measured: ${energy.reason}`}`,
      `Machine  ${machine.cores} cores, ${machine.workers} threads, ${machine.processor}, Node ${machine.node}, ${machine.platform} ${machine.arch}`,
      ...(claim.resumed
        ? [
            "Note     an earlier process began this run; what it used is not in these figures",
          ]
        : []),
      beside.length === 0
        ? "Archive  says the same"
        : `Archive  of ${beside.join(", ")} is not beside the file, so it was not compared`,
      "",
    ];
  });
}

function ratioText({
  used,
  accepted,
  worksPerCpuSecond,
  joulesPerWork,
}: ComputeRatio): string {
  const cpu = used.cpuMilliseconds / 1_000;
  const ratio =
    worksPerCpuSecond === null
      ? ""
      : `; ${worksPerCpuSecond.toFixed(2)} works per CPU-second, ${(cpu / accepted).toFixed(2)} CPU-seconds a work`;
  const joules =
    joulesPerWork === null ? "" : `; ${joulesPerWork.toFixed(1)} J a work`;
  return `${cpu.toFixed(1)} CPU-seconds${ratio}${joules}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
