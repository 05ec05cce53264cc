import type { Hex } from "../../kernel/bytes.ts";
import { FatalError } from "../../kernel/errors.ts";

/** How far a dial turns either way, see contracts/interfaces/IAttunement.sol. */
export const DIAL_END = 8;

/** The four dials that a work's holders turn, each an integer from -8 to 8. */
export interface Attunement {
  /** Serene to restless. */
  readonly temper: number;
  /** Cool to warm. */
  readonly warmth: number;
  /** Far to near. */
  readonly distance: number;
  /** Aloof to eager: how far the market moves the work. */
  readonly response: number;
}

/** Names of the dials in the order of the contract's numbers; act = 2 * dial + 1 turns it up, 2 * dial down. */
export const DIALS = ["temper", "warmth", "distance", "response"] as const;
export type Dial = (typeof DIALS)[number];

/** A work that nobody ever attuned. */
export const UNTOUCHED: Attunement = {
  temper: 0,
  warmth: 0,
  distance: 0,
  response: 0,
};

/**
 * Reads the word that the collection keeps: four signed bytes, dial 0 in the lowest.
 * @throws FatalError `evolution/bad-attunement` if no row of acts leads to it.
 */
export function unpackAttunement(word: Hex): Attunement {
  const value = BigInt(word);
  const [temper, warmth, distance, response] = DIALS.map((_, i) =>
    Number(BigInt.asIntN(8, value >> BigInt(8 * i))),
  ) as [number, number, number, number];
  const dials = { temper, warmth, distance, response };
  const good =
    value >> 32n === 0n &&
    DIALS.every((dial) => Math.abs(dials[dial]) <= DIAL_END);
  if (good) return dials;
  throw new FatalError(
    "evolution/bad-attunement",
    `\`${word}\` is no attunement; each of its four bytes must be from -8 to 8.`,
  );
}
