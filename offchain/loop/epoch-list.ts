import { unpackObservation } from "../kernel/observation.ts";
import type { Chain, EpochView } from "./chain.ts";

/** An epoch, with what it was made of. */
export interface EpochRow extends EpochView {
  /** Unix seconds of the market that its round observed; undefined if the round is not one of the collection's. */
  readonly observed: number | undefined;
  /** Whether works follow it now. */
  readonly shown: boolean;
}

/** All epochs of a collection, oldest first, and the rounds that may become one. */
export interface EpochList {
  readonly epochs: readonly EpochRow[];
  /** The epoch that works show unless they are pinned or younger; 0 for genesis. */
  readonly shown: number;
  /** Rounds newer than the newest epoch's. */
  readonly waiting: readonly number[];
}

/** Lists the epochs from the chain alone. */
export async function listEpochs(chain: Chain): Promise<EpochList> {
  const { count, shown, lastRound } = await chain.epochs();
  const rounds = await chain.rounds();
  const observed = new Map(
    rounds.map(({ round, observation }) => [
      round,
      unpackObservation(observation).time,
    ]),
  );
  const epochs: EpochRow[] = [];
  for (let number = 1; number <= count; number++) {
    const epoch = await chain.epochAt(number);
    epochs.push({
      ...epoch,
      observed: observed.get(epoch.round),
      shown: number === shown,
    });
  }
  const waiting = rounds
    .map(({ round }) => round)
    .filter((round) => round > lastRound);
  return { epochs, shown, waiting };
}
