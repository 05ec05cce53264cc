/** Which chosen works are golden: some of the others, steered, and the ways between some of them. */
import { WORK_DIALS } from "../../offchain/generator/work/steer.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import type { WorkVector } from "./golden.ts";

const STEERED = 12;
/** From, to, thousandths: other families; one family; an end of a way; the same inlay; a pattern into another. */
const WAYS = [
  [0, 17, 500],
  [1, 22, 250],
  [5, 40, 730],
  [16, 0, 500],
  [32, 48, 125],
  [7, 29, 999],
  [10, 11, 610],
  [2, 66, 1],
] as const;

type Bare = Omit<WorkVector, "png">;

const bare = ({ digest, traits, conditions }: WorkVector): Bare => ({ digest, traits, conditions, size: 64 });

/** Each turns a handful of dials; every dial is turned in one of them, every fourth to its end. */
export function steeredWorks(works: readonly WorkVector[]): Bare[] {
  return Array.from({ length: STEERED }, (_, n) => {
    const rng = createRng(keccak256(utf8(`golden steer ${n}`)));
    const steer = Object.fromEntries(
      WORK_DIALS.filter((_dial, i) => i % 4 === n % 4 || i % STEERED === n).map((dial) => [
        dial,
        n % 4 === 3 ? (rng.below(2) === 0 ? -1000 : 1000) : rng.below(2001) - 1000,
      ]),
    );
    return { ...bare(works[(11 * n + 5) % works.length] as WorkVector), steer };
  });
}

/** Pictures between works; the first of each pair is steered in every other one. */
export function ways(works: readonly WorkVector[]): Bare[] {
  return WAYS.map(([from, to, share], n) => {
    const { digest, traits, conditions } = works[to] as WorkVector;
    return {
      ...bare(works[from] as WorkVector),
      ...(n % 2 === 0 ? {} : { steer: { truncation: 300, hue: -210, zoom: 240 } }),
      towards: { work: { digest, traits, conditions }, share },
    };
  });
}
