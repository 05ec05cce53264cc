/** Most pictures that a dataset is measured by. */
export const MOST_MEASURED = 64;

/** At most {@link MOST_MEASURED} of a dataset's pictures, evenly over their order. */
export function measured(pictures: readonly Uint8Array[]): Uint8Array[] {
  const count = Math.min(MOST_MEASURED, pictures.length);
  return Array.from({ length: count }, (_, i) => {
    const place = Math.floor((i * pictures.length) / count);
    return pictures[place] ?? new Uint8Array();
  });
}
