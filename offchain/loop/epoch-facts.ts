import {
  unpackAttunement,
  UNTOUCHED,
  type Attunement,
} from "../generator/evolution/attunement.ts";
import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { Chain, RoundEvent, SealedEvent } from "./chain.ts";
import { hashInput } from "./journal.ts";

/** A batch that an epoch covers. */
export type CoveredBatch = Pick<
  SealedEvent,
  "batch" | "recipe" | "root" | "ordinal"
>;

/** Everything that an epoch follows from, but for what its batches themselves say: all of it on the chain, and final. */
export interface EpochFacts {
  readonly round: RoundEvent;
  /** Every round up to and with it, oldest first. */
  readonly rounds: readonly RoundEvent[];
  /** In the order in which they were sealed. */
  readonly batches: readonly CoveredBatch[];
  /** Works that were gone at the end of the round's block. */
  readonly burned: ReadonlySet<string>;
  /** The epoch that a work was pinned to at the end of a block, 0 being genesis; undefined if it followed. */
  pinAt(token: string, block: number): number | undefined;
  /** How the dials of a work stood at the end of a block. */
  dialsAt(token: string, block: number): Attunement;
  /** Round of an epoch that a work was pinned to. */
  roundOf(epoch: number): RoundEvent | undefined;
  /** What tells these facts apart: after a reorganisation nothing of the old ones is used again. */
  readonly mark: Hex;
}

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/**
 * Reads them for a round. Acts, burnings and sealings after the block in which it was accepted do not count.
 * @throws FatalError `epoch/no-round` if the chain has no such round.
 */
export async function readEpochFacts(
  chain: Chain,
  number: number,
): Promise<EpochFacts> {
  const all = await chain.rounds();
  const at = all.findIndex(({ round }) => round === number);
  const round = all[at];
  if (round === undefined) {
    throw new FatalError(
      "epoch/no-round",
      `The collection's oracle has no round \`${number}\`; see those it has with \`epochs\`.`,
    );
  }
  const { block, seals } = round;
  const rounds = all.slice(0, at + 1);
  const batches = (await chain.sealedEvents())
    .filter(({ ordinal }) => ordinal <= seals)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(({ batch, recipe, root, ordinal }) => ({
      batch,
      recipe,
      root,
      ordinal,
    }));
  const burned = (await chain.transfers())
    .filter((move) => move.to === NOBODY && move.block <= block)
    .map(({ token }) => token);
  const pins = await chain.pinEvents(block);
  const acts = await chain.attunedEvents(block);
  const epochs = new Map<number, RoundEvent>();
  for (const epoch of new Set(pins.map((pin) => pin.epoch ?? 0))) {
    if (epoch === 0) continue;
    const view = await chain.epochAt(epoch);
    const made = all.find((one) => one.round === view.round);
    if (made !== undefined) epochs.set(epoch, made);
  }
  const [pinsOf, actsOf] = [byToken(pins), byToken(acts)];
  return {
    round,
    rounds,
    batches,
    burned: new Set(burned),
    pinAt: (token, until) => lastOf(pinsOf.get(token), until)?.epoch,
    dialsAt(token, until) {
      const act = lastOf(actsOf.get(token), until);
      return act === undefined ? UNTOUCHED : unpackAttunement(act.attunement);
    },
    roundOf: (epoch) => epochs.get(epoch),
    mark: hashInput({
      rounds: rounds.map(({ round: n, observation, seals: s, block: b }) => [
        n,
        observation,
        s,
        b,
      ]),
      batches: batches.map((batch) => ({ ...batch })),
      burned,
      pins: pins.map((pin) => [pin.token, pin.epoch ?? null, pin.block]),
      acts: acts.map((act) => [act.token, act.attunement, act.block]),
    } satisfies Json),
  };
}

/** Roots of every archive that may hold blocks of the collection: its batches and all its epochs, void or not. */
export async function collectionRoots(chain: Chain): Promise<Hex[]> {
  const roots = (await chain.sealedEvents()).map(({ root }) => root);
  const { count } = await chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++)
    roots.push((await chain.epochAt(epoch)).root);
  return roots;
}

function byToken<T extends { readonly token: string }>(
  events: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const event of events) {
    const list = found.get(event.token);
    if (list === undefined) found.set(event.token, [event]);
    else list.push(event);
  }
  return found;
}

/** The last of some events, oldest first, that lies in this block or before it. */
function lastOf<T extends { readonly block: number }>(
  events: readonly T[] | undefined,
  block: number,
): T | undefined {
  return events?.findLast((event) => event.block <= block);
}
