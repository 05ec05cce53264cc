import { fromHex, toHex, type Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import type { Rng } from "../../../offchain/kernel/rng.ts";

/** What a router might call back with. */
export interface Answer {
  readonly kind: string;
  readonly id: Hex;
  readonly response: Uint8Array;
  readonly error: Uint8Array;
}

/** One of many kinds of nonsense, and now and then what makes sense. */
export function makeAnswer(rng: Rng, id: Hex, last: number): Answer {
  const random = (most: number): Uint8Array =>
    Uint8Array.from({ length: rng.below(most + 1) }, () => rng.below(256));
  const none = new Uint8Array();
  const word = fromHex(packObservation(someObservation(rng, last)));
  const kinds: Record<string, () => Omit<Answer, "kind" | "id">> = {
    "a word that is an observation": () => ({ response: word, error: none }),
    "an observation with a bit turned": () => {
      const at = rng.below(word.length);
      const turned = (word[at] ?? 0) ^ (1 << rng.below(8));
      return { response: word.with(at, turned), error: none };
    },
    "an observation and an error": () => ({
      response: word,
      error: random(64),
    }),
    "an observation cut or drawn out": () => ({
      response: Uint8Array.from([...word, ...random(32)]).slice(rng.below(2)),
      error: none,
    }),
    "any 32 bytes": () => ({
      response: Uint8Array.from({ length: 32 }, () => rng.below(256)),
      error: none,
    }),
    "any bytes": () => ({ response: random(256), error: none }),
    "any error": () => ({ response: none, error: random(256) }),
    "more than a network sends": () => ({
      response: random(4_096),
      error: random(4_096),
    }),
    nothing: () => ({ response: none, error: none }),
  };
  const names = Object.keys(kinds);
  const kind = names[rng.below(names.length)] ?? "nothing";
  const made = kinds[kind]?.() ?? { response: none, error: none };
  return rng.below(8) === 0
    ? { ...made, kind: `${kind}, to another request`, id: toHex(other(rng)) }
    : { ...made, kind, id };
}

function other(rng: Rng): Uint8Array {
  return Uint8Array.from({ length: 32 }, () => rng.below(256));
}

/** Around the last one: older, equal, newer, or far in the future. */
function someObservation(rng: Rng, last: number): Observation {
  const steps = [-1, 0, 1, 2, 60, 1_000_000_000];
  return {
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true, floor: true },
    change: rng.below(65_536) - 32_768,
    floor: rng.below(2_000_000_000),
    time: last + (steps[rng.below(steps.length)] ?? 1),
  };
}

/** The observation that an answer has to bring, by the rules as they are written; undefined for none. */
export function roundOf(
  { id, response, error }: Answer,
  awaited: Hex,
  last: number,
  now: number,
): Hex | undefined {
  if (id !== awaited || error.length > 0 || response.length !== 32)
    return undefined;
  const word = toHex(response);
  try {
    const { time, guardThreshold, oddsSensitivity, sizeLog2, generation } =
      unpackObservation(word);
    const neutral =
      guardThreshold === NEUTRAL_OBSERVATION.guardThreshold &&
      oddsSensitivity === NEUTRAL_OBSERVATION.oddsSensitivity &&
      sizeLog2 === NEUTRAL_OBSERVATION.sizeLog2 &&
      generation === 0;
    return neutral && time > last && time <= now ? word : undefined;
  } catch {
    return undefined;
  }
}
