import type { Observation } from "../kernel/observation.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Chain, TermsInForce } from "./chain.ts";
import type { Clock } from "./ports-progress.ts";
import { momentText } from "./slot-text.ts";

/** An observation with the guard threshold and the odds sensitivity that the collection holds openings to, where it holds them to any. */
export function withTermsInForce(
  observation: Observation,
  terms: TermsInForce | undefined,
): Observation {
  if (terms === undefined) return observation;
  const { guardThreshold, oddsSensitivity } = terms;
  return { ...observation, guardThreshold, oddsSensitivity };
}

/** What asking about the time between epochs needs. */
export interface CadencePorts {
  readonly chain: Pick<
    Chain,
    "termsInForce" | "epochs" | "epochAt" | "height" | "blockByNumber"
  >;
  readonly clock: Clock;
}

/**
 * From when the collection takes another epoch, unix seconds; undefined if that is now. The next block's time is the newest block's, or
 * this machine's where that is later.
 */
export async function nextEpochFrom({
  chain,
  clock,
}: CadencePorts): Promise<number | undefined> {
  const terms = await chain.termsInForce();
  const { count } = await chain.epochs();
  if (terms === undefined || terms.cadence === 0 || count === 0)
    return undefined;
  const earliest = (await chain.epochAt(count)).time + terms.cadence;
  const { timestamp } = await chain.blockByNumber(await chain.height());
  const now = Math.max(timestamp, Math.floor(clock.now().getTime() / 1_000));
  return earliest <= now ? undefined : earliest;
}

/** @throws FatalError `evolve/too-soon`, before anything is painted for an epoch that the collection would refuse. */
export async function requireCadence(ports: CadencePorts): Promise<void> {
  const earliest = await nextEpochFrom(ports);
  if (earliest === undefined) return;
  throw new FatalError(
    "evolve/too-soon",
    `The collection takes the next epoch at ${momentText(earliest)} and not before; come back then, or run this with --watch.`,
  );
}
