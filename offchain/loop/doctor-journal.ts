import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { digestToCid } from "../publishing/cid.ts";
import type { Chain } from "./chain.ts";
import { finding, type Finding } from "./doctor-findings.ts";
import type { Journal, StepRecord } from "./journal.ts";

const digest = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value),
);
const opened = z.object({ batch: z.int() });
const packed = z.object({ digest });
const evolved = z.object({ epoch: z.int() });

/** Something that a run of this machine counts as done on the chain. */
type Claim =
  | { readonly batch: number; readonly digest: Hex }
  | { readonly epoch: number; readonly digest: Hex };

/**
 * What this machine's journal counts as sealed or published, held to what the chain says now: after a reorganisation deeper than what
 * was waited for they differ.
 */
export async function examineJournal(
  chain: Chain,
  journal: Journal,
): Promise<Finding[]> {
  const { id } = await chain.instance();
  const findings: Finding[] = [];
  for (const run of await journal.allRuns(id)) {
    // What was given up is not counted as done.
    if (run.state === "aborted") continue;
    for (const claim of claims(await journal.stepsOf(run.id))) {
      const now = await rootNow(chain, claim);
      if (now === claim.digest) continue;
      const name =
        "batch" in claim ? `batch ${claim.batch}` : `epoch ${claim.epoch}`;
      const said = digestToCid(claim.digest).toString();
      const told = now === undefined ? "nothing" : digestToCid(now).toString();
      findings.push(
        finding(
          "journal-disagrees",
          name,
          null,
          `Run ${run.id} sent it with root \`${said}\`, but the chain has ${told}.`,
        ),
      );
    }
  }
  return findings;
}

/** Steps of a run by their parts: what comes before the last slash of a key. */
function claims(steps: readonly StepRecord[]): Claim[] {
  const parts = new Map<
    string,
    { batch?: number; digest?: Hex; sealed?: true; epoch?: number }
  >();
  for (const { key, state, result } of steps) {
    if (state !== "done") continue;
    const slash = key.lastIndexOf("/");
    const part = key.slice(0, Math.max(0, slash));
    const name = key.slice(slash + 1);
    const known = parts.get(part) ?? {};
    parts.set(part, known);
    const opening = opened.safeParse(result);
    if (opening.success) known.batch = opening.data.batch;
    const pack = name.startsWith("pack") && packed.safeParse(result);
    if (pack && pack.success) known.digest = pack.data.digest;
    if (name.startsWith("seal-")) known.sealed = true;
    const epoch = name === "evolve" && evolved.safeParse(result);
    if (epoch && epoch.success) known.epoch = epoch.data.epoch;
  }
  // A child is opened before its part begins.
  const outer = parts.get("")?.batch;
  const found: Claim[] = [];
  for (const { batch = outer, digest: root, sealed, epoch } of parts.values()) {
    if (root === undefined) continue;
    if (epoch !== undefined) found.push({ epoch, digest: root });
    else if (sealed === true && batch !== undefined)
      found.push({ batch, digest: root });
  }
  return found;
}

async function rootNow(chain: Chain, claim: Claim): Promise<Hex | undefined> {
  if ("batch" in claim) {
    const { status, root } = await chain.batchOf(claim.batch);
    return status === "sealed" ? root : undefined;
  }
  try {
    return (await chain.epochAt(claim.epoch)).root;
  } catch (error) {
    if (isLoopError(error, "chain/no-epoch")) return undefined;
    throw error;
  }
}
