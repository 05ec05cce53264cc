import { FatalError } from "../kernel/errors.ts";
import type { Observation } from "../kernel/observation.ts";
import type { Traits } from "../kernel/traits.ts";
import { parseTraitTable } from "../rarity/table.ts";
import { columnsFor } from "./columns.ts";
import type { PictureKey } from "./engine.ts";
import { dialsOf, findDial, steerOf, type Dial } from "./explore-dials.ts";
import type { Drawing } from "./explore-draw.ts";
import { searchLike, type Search } from "./explore-like.ts";
import { differenceOf, legsOf, pathFilm, pathSheet } from "./explore-path.ts";
import {
  film,
  gridAround,
  ringAround,
  sliders,
  steered,
  swings,
} from "./explore-sheets.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Progress } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";

/** What is wanted of the works that exploring begins at. */
export type Wish =
  | { readonly kind: "work" }
  | { readonly kind: "look" }
  | {
      readonly kind: "grid" | "sliders";
      /** By names or words; the liveliest two, or every style, where they are left out. */
      readonly dials: readonly string[] | undefined;
      readonly stops: number;
      readonly reach: number | undefined;
    }
  | { readonly kind: "path" }
  | {
      readonly kind: "like";
      /** 64 x 64 x 3 bytes. */
      readonly example: Uint8Array;
      readonly seed: Uint8Array;
      readonly candidates: number;
      readonly observation: Observation;
    };

/** A wish with all that goes with it. */
export interface ExploreRequest {
  readonly works: readonly PictureKey[];
  readonly wish: Wish;
  readonly moving: boolean;
  /** Frames of an animation, or between two works; left to the kind where undefined. */
  readonly frames: number | undefined;
  readonly size: number | undefined;
  /** Words that every work is given instead of its own, and dials that are turned in every one. */
  readonly traits: Traits;
  readonly turned: readonly (readonly [string, number])[];
  /** The picture to draw alone, counted from 1 along the rows. */
  readonly pick: number | undefined;
}

/** What exploring came to. */
export interface Exploration {
  readonly drawing: Drawing;
  /** The dials of the rows, or of the two sides of a grid, to the right first. */
  readonly dials: readonly Dial[];
  readonly search: Search | undefined;
}

interface Ports {
  readonly pool: EnginePool;
  readonly progress: Progress;
  readonly recipe: Pick<Recipe, "file" | "manifest">;
}

/** Side of a picture among others, pixels. */
const AMONG_OTHERS = 256;
/** Reach of a slider and of a grid, which goes along two dials at once. */
const REACH = { sliders: 1_000, grid: 700 } as const;
/** Frames between two works of a sheet and of an animation, around a grid, and of one slider. */
const FRAMES = { sheet: 7, film: 18, ring: 36, swing: 14 } as const;

/**
 * Turns a wish into what is to be drawn.
 * @throws FatalError `explore/*`, `generator/*`
 */
export async function explore(
  ports: Ports,
  request: ExploreRequest,
): Promise<Exploration> {
  const found = await wished(ports, request);
  const { pick } = request;
  if (pick === undefined) return found;
  const picked = found.drawing.pictures[pick - 1];
  if (picked === undefined) {
    throw new FatalError(
      "explore/no-such-picture",
      `There is no picture ${pick} among ${found.drawing.pictures.length}; count from 1 along the rows.`,
    );
  }
  const size = request.size ?? ports.recipe.manifest.defaultSize;
  const drawing = {
    form: { kind: "picture" },
    size,
    pictures: [picked],
  } as const;
  return { ...found, drawing };
}

async function wished(
  ports: Ports,
  request: ExploreRequest,
): Promise<Exploration> {
  const { wish, moving, frames } = request;
  const size = request.size ?? AMONG_OTHERS;
  if (wish.kind === "like") return like(ports, wish, request);
  const works = request.works.map((key) => bent(ports, key, request));
  const [key] = works;
  if (key === undefined) throw new TypeError("exploring begins at a work");
  const plain = { dials: [], search: undefined };
  if (wish.kind === "path" || (wish.kind === "look" && moving)) {
    const between = frames ?? (moving ? FRAMES.film : FRAMES.sheet);
    const way = { frames: between, closed: moving };
    const legs = await legsOf(ports, works, way);
    const drawing = moving ? pathFilm(legs, size) : pathSheet(legs, size);
    return { ...plain, drawing };
  }
  if (wish.kind === "look") {
    const columns = columnsFor(works.length);
    return {
      ...plain,
      drawing: { form: { kind: "sheet", columns }, size, pictures: works },
    };
  }
  if (wish.kind === "work")
    return { ...plain, drawing: alone(ports, key, request) };
  const reach = wish.reach ?? REACH[wish.kind];
  const sheet = { stops: wish.stops, reach };
  const form = { kind: "sheet", columns: wish.stops } as const;
  if (wish.kind === "grid") {
    const dials = await twoDials(ports, key, wish.dials);
    const drawing = moving
      ? film(
          ringAround(key, dials, { frames: frames ?? FRAMES.ring, reach }),
          size,
        )
      : { form, size, pictures: gridAround(key, dials, sheet) };
    return { ...plain, drawing, dials };
  }
  const all = dialsOf(ports.recipe, key.traits);
  const dials = wish.dials?.map((text) => findDial(all, text)) ?? stylesOf(all);
  const swung = { frames: frames ?? FRAMES.swing * dials.length, reach };
  const drawing = moving
    ? film(swings(key, dials, swung), size)
    : { form, size, pictures: sliders(key, dials, sheet) };
  return { ...plain, drawing, dials };
}

async function like(
  ports: Ports,
  wish: Extract<Wish, { kind: "like" }>,
  request: ExploreRequest,
): Promise<Exploration> {
  const search = await searchLike(ports, wish);
  const drawing = alone(ports, bent(ports, search.dials.key, request), request);
  return { drawing, dials: [], search };
}

function alone(
  { recipe }: Ports,
  key: PictureKey,
  { size, moving }: ExploreRequest,
): Drawing {
  if (moving) {
    throw new FatalError(
      "explore/still",
      "One work does not move; give --path, --grid or --sliders with --format apng.",
    );
  }
  return {
    form: { kind: "picture" },
    size: size ?? recipe.manifest.defaultSize,
    pictures: [key],
  };
}

/** A work with other words and with dials turned. */
function bent(
  { recipe }: Ports,
  key: PictureKey,
  { traits, turned }: ExploreRequest,
): PictureKey {
  const { traits: table } = parseTraitTable(recipe.file("traits"));
  for (const [name, value] of Object.entries(traits)) {
    const column = table.find((one) => one.name === name);
    const values = column?.values.map((one) => one.name);
    if (values?.includes(value)) continue;
    throw new FatalError(
      "explore/unknown-trait",
      values === undefined
        ? `\`${name}\` is no trait of this recipe; it has ${table.map((one) => one.name).join(", ")}.`
        : `\`${value}\` is no ${name} of this recipe; it has ${values.join(", ")}.`,
    );
  }
  const worded = { ...key, traits: { ...key.traits, ...traits } };
  if (turned.length === 0) return worded;
  return steered(worded, steerOf(dialsOf(recipe, worded.traits), turned));
}

/** The two named dials, or the two styles that change a work most. */
async function twoDials(
  { pool, progress, recipe }: Ports,
  key: PictureKey,
  named: readonly string[] | undefined,
): Promise<readonly [Dial, Dial]> {
  const all = dialsOf(recipe, key.traits);
  const chosen =
    named?.map((text) => findDial(all, text)) ??
    (await liveliest({ pool, progress }, key, all));
  const [across, up] = chosen;
  if (across !== undefined && up !== undefined && chosen.length === 2)
    return [across, up];
  throw new FatalError(
    "explore/two-dials",
    `A grid goes along two dials, and ${chosen.length} are named; give --dials with two, a comma between them.`,
  );
}

/** The directions of the style; every dial where a model has none. */
function stylesOf(all: readonly Dial[]): readonly Dial[] {
  const styles = all.filter(({ style }) => style);
  return styles.length > 0 ? styles : all;
}

async function liveliest(
  { pool, progress }: Omit<Ports, "recipe">,
  key: PictureKey,
  all: readonly Dial[],
): Promise<readonly Dial[]> {
  const styles = stylesOf(all);
  let done = 0;
  const moved = await Promise.all(
    styles.map(async (dial) => {
      const [low, high] = await Promise.all(
        [-600, 600].map((value) =>
          pool.pixels(steered(key, { [dial.name]: value }), 64),
        ),
      );
      progress.stage("try dials", ++done, styles.length);
      return { dial, by: low && high ? differenceOf(low, high) : 0 };
    }),
  );
  return moved
    .toSorted((a, b) => b.by - a.by)
    .slice(0, 2)
    .map(({ dial }) => dial);
}
