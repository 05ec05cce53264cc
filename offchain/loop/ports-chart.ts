/**
 * Draws SVG text as a PNG, its text in the one typeface that we bring along.
 * Rejects with FatalError `chart/not-drawn` if the text is no SVG, or the drawing needs something that is not here.
 */
export type DrawChart = (
  svg: string,
  options?: {
    /** Width of the PNG in pixels; that of the SVG if left out. */
    readonly width?: number;
  },
) => Promise<Uint8Array>;
