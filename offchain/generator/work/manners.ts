import { SLOT, type FamilyName } from "./vocabulary.ts";

/** How a family likes to be shown. */
export type Manners = Readonly<{
  /** Has a sky above and an earth below: never turned, hardly panned. */
  upright: boolean;
  /** Least and greatest zoom (plane units per window unit). */
  zoom: readonly [number, number];
  /** How far (plane units) a single view may be off the middle, and how far a rosette's. */
  roam: number;
  rosette: number;
  /** How readily it is bent, moved and restyled: less where edges lie so dense that a little is much. */
  stir: number;
  /** Slots that another family may fill, best first. */
  inlay: readonly number[];
}>;

const { ground, deep, low, mid, high, ink } = SLOT;

export const MANNERS: Readonly<Record<FamilyName, Manners>> = {
  dunes: {
    upright: true,
    zoom: [0.92, 1.05],
    roam: 0.06,
    rosette: 0.5,
    stir: 1,
    inlay: [mid, deep],
  },
  tide: {
    upright: true,
    zoom: [0.92, 1.05],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.8,
    inlay: [low, deep],
  },
  grove: {
    upright: true,
    zoom: [0.95, 1.08],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.95,
    inlay: [high, low],
  },
  agate: {
    upright: false,
    zoom: [0.85, 1.15],
    roam: 0.28,
    rosette: 0.5,
    stir: 0.7,
    inlay: [high, mid],
  },
  ribbons: {
    upright: false,
    zoom: [0.85, 1.2],
    roam: 0.4,
    rosette: 0.5,
    stir: 0.65,
    inlay: [deep, ground],
  },
  canyon: {
    upright: true,
    zoom: [0.85, 1.05],
    roam: 0.1,
    rosette: 0.5,
    stir: 0.8,
    inlay: [mid, deep],
  },
  bloom: {
    upright: false,
    zoom: [0.98, 1.12],
    roam: 0.12,
    rosette: 0.28,
    stir: 0.85,
    inlay: [ground],
  },
  whirl: {
    upright: false,
    zoom: [1, 1.2],
    roam: 0.12,
    rosette: 0.28,
    stir: 0.8,
    inlay: [ground],
  },
  sprig: {
    upright: true,
    zoom: [0.94, 1.02],
    roam: 0.06,
    rosette: 0.5,
    stir: 1,
    inlay: [high],
  },
  vase: {
    upright: true,
    zoom: [0.97, 1.04],
    roam: 0.06,
    rosette: 0.5,
    stir: 1,
    inlay: [low],
  },
  cairn: {
    upright: true,
    zoom: [0.87, 0.97],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.75,
    inlay: [low, deep],
  },
  arches: {
    upright: true,
    zoom: [0.95, 1.06],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.75,
    inlay: [ink, mid],
  },
  braid: {
    upright: false,
    zoom: [0.95, 1.15],
    roam: 0.12,
    rosette: 0.5,
    stir: 0.5,
    inlay: [ground],
  },
  palmette: {
    upright: true,
    zoom: [1, 1.08],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.7,
    inlay: [high],
  },
  meadow: {
    upright: true,
    zoom: [0.92, 1.02],
    roam: 0.06,
    rosette: 0.5,
    stir: 0.6,
    inlay: [mid, low],
  },
  scales: {
    upright: true,
    zoom: [0.8, 1.1],
    roam: 0.3,
    rosette: 0.5,
    stir: 0.45,
    inlay: [low, deep],
  },
};
