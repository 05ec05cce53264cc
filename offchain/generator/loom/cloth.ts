import { CODES } from "../adapter/adapter.ts";

/** How a cloth goes on beyond its edge. */
export type Edge =
  | "clamp"
  /** Begins anew. */
  | "wrap"
  /** Begins anew, every other column half a cloth lower. */
  | "drop"
  /** Begins anew, every other row half a cloth to the right. */
  | "brick"
  /** Mirrored left and right, begins anew above and below. */
  | "mirror"
  /** Mirrored both ways. */
  | "quarter";

/** Codes on a grid of cells, and how much of each cell comes from each of its donors. */
export type Cloth = Readonly<{
  width: number;
  height: number;
  edge: Edge;
  /** [height][width][CODES] */
  codes: Float32Array;
  /** [height][width][donors] */
  shares: Float32Array;
  /** How many donors the cloth is woven from. */
  donors: number;
  /** 1 for each cell of ground that is reached from the donor's rim, where a donor was left whole. */
  outside?: Uint8Array;
}>;

export function emptyCloth(
  width: number,
  height: number,
  edge: Edge,
  donors: number,
): Cloth {
  return {
    width,
    height,
    edge,
    donors,
    codes: new Float32Array(width * height * CODES),
    shares: new Float32Array(width * height * donors),
  };
}

const modulo = (x: number, n: number): number => x - Math.floor(x / n) * n;

const reflect = (x: number, n: number): number => {
  const at = modulo(x, 2 * n);
  return at < n ? at : 2 * n - 1 - at;
};

/** The number of the cell at column x, row y (integers, anywhere). */
export function cellAt(
  { width: w, height: h, edge }: Pick<Cloth, "width" | "height" | "edge">,
  x: number,
  y: number,
): number {
  if (x >= 0 && y >= 0 && x < w && y < h) return y * w + x;
  switch (edge) {
    case "clamp":
      return (
        Math.min(h - 1, Math.max(0, y)) * w + Math.min(w - 1, Math.max(0, x))
      );
    case "wrap":
      return modulo(y, h) * w + modulo(x, w);
    case "drop": {
      const column = Math.floor(x / w);
      return modulo(y + column * (h >> 1), h) * w + x - column * w;
    }
    case "brick": {
      const row = Math.floor(y / h);
      return (y - row * h) * w + modulo(x + row * (w >> 1), w);
    }
    case "mirror":
      return modulo(y, h) * w + reflect(x, w);
    case "quarter":
      return reflect(y, h) * w + reflect(x, w);
  }
}

/**
 * Reads a cloth at a place in cells (cell k reaches from k to k + 1) by quadratic B-splines, as tuning does: its codes to
 * `codes[at..]`, its shares to `shares[from..]`. Where donors meet the one that holds most is read alone: between the codes of two
 * lie those of anything, and their seam would be drawn as a crack.
 */
export function readCloth(
  cloth: Cloth,
  x: number,
  y: number,
  codes: Float32Array,
  at: number,
  shares?: Float32Array,
  from = 0,
): void {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const f = x - column - 0.5;
  const g = y - row - 0.5;
  const across = [0.5 * (0.5 - f) * (0.5 - f), 0.75 - f * f, 0];
  across[2] = 1 - across[0]! - across[1]!;
  const down = [0.5 * (0.5 - g) * (0.5 - g), 0.75 - g * g, 0];
  down[2] = 1 - down[0]! - down[1]!;
  const { donors } = cloth;
  const cells: number[] = [];
  const weights: number[] = [];
  for (let v = 0; v < 3; v++)
    for (let u = 0; u < 3; u++) {
      cells.push(cellAt(cloth, column + u - 1, row + v - 1));
      weights.push(across[u]! * down[v]!);
    }
  if (shares) {
    let winner = 0;
    for (let d = 0; d < donors; d++) {
      const part = cells.reduce(
        (sum, cell, k) => sum + weights[k]! * cloth.shares[cell * donors + d]!,
        0,
      );
      shares[from + d] = part;
      if (part > shares[from + winner]!) winner = d;
    }
    cells.forEach((cell, k) => {
      weights[k] = weights[k]! * cloth.shares[cell * donors + winner]!;
    });
    for (let d = 0; d < donors; d++) shares[from + d] = d === winner ? 1 : 0;
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (let j = 0; j < CODES; j++) {
    let sum = 0;
    for (let k = 0; k < 9; k++)
      sum += weights[k]! * cloth.codes[cells[k]! * CODES + j]!;
    codes[at + j] = sum / all;
  }
}

/** Half as wide and half as high: each cell the mean of four. Sides must be even. */
export function halve(cloth: Cloth): Cloth {
  const { width: w, donors } = cloth;
  const small = emptyCloth(w >> 1, cloth.height >> 1, cloth.edge, donors);
  const mean = (
    from: Float32Array,
    to: Float32Array,
    channels: number,
  ): void => {
    for (let y = 0; y < small.height; y++)
      for (let x = 0; x < small.width; x++)
        for (let j = 0; j < channels; j++) {
          const k = (2 * y * w + 2 * x) * channels + j;
          to[(y * small.width + x) * channels + j] =
            0.25 *
            (from[k]! +
              from[k + channels]! +
              from[k + w * channels]! +
              from[k + (w + 1) * channels]!);
        }
  };
  mean(cloth.codes, small.codes, CODES);
  mean(cloth.shares, small.shares, donors);
  return small;
}
