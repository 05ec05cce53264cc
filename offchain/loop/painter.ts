import { drawDonor } from "../generator/adapter/draw.ts";
import { loadTunedModel, type TunedModel } from "../generator/loom/model.ts";
import { planWeave } from "../generator/loom/plan.ts";
import { renderWeave } from "../generator/loom/render.ts";
import { WEAVE_DIALS } from "../generator/loom/steer.ts";
import { loadModel } from "../generator/model/model.ts";
import { crossPictures } from "../generator/work/crossing.ts";
import { renderMorph } from "../generator/work/morph.ts";
import { planWork } from "../generator/work/plan.ts";
import { renderWork } from "../generator/work/render.ts";
import { readSteer, UNSTEERED } from "../generator/work/steer.ts";
import type { GuardConfig } from "../guard/config.ts";
import { prepareReferences, type References } from "../guard/quotation.ts";
import { toHex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { TunedManifest } from "../publishing/recipe-manifest.ts";
import type { Recipe } from "../publishing/recipe.ts";
import type { PictureKey } from "./engine.ts";

/** Side of the pictures that copies are looked for at. */
const REFERENCE_SIZE = 64;

/** What draws a recipe's works, whatever made the model. */
export interface Painter {
  /** `size * size * 3` bytes RGB. */
  readonly pixels: (key: PictureKey, size: number) => Uint8Array;
  /** The donors as this very model draws them, for the guard to compare with; made when they are first needed. */
  readonly references: (() => References) | undefined;
}

/** The painter that a recipe's version names. @throws LoopError as `createEngine`. */
export function painterOf(
  recipe: Recipe,
  guard: GuardConfig,
): Promise<Painter> {
  const { manifest } = recipe;
  return manifest.version === 1
    ? basePainter(recipe)
    : tunedPainter(recipe, manifest, guard);
}

async function basePainter(recipe: Recipe): Promise<Painter> {
  const model = await loadModel({
    kernels: recipe.file("kernels"),
    weights: recipe.file("weights"),
  });
  return {
    pixels: ({ towards, ...key }, size) =>
      towards === undefined
        ? renderWork(model, planWork(key), size)
        : renderMorph(
            model,
            [planWork(key), planWork(towards.key)],
            towards.share,
            size,
          ),
    references: undefined,
  };
}

async function tunedPainter(
  recipe: Recipe,
  manifest: TunedManifest,
  guard: GuardConfig,
): Promise<Painter> {
  const model = await loadTunedModel({
    kernels: recipe.file("kernels"),
    weights: recipe.file("weights"),
    adapter: recipe.file("adapter"),
  });
  const { adapter } = model;
  if (
    adapter.dataset !== manifest.dataset ||
    adapter.precision !== manifest.precision
  )
    throw new FatalError(
      "publishing/recipe-other-adapter",
      `The adapter is ${adapter.precision} and of the dataset \`${adapter.dataset}\`, the recipe says ${manifest.precision} and \`${manifest.dataset}\`; assemble the recipe again.`,
    );
  let references: References | undefined;
  const woven: Painter["pixels"] = ({ steer = UNSTEERED, ...key }, size) => {
    const dials = readSteer(steer, WEAVE_DIALS);
    return renderWeave(
      model,
      planWeave({ ...key, steer: dials }, adapter),
      size,
    );
  };
  // Many frames lie between the same two works.
  const ends = new Map<string, Uint8Array>();
  const end: Painter["pixels"] = (key, size) => {
    const name = nameOf(key, size);
    const known = ends.get(name);
    if (known !== undefined) return known;
    const [oldest] = ends.keys();
    if (ends.size === 2 && oldest !== undefined) ends.delete(oldest);
    const rgb = woven(key, size);
    ends.set(name, rgb);
    return rgb;
  };
  return {
    pixels: ({ towards, ...key }, size) =>
      towards === undefined
        ? woven(key, size)
        : crossPictures(end(key, size), end(towards.key, size), {
            share: towards.share,
            size,
          }),
    references:
      guard.quotation === undefined
        ? undefined
        : () =>
            (references ??= prepareReferences(
              donorPictures(model, REFERENCE_SIZE),
            )),
  };
}

/** Everything that a picture of a size follows from, as text. */
function nameOf({ digest, ...rest }: PictureKey, size: number): string {
  return JSON.stringify([toHex(digest), rest, size]);
}

/** The donors as the model draws them, `size * size * 3` bytes each, in the adapter's order. */
export function donorPictures(
  { kernels, adapter, decoder }: TunedModel,
  size: number,
): Uint8Array[] {
  return adapter.pictures.map((_, place) =>
    drawDonor(kernels, adapter, decoder, place, size),
  );
}
