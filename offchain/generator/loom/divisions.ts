import type { Rng } from "../../kernel/rng.ts";

import type { Shape } from "./shapes.ts";
import type { DivisionName } from "./vocabulary.ts";

const SQRT_HALF = 0.7071067811865476;

const pick = <T>(rng: Rng, items: readonly T[]): T =>
  items[rng.below(items.length)]!;
const within = (rng: Rng, low: number, high: number): number =>
  low + (high - low) * rng.unit();

/**
 * The shapes of a division, from the top one down: a point belongs to the first that it lies in, and to the field if to none.
 * Proportions are drawn from the few that heraldry and pattern books use, each a little off.
 */
export function divide(division: DivisionName, rng: Rng): readonly Shape[] {
  const shape = (kind: Shape["kind"], ...at: number[]): Shape => ({ kind, at });
  const middle = (): [number, number] =>
    pick(rng, [
      [0, 0],
      [0, 0],
      [-0.3, 0],
      [0, -0.18],
    ] as [number, number][]);
  switch (division) {
    case "undivided":
      return [];
    case "pale":
      return rng.unit() < 0.4
        ? [shape("half", 1, 0, pick(rng, [0, -0.33, 0.33]))]
        : [
            shape(
              "band",
              1,
              0,
              pick(rng, [0, 0, -0.4]),
              within(rng, 0.3, 0.42),
            ),
          ];
    case "fess":
      return rng.unit() < 0.4
        ? [shape("half", 0, 1, pick(rng, [0, 0.25, -0.25]))]
        : [
            shape(
              "band",
              0,
              1,
              pick(rng, [0, 0, 0.2]),
              within(rng, 0.28, 0.42),
            ),
          ];
    case "bend": {
      const lean = rng.unit() < 0.5 ? SQRT_HALF : -SQRT_HALF;
      return rng.unit() < 0.35
        ? [shape("half", lean, SQRT_HALF, 0)]
        : [
            shape(
              "band",
              lean,
              SQRT_HALF,
              within(rng, -0.12, 0.12),
              within(rng, 0.24, 0.38),
            ),
          ];
    }
    case "chevron":
      return rng.unit() < 0.5
        ? [
            shape(
              "chevron",
              within(rng, -0.35, 0),
              within(rng, 0.7, 1.1),
              pick(rng, [0, 0, 1, 2, 3]),
            ),
          ]
        : [
            shape(
              "rafter",
              within(rng, -0.3, 0),
              within(rng, 0.7, 1),
              within(rng, 0.16, 0.24),
              pick(rng, [0, 0, 1, 3]),
            ),
          ];
    case "saltire":
      return [shape("saltire", within(rng, 0.14, 0.26))];
    case "cross": {
      const [x, y] = pick(rng, [
        [0, 0],
        [-0.28, 0],
      ] as [number, number][]);
      return [shape("cross", x, y, within(rng, 0.14, 0.24))];
    }
    case "quarterly":
      return [shape("quarters", 0, 0)];
    case "pile":
      return [
        shape(
          "pile",
          pick(rng, [1, 1, 0.75]),
          within(rng, 0, 0.8),
          rng.below(4),
        ),
      ];
    case "lozenge":
      return [
        shape(
          "lozenge",
          0,
          0,
          within(rng, 0.66, 0.92),
          within(rng, 0.66, 0.92),
        ),
      ];
    case "roundel": {
      const [x, y] = middle();
      return [shape("disc", x, y, within(rng, 0.42, 0.6))];
    }
    case "annulet": {
      const [x, y] = [0, 0];
      return [
        shape("ring", x, y, within(rng, 0.52, 0.62), within(rng, 0.12, 0.19)),
      ];
    }
    case "canton":
      return [
        shape("box", -2, -2, within(rng, -0.2, 0.1), within(rng, -0.12, 0.1)),
      ];
    case "border":
      return [shape("frame", within(rng, 0.66, 0.78))];
    case "stripes": {
      const [x, y] = pick(rng, [
        [1, 0],
        [0, 1],
        [SQRT_HALF, SQRT_HALF],
        [SQRT_HALF, -SQRT_HALF],
      ] as [number, number][]);
      return [shape("stripes", x, y, pick(rng, [5, 5, 7, 3]), 0)];
    }
    case "checks":
      return [shape("checks", pick(rng, [3, 4, 5]))];
    case "gyronny":
      return [shape("gyron", 0, 0)];
    case "star": {
      const n = pick(rng, [5, 5, 6, 8]);
      return [
        shape(
          "star",
          0,
          n === 5 ? 0.05 : 0,
          within(rng, 0.68, 0.86),
          n,
          n === 5 ? 0.382 : n === 6 ? 0.577 : 0.6,
          0,
        ),
      ];
    }
    case "waves":
      return [
        shape(
          "waves",
          pick(rng, [4, 5, 6]),
          rng.unit(),
          within(rng, 0.08, 0.14),
          pick(rng, [2, 3]),
        ),
      ];
    case "rays":
      return [shape("rays", 0, pick(rng, [0, 0, 1]), pick(rng, [0, 1]))];
    case "ogee": {
      const n = pick(rng, [2, 2, 3]);
      return [
        shape(
          "ogee",
          n,
          pick(rng, n === 2 ? [1, 1.5] : [1.5, 2]),
          within(rng, 0.25, 0.31),
          pick(rng, [0, 0.5]),
        ),
      ];
    }
    case "scales":
      return [shape("scales", pick(rng, [3, 4, 5]), 0.56)];
    case "arch":
      return [
        shape("arch", within(rng, 0.5, 0.62), within(rng, -0.3, -0.1), 2),
      ];
    case "mandorla":
      return [
        shape("mandorla", within(rng, 0.45, 0.58), within(rng, 0.86, 1.02)),
      ];
  }
}
