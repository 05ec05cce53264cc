import type { Observation } from "../../kernel/observation.ts";
import { createRng, type Rng } from "../../kernel/rng.ts";
import type { Traits } from "../../kernel/traits.ts";
import { GENESIS, type WorkState } from "../evolution/state.ts";
import { blend, colours, type Colour, type Colours } from "./colours.ts";
import { driveOf, lean, type Drive } from "./drive.ts";
import { relight, washOf, type Wash } from "./light.ts";
import { MANNERS } from "./manners.ts";
import { moodOf, type Mood } from "./market.ts";
import {
  edgeOf,
  lineOf,
  readSteer,
  steerColours,
  steerLayer,
  steerLight,
  steerOfInlay,
  steerWeather,
  textileOf,
  UNSTEERED,
  WORK_DIALS,
  type Steer,
} from "./steer.ts";
import { readTraits, type WorkTraits } from "./traits.ts";
import type { View } from "./view.ts";
import {
  FAMILY_NAMES,
  type FamilyName,
  type FinishName,
  type FrameName,
  type LineName,
} from "./vocabulary.ts";

/** One field of the network and how it is looked at. */
export type Layer = Readonly<{
  /** Place in {@link FAMILY_NAMES}, and so in the network's one-hot input. */
  family: number;
  order: number;
  /** The eight style parameters, each in [-1, 1]. */
  style: readonly number[];
  view: View;
}>;

/** A second field inside the regions of some slots of the first. */
export type Inlay = Readonly<{
  layer: Layer;
  /** Slots of the first field that it fills. */
  slots: readonly number[];
  /** Eight colours for each of those slots, in the same order: tones of the region, so that the first picture still reads. */
  tones: readonly (readonly Colour[])[];
}>;

/** Everything that decides a picture but the network's weights and the size. */
export type WorkPlan = Readonly<{
  layer: Layer;
  inlay: Inlay | null;
  colours: Colours;
  finish: FinishName;
  line: LineName;
  frame: FrameName;
  /** What the tones are sharpened by: 1 calm, more on a restless market. */
  hardness: number;
  /** What the drawn lines are widened by; 1 at genesis. */
  weight: number;
  /** What is washed over the ground; nothing at genesis. */
  wash: Wash | null;
  /** Direction of the hatching (unit vector) and the seed of the grain. */
  hatch: readonly [number, number];
  grain: number;
}>;

/** What bends a plan: the mood it was minted in, what has pulled at it since, and who turned its dials. */
type Bent = Readonly<{ mood: Mood; drive: Drive; steer: Steer }>;

const STYLE_REACH = 0.88;
const STYLE_DRIFT = 0.2;
const STYLE_STEP = 0.11;
/** What an inlay is zoomed by: as fine as a textile, or rings that spread over the whole sheet. */
const INLAY_ZOOM = { ribbons: 1.5, scales: 1.35, agate: 0.6 };
/** How far off the middle a mirrored or quartered view may be. */
const FOLDED_ROAM = 0.25;

/**
 * Plans a work: a pure function of the digest that seeds it, its traits and the market.
 * Family, symmetry, palette, regions and lines come from the traits and the digest alone; the market bends what is there.
 * @throws LoopError `generator/unknown-trait` if the traits use a word that the generator does not know;
 * `generator/unknown-dial`, `generator/bad-dial`.
 */
export function planWork({
  digest,
  traits,
  observation,
  state = GENESIS,
  steer: dials = UNSTEERED,
}: {
  digest: Uint8Array;
  traits: Traits;
  observation: Observation;
  /** How far the market has carried the work since; genesis if left out. */
  state?: WorkState;
  /** Dials that somebody turned; none if left out. */
  steer?: Steer;
}): WorkPlan {
  const words = readTraits(traits);
  const mood = moodOf(observation);
  const steer = readSteer(dials, WORK_DIALS);
  const drive = steerWeather(driveOf(state), steer);
  const lit = steerLight(drive, steer);
  const rng = createRng(digest).fork("work");
  const bent = { mood, drive, steer };
  const layer = planLayer(words.family, words, bent, rng.fork("layer"));
  const printed = colours(words.palette, words.light, {
    warmth: mood.warmth,
    saturation:
      1000 + Math.floor((mood.warmth * 120 + mood.unrest * 160) / 1000),
  });
  const slots = steerColours(printed.slots, steer);
  const palette = relight({ ...printed, slots }, lit);
  const marks = rng.fork("marks");
  return {
    layer,
    inlay: planInlay(words, bent, palette, rng.fork("inlay")),
    colours: palette,
    finish: words.finish,
    line: words.line,
    frame: words.frame,
    hardness:
      (1 + mood.unrest / 1000) *
      (1 + lean(drive.unrest, 0.8, 0.45)) *
      edgeOf(steer),
    weight: (1 + lean(drive.unrest, 0.5, 0.4)) * lineOf(steer),
    wash: washOf(palette, lit, hasTop(words)),
    hatch: direction(
      marks.signed() * 0.35 + 0.9,
      marks.unit() < 0.5 ? -0.75 : 0.75,
    ),
    grain: marks.u32(),
  };
}

function planLayer(
  family: FamilyName,
  words: WorkTraits,
  { mood, drive, steer }: Bent,
  rng: Rng,
): Layer {
  const manners = MANNERS[family];
  const stir = manners.stir * (words.symmetry === "rosette" ? 0.8 : 1);
  const step =
    (STYLE_DRIFT * mood.drift) / 1000 + STYLE_STEP * stir * drive.drift;
  const style = Array.from({ length: 8 }, () => {
    const at = rng.signed() * STYLE_REACH;
    return Math.max(-1, Math.min(1, at + step * (rng.unit() < 0.5 ? -1 : 1)));
  });
  const free = !manners.upright || words.symmetry === "rosette";
  const [near, far] = manners.zoom;
  const reach =
    words.symmetry === "rosette"
      ? manners.rosette
      : words.symmetry === "single"
        ? manners.roam
        : FOLDED_ROAM;
  const zoom =
    (near + (far - near) * rng.unit()) *
    (words.symmetry === "rosette" ? 0.8 : 1) *
    (1 - (0.1 * mood.drift) / 1000) *
    (1 - stir * (0.05 * drive.drift + 0.16 * drive.distance));
  const slow = stir * (0.05 * drive.drift + 0.03 * drive.light);
  const layer: Layer = {
    family: FAMILY_NAMES.indexOf(family),
    order: words.order,
    style,
    view: {
      symmetry: words.symmetry,
      // Three or four mirrors leave wedges so wide that one motif stares back: they are doubled.
      folds: words.order < 5 ? 2 * words.order : words.order,
      flip: rng.unit() < 0.5,
      zoom,
      turn: free
        ? direction(rng.signed(), rng.signed())
        : direction(1, rng.signed() * 0.03),
      pan: [
        rng.signed() * reach,
        rng.signed() * (words.symmetry === "mirror" ? 0.04 : reach),
      ],
      sway:
        (0.006 + 0.014 * rng.unit() + (0.09 * mood.unrest) / 1000) *
          (1 + lean(drive.unrest, 0, 0.6)) +
        stir * lean(drive.unrest, 0.02, 0),
      gust: stir * lean(drive.unrest, 0.1, 0),
      lean: 0.12 * stir * drive.drift,
      phases: [
        rng.unit() + slow,
        rng.unit() - slow,
        rng.unit() + 0.8 * slow,
        rng.unit() - 1.3 * slow,
      ],
    },
  };
  return steerLayer(layer, steer, !free);
}

function planInlay(
  words: WorkTraits,
  bent: Bent,
  palette: Colours,
  rng: Rng,
): Inlay | null {
  const family = words.inlay;
  if (family === "none" || family === words.family) return null;
  const order = 3 + rng.below(6);
  const own: WorkTraits = {
    ...words,
    family,
    order,
    symmetry: "single",
  };
  const moved = { ...bent, steer: steerOfInlay(bent.steer) };
  const layer = planLayer(family, own, moved, rng.fork("layer"));
  const allowed = MANNERS[words.family].inlay;
  const slots = allowed.slice(0, 1 + rng.below(allowed.length));
  const contrast = Math.floor(
    300 + rng.below(260) + lean(bent.drive.unrest, 180, 150),
  );
  const tones = slots.map((slot) => {
    const region = palette.slots[slot]!;
    return palette.slots.map((tone) => blend(region, tone, contrast));
  });
  return {
    layer: {
      ...layer,
      view: {
        ...layer.view,
        zoom: layer.view.zoom * INLAY_ZOOM[family] * textileOf(bent.steer),
      },
    },
    slots,
    tones,
  };
}

/** Whether a picture has a sky above and an earth below. */
function hasTop({ family, symmetry }: WorkTraits): boolean {
  return (
    MANNERS[family].upright && (symmetry === "single" || symmetry === "mirror")
  );
}

/** The unit vector along (x, y); the first axis if both are nearly zero. */
function direction(x: number, y: number): readonly [number, number] {
  const length = Math.sqrt(x * x + y * y);
  return length < 1e-6 ? [1, 0] : [x / length, y / length];
}
