import type { GuardConfig } from "../../guard/config.ts";
import {
  prepareReferences,
  QUOTATION_MEASURES,
  quotationOf,
  type Quotation,
} from "../../guard/quotation.ts";

/**
 * Share of the dataset's own distances below which a work is a copy. The promise is a half; a tenth more is asked, since it is
 * checked by another rule than this one (`offchain/generator/likeness/nearest.ts`).
 */
export const COPY_SHARE = 0.6;
/** The same of patches: more, since the check takes the middle patch of a picture, and this the lowest eighth. */
export const PATCH_SHARE = 0.7;

/**
 * What is usual in a dataset: of each distance, the middle of how far each picture is from the nearest of the others.
 * @param pictures 64 x 64 x 3 bytes each.
 * @throws FatalError `guard/bad-preview` if one has another size.
 */
export function usualDistances(pictures: readonly Uint8Array[]): Quotation {
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
    return sorted[sorted.length >> 1] ?? 0;
  });
  return {
    whole: whole ?? 0,
    patch: patch ?? 0,
    recoloured: recoloured ?? 0,
  };
}

/** Bounds on copies: a share of what is usual, for patches perhaps another one. */
export function copyBounds(
  usual: Quotation,
  patchShare = PATCH_SHARE,
): NonNullable<GuardConfig["quotation"]> {
  return {
    whole: Math.floor(usual.whole * COPY_SHARE),
    patch: Math.floor(usual.patch * patchShare),
    recoloured: Math.floor(usual.recoloured * COPY_SHARE),
  };
}
