import { apart, type Tone } from "./tones.ts";

/** Which of `given` each of `wanted` takes, no two the same, at the least cost: by dynamic programming over sets. */
export function match(
  wanted: readonly Tone[],
  given: readonly Tone[],
): readonly number[] {
  const cost = (a: Tone, b: Tone): number => {
    const grey = (a.grey - b.grey) / 255;
    const rank = a.at - b.at;
    const colour = apart(a.colour, b.colour) / 195_075;
    const part = a.part - b.part;
    return (
      (0.06 + a.part) *
      (0.5 * rank * rank + 1.5 * grey * grey + 0.8 * colour + 12 * part * part)
    );
  };
  const sets = 1 << given.length;
  let sums = new Float64Array(sets).fill(1e30);
  sums[0] = 0;
  const back: Int8Array[] = [];
  for (const tone of wanted) {
    const next = new Float64Array(sets).fill(1e30);
    const trail = new Int8Array(sets);
    for (let set = 0; set < sets; set++) {
      if (sums[set]! >= 1e30) continue;
      given.forEach((other, j) => {
        if (set & (1 << j)) return;
        const sum = sums[set]! + cost(tone, other);
        if (sum < next[set | (1 << j)]!) {
          next[set | (1 << j)] = sum;
          trail[set | (1 << j)] = j;
        }
      });
    }
    sums = next;
    back.push(trail);
  }
  let set = sums.indexOf(Math.min(...sums));
  const taken = wanted.map(() => 0);
  for (let i = wanted.length - 1; i >= 0; i--) {
    taken[i] = back[i]![set]!;
    set ^= 1 << taken[i]!;
  }
  return taken;
}
