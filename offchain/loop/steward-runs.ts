import { z } from "zod";

import { FatalError, isLoopError } from "../kernel/errors.ts";
import { canonicalJson, type Json } from "../kernel/json.ts";
import type { Decision, Policy } from "../steward/policy.ts";
import { parseDecision, parseView } from "../steward/view-schema.ts";
import type { Chain } from "./chain.ts";
import { badInput, type Journal } from "./journal.ts";

/** Name of these runs in the journal. */
export const STEWARD = "steward";

const requestSchema = z.strictObject({
  /** Of the policy. */
  name: z.string(),
  version: z.int().min(1),
  /** The newest round when it began. */
  round: z.int().min(0),
});

/** What one look is asked for; its hash is the identity of the run. */
export type StewardRequest = Readonly<z.infer<typeof requestSchema>>;

interface JournalPorts {
  readonly chain: Pick<Chain, "instance">;
  readonly journal: Journal;
}

/** A journalled view, decided again. */
export interface ReplayedDecision {
  readonly run: number;
  readonly round: number;
  readonly policy: string;
  readonly version: number;
  readonly journalled: Decision;
  /** Null where this policy, or this version of it, is not here: nothing can be said. */
  readonly again: Decision | null;
  readonly same: boolean;
}

/** The request of a journalled look. @throws FatalError `journal/bad-input` if the run is not one. */
export function stewardRequest(input: Json): StewardRequest {
  const { success, data } = requestSchema.safeParse(input);
  if (success) return data;
  throw badInput(input);
}

/** The oldest look that was interrupted on this chain: it goes before a new one. */
export async function unfinishedLook({
  chain,
  journal,
}: JournalPorts): Promise<StewardRequest | undefined> {
  const { id } = await chain.instance();
  const open = await journal.openRuns(id);
  const run = open.find(({ kind }) => kind === STEWARD);
  return run && stewardRequest(run.input);
}

/** The newest round that was looked at to the end; 0 for none. */
export async function lastLooked({
  chain,
  journal,
}: JournalPorts): Promise<number> {
  const { id } = await chain.instance();
  let last = 0;
  for (const { kind, state, input } of await journal.allRuns(id))
    if (kind === STEWARD && state !== "open")
      last = Math.max(last, stewardRequest(input).round);
  return last;
}

/** @throws FatalError `steward/already-looked` if a look at the round has come to its end. */
export async function requireFirst(
  { round }: StewardRequest,
  ports: JournalPorts,
): Promise<void> {
  if ((await lastLooked(ports)) < round) return;
  throw new FatalError(
    "steward/already-looked",
    `Round \`${round}\` was looked at already; wait for a newer one.`,
  );
}

/** @throws FatalError `steward/other-version` if the request is of another version than the policy that is here. */
export function requirePolicy(
  { name, version }: StewardRequest,
  { policy }: { readonly policy: (name: string) => Policy },
): Policy {
  const found = policy(name);
  if (found.version === version) return found;
  throw new FatalError(
    "steward/other-version",
    `The journal holds a look of policy \`${name}\` at version ${version}, and here is version ${found.version}; it is given up, look again.`,
  );
}

/** Decides every journalled view again, oldest first. */
export async function replayDecisions({
  chain,
  journal,
  policy,
}: JournalPorts & {
  readonly policy: (name: string) => Policy;
}): Promise<readonly ReplayedDecision[]> {
  const { id } = await chain.instance();
  const replayed: ReplayedDecision[] = [];
  for (const run of await journal.allRuns(id)) {
    if (run.kind !== STEWARD) continue;
    const { name, version, round } = stewardRequest(run.input);
    const steps = await journal.stepsOf(run.id);
    const result = (key: string): Json | undefined =>
      steps.find((step) => step.key === key && step.state === "done")?.result;
    const [seen, decided] = [result("observe"), result("decide")];
    if (seen === undefined || decided === undefined) continue;
    const journalled = parseDecision(decided);
    const here = policyHere(policy, name);
    const again =
      here?.version === version ? here.decide(parseView(seen)) : null;
    replayed.push({
      run: run.id,
      round,
      policy: name,
      version,
      journalled,
      again,
      same: again === null || text(again) === text(journalled),
    });
  }
  return replayed;
}

/** Undefined for a policy that was taken out since. */
function policyHere(
  policy: (name: string) => Policy,
  name: string,
): Policy | undefined {
  try {
    return policy(name);
  } catch (error) {
    if (isLoopError(error, "steward/unknown-policy")) return undefined;
    throw error;
  }
}

function text(decision: Decision): string {
  return canonicalJson(decision as unknown as Json);
}
