import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import {
  parseReceipts,
  RECEIPTS_FILE,
  receiptsBytes,
  type Receipt,
  type ReceiptClaim,
} from "../publishing/receipts.ts";
import type { Artefacts } from "./artefacts.ts";
import type { ChainInstance } from "./chain.ts";
import type { MintReport } from "./mint.ts";
import {
  addUsage,
  NO_USAGE,
  type Machine,
  type Meter,
  type Usage,
} from "./ports-meter.ts";
import type { Progress } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";

/** Signs a claim in the name of the operator; undefined where the key is held by a node that signs no messages. */
export type SignClaim = (
  claim: ReceiptClaim,
) => Promise<{ readonly signer: Hex; readonly signature: Hex } | undefined>;

/** Who signed a claim, lower-case; undefined if nobody can have. */
export type SignerOf = (claim: ReceiptClaim, signature: Hex) => Hex | undefined;

/** What writing receipts takes. */
export interface ReceiptPorts {
  readonly artefacts: Artefacts;
  readonly progress: Progress;
  readonly clock: { now(): Date };
  readonly meter: Meter;
  readonly machine: Machine;
  readonly signClaim: SignClaim;
}

/** One run, as a receipt knows it. */
export interface ReceiptFacts {
  readonly instance: Pick<ChainInstance, "chainId" | "collection">;
  readonly recipe: Pick<Recipe, "id" | "manifest">;
  readonly conditions: Hex;
  readonly workers: number;
  readonly report: MintReport;
}

/** The stages that make works; the others wait, pack, send and prove. */
const MAKING = ["candidates", "render"] as const;

/** What a run has to say about itself. */
export function claimOf(
  { instance, recipe, conditions, workers, report }: ReceiptFacts,
  { meter, machine }: Pick<ReceiptPorts, "meter" | "machine">,
): ReceiptClaim {
  return {
    version: 1,
    chain: {
      id: instance.chainId,
      collection: instance.collection.toLowerCase() as Hex,
    },
    recipe: recipe.id,
    engine: recipe.manifest.engine,
    precision: recipe.manifest.precision,
    size: 2 ** unpackObservation(conditions).sizeLog2,
    batches: report.batches.map(({ batch, root, tokens }) => ({
      batch,
      root,
      candidates: tokens.reduce((sum, { tries }) => sum + tries, 0),
      accepted: tokens.length,
    })),
    resumed: report.resumed,
    stages: Object.fromEntries(
      Object.entries(report.usage).map(([stage, used]) => [
        stage,
        rounded(used),
      ]),
    ),
    energy: meter.energy,
    machine: { ...machine, workers },
  };
}

/**
 * Writes what a run used, signed, into `receipts.json` in its folder, behind those of earlier runs. One that is there for the same
 * batches stays: it is of the process that made them. A file that is none of ours is moved aside.
 * @returns the path, and the receipt of these batches.
 */
export async function writeReceipts(
  folder: string,
  facts: ReceiptFacts,
  ports: ReceiptPorts,
): Promise<{ readonly path: string; readonly receipt: Receipt }> {
  const path = `${folder}/${RECEIPTS_FILE}`;
  const before = await receiptsThere(path, ports);
  const roots = facts.report.batches.map(({ root }) => root).join();
  const known = before.find(
    ({ claim }) => claim.batches.map(({ root }) => root).join() === roots,
  );
  if (known !== undefined && facts.report.resumed)
    return { path, receipt: known };
  const claim = claimOf(facts, ports);
  const signed = await ports.signClaim(claim);
  const receipt: Receipt = {
    claim,
    signer: signed?.signer ?? null,
    signature: signed?.signature ?? null,
  };
  const rest = before.filter((each) => each !== known);
  await ports.artefacts.write(path, receiptsBytes([...rest, receipt]));
  return { path, receipt };
}

async function receiptsThere(
  path: string,
  { artefacts, progress, clock }: ReceiptPorts,
): Promise<readonly Receipt[]> {
  if (!(await artefacts.exists(path))) return [];
  try {
    return parseReceipts(await artefacts.read(path));
  } catch (error) {
    if (!isLoopError(error, "publishing/bad-receipts")) throw error;
    const aside = await artefacts.moveAside(path, clock.now());
    if (aside !== undefined)
      progress.note(`An unreadable ${RECEIPTS_FILE} was moved to ${aside}.`);
    return [];
  }
}

/** What making the works of a receipt took, in all and by accepted work: the token-to-compute ratio. */
export interface ComputeRatio {
  readonly accepted: number;
  readonly candidates: number;
  readonly used: Usage;
  /** Null where the making was too quick for its clock, or was done by a process before. */
  readonly worksPerCpuSecond: number | null;
  readonly joulesPerWork: number | null;
}

/** The ratio of one receipt, from its own figures. */
export function computeRatio({
  batches,
  stages,
}: Pick<ReceiptClaim, "batches" | "stages">): ComputeRatio {
  const accepted = batches.reduce((sum, each) => sum + each.accepted, 0);
  const used = MAKING.map((stage) => stages[stage] ?? NO_USAGE).reduce(
    addUsage,
  );
  const { cpuMilliseconds, microjoules } = used;
  return {
    accepted,
    candidates: batches.reduce((sum, each) => sum + each.candidates, 0),
    used,
    worksPerCpuSecond:
      cpuMilliseconds === 0 ? null : (accepted * 1_000) / cpuMilliseconds,
    joulesPerWork: microjoules === null ? null : microjoules / 1e6 / accepted,
  };
}

/** A batch's archive, as far as a receipt can be held against it. */
export type ReadBatch = (batch: number) => Promise<
  | {
      readonly root: string;
      readonly recipe: Hex;
      readonly candidates: number;
      readonly accepted: number;
    }
  | undefined
>;

/** What was found of one receipt. */
export interface CheckedReceipt {
  readonly receipt: Receipt;
  readonly ratio: ComputeRatio;
  /** Batches whose archive was at hand and says the same. */
  readonly compared: readonly number[];
}

/**
 * Checks receipts: each signature is of the account that it names, and what an archive beside the file can tell, it tells alike.
 * @throws FatalError `publishing/bad-receipts`, `receipts/not-signed`, `receipts/bad-signature`, `receipts/other-batch`.
 */
export async function verifyReceipts(
  bytes: Uint8Array,
  ports: { readonly signerOf: SignerOf; readonly readBatch: ReadBatch },
): Promise<readonly CheckedReceipt[]> {
  const checked: CheckedReceipt[] = [];
  for (const receipt of parseReceipts(bytes)) {
    const { claim, signer, signature } = receipt;
    const first = claim.batches[0]?.batch ?? 0;
    if (signer === null || signature === null)
      throw new FatalError(
        "receipts/not-signed",
        `The receipt of batch \`${first}\` has no signature, so it proves nothing; mint where the operator's key is.`,
      );
    if (ports.signerOf(claim, signature) !== signer)
      throw new FatalError(
        "receipts/bad-signature",
        `The receipt of batch \`${first}\` is not what \`${signer}\` signed; ask for the file as it was written.`,
      );
    checked.push({
      receipt,
      ratio: computeRatio(claim),
      compared: await compare(claim, ports.readBatch),
    });
  }
  return checked;
}

async function compare(
  { batches, recipe }: ReceiptClaim,
  readBatch: ReadBatch,
): Promise<number[]> {
  const compared: number[] = [];
  for (const { batch, root, candidates, accepted } of batches) {
    const found = await readBatch(batch);
    // Another batch of the same number, of another chain or an earlier run, may lie beside it.
    if (found?.root !== root) continue;
    if (
      found.recipe !== recipe ||
      found.candidates !== candidates ||
      found.accepted !== accepted
    )
      throw new FatalError(
        "receipts/other-batch",
        `The receipt of batch \`${batch}\` says ${accepted} works of ${candidates} candidates, its archive ${found.accepted} of ${found.candidates}; do not believe it.`,
      );
    compared.push(batch);
  }
  return compared;
}

function rounded({ milliseconds, cpuMilliseconds, microjoules }: Usage): Usage {
  return {
    milliseconds: Math.round(milliseconds),
    cpuMilliseconds: Math.round(cpuMilliseconds),
    microjoules: microjoules === null ? null : Math.round(microjoules),
  };
}
