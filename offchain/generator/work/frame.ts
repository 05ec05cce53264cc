import type { FrameName } from "./vocabulary.ts";

/** What lies at a point of the sheet. */
export const PAPER = 0;
export const ART = 1;
export const RULE = 2;
/** Paper between the print and the hairline: told apart so that the line is found however thin it is in pixels. */
export const MARGIN = 3;

/** Half the side of the printed window when there is a margin; the sheet is [-1, 1] squared. */
const WINDOW = 0.86;
/** Distance of the ruled hairline from the print, and half its width. */
const RULE_GAP = 0.036;
const RULE_HALF = 0.0042;
const GUTTER = 0.022;

/** Sheet units per window unit: the print is scaled so that the window shows what a bleed would. */
export const windowScale = (frame: FrameName): number =>
  frame === "bleed" ? 1 : WINDOW;

/** Whether (x, y) is paper, print, the hairline around the print, or the margin between those two. */
export function frameAt(frame: FrameName, x: number, y: number): number {
  if (frame === "bleed") return ART;
  const d = distance(frame, x, y);
  if (d > RULE_GAP + RULE_HALF) return PAPER;
  if (d > RULE_GAP - RULE_HALF) return RULE;
  if (d > 0) return MARGIN;
  if (frame === "triptych")
    return Math.abs(Math.abs(x) - WINDOW / 3) < GUTTER ? PAPER : ART;
  if (frame === "panes")
    return Math.min(Math.abs(x), Math.abs(y)) < GUTTER ? PAPER : ART;
  return ART;
}

/** Whether (x, y) is inside the outline of the print, or at most `slack` outside. */
export const nearPrint = (
  frame: FrameName,
  x: number,
  y: number,
  slack: number,
): boolean => frame === "bleed" || distance(frame, x, y) <= slack;

/** Signed distance to the outline of the print, negative inside. */
function distance(frame: FrameName, x: number, y: number): number {
  if (frame === "roundel") return Math.sqrt(x * x + y * y) - WINDOW;
  if (frame === "arch") {
    const half = 0.66;
    const spring = half - WINDOW;
    if (y < spring)
      return Math.sqrt(x * x + (y - spring) * (y - spring)) - half;
    return Math.max(Math.abs(x) - half, y - WINDOW);
  }
  return Math.max(Math.abs(x), Math.abs(y)) - WINDOW;
}
