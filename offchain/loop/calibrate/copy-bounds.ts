import type { GuardConfig } from "../../guard/config.ts";
import {
  prepareReferences,
  QUOTATION_MEASURES,
  quotationOf,
} from "../../guard/quotation.ts";

/**
 * Share of the dataset's own distances, bps, below which a work is a copy. The promise is a half; 5 more, since it is checked
 * by another rule than this one (`offchain/generator/likeness/nearest.ts`).
 */
const SHARE = 5_500;

/**
 * Bounds on copies: of each distance, a share of what is usual in the dataset, the middle of how far each picture is from
 * the nearest of the others.
 * @param pictures 64 x 64 x 3 bytes each.
 * @throws FatalError `guard/bad-preview` if one has another size.
 */
export function copyBounds(
  pictures: readonly Uint8Array[],
): NonNullable<GuardConfig["quotation"]> {
  const prepared = prepareReferences(pictures);
  const own = pictures.map((picture, i) =>
    quotationOf(
      picture,
      prepared.filter((_, j) => j !== i),
    ),
  );
  const [whole, patch, recoloured] = QUOTATION_MEASURES.map((measure) => {
    const sorted = own
      .map((quotation) => quotation[measure])
      .sort((a, b) => a - b);
    return Math.floor(((sorted[sorted.length >> 1] ?? 0) * SHARE) / 10_000);
  });
  return {
    whole: whole ?? 0,
    patch: patch ?? 0,
    recoloured: recoloured ?? 0,
  };
}
