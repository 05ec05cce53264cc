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

/** What a sheet of paper shows, told in sheet units. */
export type Sheet = Readonly<{
  /** Sheet units per window unit: the print is scaled so that the window shows what a bleed would. */
  scale: number;
  /** Whether (x, y) is paper, print, the hairline around the print, or the margin between those two. */
  at: (x: number, y: number) => number;
  /** Whether (x, y) is inside the outline of the print, or at most `slack` outside. */
  near: (x: number, y: number, slack: number) => boolean;
}>;

/** The sheet of a frame. */
export function sheetOf(frame: FrameName): Sheet {
  if (frame === "bleed") return { scale: 1, at: () => ART, near: () => true };
  return {
    scale: WINDOW,
    at: (x, y) => place(distance(frame, x, y), gutter(frame, x, y) < GUTTER),
    near: (x, y, slack) => distance(frame, x, y) <= slack,
  };
}

/** {@link Sheet} of a frame, asked once. */
export const windowScale = (frame: FrameName): number => sheetOf(frame).scale;
export const frameAt = (frame: FrameName, x: number, y: number): number =>
  sheetOf(frame).at(x, y);
export const nearPrint = (
  frame: FrameName,
  x: number,
  y: number,
  slack: number,
): boolean => sheetOf(frame).near(x, y, slack);

/** A sheet on the way from one frame to another, `share` of the way in 0..1: outlines bend, gutters open and close. */
export function sheetBetween(
  from: FrameName,
  to: FrameName,
  share: number,
): Sheet {
  if (from === to) return sheetOf(from);
  const mix = (a: number, b: number): number => a + (b - a) * share;
  const outline = (x: number, y: number): number =>
    mix(distance(from, x, y), distance(to, x, y));
  return {
    scale: mix(sheetOf(from).scale, sheetOf(to).scale),
    at: (x, y) =>
      place(
        outline(x, y),
        gutter(from, x, y) < GUTTER * (1 - share) ||
          gutter(to, x, y) < GUTTER * share,
      ),
    near: (x, y, slack) => outline(x, y) <= slack,
  };
}

/** What lies at a distance from the outline. */
function place(d: number, inGutter: boolean): number {
  if (d > RULE_GAP + RULE_HALF) return PAPER;
  if (d > RULE_GAP - RULE_HALF) return RULE;
  if (d > 0) return MARGIN;
  return inGutter ? PAPER : ART;
}

/** How far (x, y) is from the middle of the nearest gutter. */
function gutter(frame: FrameName, x: number, y: number): number {
  if (frame === "triptych") return Math.abs(Math.abs(x) - WINDOW / 3);
  if (frame === "panes") return Math.min(Math.abs(x), Math.abs(y));
  return Infinity;
}

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
  const half = frame === "bleed" ? 1 : WINDOW;
  return Math.max(Math.abs(x), Math.abs(y)) - half;
}
