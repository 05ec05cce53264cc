import type { Edge } from "./cloth.ts";
import type { LibertyName } from "./vocabulary.ts";

/** One donor as a cloth sees it. */
export type DonorView = Readonly<{
  /** Place in the adapter. */
  donor: number;
  flip: boolean;
  /** Cells that the middle is moved by. */
  shift: readonly [number, number];
}>;

/** How a cloth is made. Two equal ones are one and the same cloth. */
export type ClothPlan = Readonly<{
  way: LibertyName;
  width: number;
  height: number;
  edge: Edge;
  donors: readonly DonorView[];
  /** Whether what lay above stays above. */
  place: boolean;
  /** Direction of the seams of a joined cloth: 0 one above the other, 1 side by side; and where, 0..1. */
  seams: readonly (readonly [number, number])[];
  /** Draws of the weaving. */
  seed: number;
}>;

/** One sheet of the stack that a region is printed from. */
export type SheetPlan = Readonly<{
  /** Place in the plan's cloths. */
  cloth: number;
  /** Cells per sheet unit, and the cell in the middle of the sheet. */
  scale: number;
  middle: readonly [number, number];
  /** Only its figure: its middle at sheet point (x, y), at most so wide and so tall; its ground lets the sheet below through. */
  figure: readonly [number, number, number, number] | null;
  /** Only the donor's largest colour (0), the next largest (1) and so on, even; null for the cloth itself. */
  bare: number | null;
  /** Whose colours it takes, whether dark and light are changed over, and how far (thousandths) it fades into its mean. */
  palette: number;
  reversed: boolean;
  /** Whose colours it must not look like; null if it does not matter. */
  unlike: number | null;
  faded: number;
}>;
