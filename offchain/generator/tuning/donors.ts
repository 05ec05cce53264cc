/** Side of the thumbnails that pictures are compared by. */
const SIDE = 16;

/** A picture [side][side][3] of bytes as 16 x 16 mean colours, 0..1: what donors are chosen by. `side` is a multiple of 16. */
export function describePicture(rgb: Uint8Array): Float32Array {
  const side = Math.floor(Math.sqrt(rgb.length / 3) + 0.5);
  const cell = side / SIDE;
  const out = new Float32Array(SIDE * SIDE * 3);
  rgb.forEach((byte, i) => {
    const p = Math.floor(i / 3);
    const [x, y] = [p % side, Math.floor(p / side)];
    const at = Math.floor(y / cell) * SIDE + Math.floor(x / cell);
    out[at * 3 + (i % 3)]! += byte / (255 * cell * cell);
  });
  return out;
}

/**
 * Chooses `most` pictures that stand for all: the one nearest to the mean first, then always the one farthest from those chosen (greedy
 * k-centre, Gonzalez 1985; at most twice the best radius). Returns their places in rising order; ties go to the first.
 */
export function chooseDonors(
  descriptions: readonly Float32Array[],
  most: number,
): readonly number[] {
  if (descriptions.length <= most) return descriptions.map((_, i) => i);
  const mean = new Float32Array(descriptions[0]!.length);
  for (const description of descriptions)
    description.forEach((x, i) => (mean[i]! += x / descriptions.length));
  const first = extreme(descriptions.map((d) => -distance(d, mean)));
  const chosen = [first];
  const gaps = descriptions.map((d) => distance(d, descriptions[first]!));
  while (chosen.length < most) {
    const next = extreme(gaps);
    chosen.push(next);
    descriptions.forEach((d, i) => {
      gaps[i] = Math.min(gaps[i]!, distance(d, descriptions[next]!));
    });
    for (const place of chosen) gaps[place] = -1;
  }
  return chosen.toSorted((a, b) => a - b);
}

function extreme(values: readonly number[]): number {
  return values.reduce((best, x, i) => (x > values[best]! ? i : best), 0);
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + (x - b[i]!) * (x - b[i]!), 0);
}
