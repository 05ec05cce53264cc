import { loadTunedModel } from "../generator/loom/model.ts";
import { defaultTable } from "../generator/loom/table.ts";
import { canonicalBytes, type Json } from "../kernel/json.ts";
import { parseTraitTable } from "../rarity/table.ts";
import { calibrate } from "./calibrate.ts";
import { PREVIEW_SIZE } from "./engine.ts";
import { donorPictures } from "./painter.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Calibrate, TuningBase } from "./ports-tune.ts";
import { shrunkTo } from "./tune-sheet.ts";
import { tunedRecipe } from "./tuned-recipe.ts";

/** Traits that say which pictures a work is of, and whose colours it takes: they lose no value. */
const DONOR_TRAITS = [
  "motif",
  "second",
  "third",
  "colours",
  "palette",
] as const;

/** Screens nothing: the draft's candidates are judged by the calibration itself. */
const NO_GUARD: Json = {
  version: 1,
  screens: [],
  grade: [
    { measure: "detail", weight: 10_000, none: 0, full: 1, until: 1, over: 2 },
  ],
  nearDuplicate: { distance: 0 },
};

/**
 * The calibration of a recipe that was just tuned: a draft of it draws candidates on the workers, and odds and guard follow from what
 * they look like.
 */
export function fitRecipe(
  base: Pick<TuningBase, "holderLicence">,
  openPool: (files: ReadonlyMap<string, Uint8Array>) => EnginePool,
): Calibrate {
  return async (
    { kernels, weights, adapter, dataset, manifest, pictures },
    progress,
  ) => {
    const model = await loadTunedModel({ kernels, weights, adapter });
    const table = defaultTable(model.adapter, model.decoder) as unknown as Json;
    const pool = openPool(
      tunedRecipe({
        kernels,
        weights,
        adapter,
        traits: table,
        guard: NO_GUARD,
        dataset,
        manifest,
        holderLicence: base.holderLicence,
        name: "Draft",
      }),
    );
    try {
      const fitted = await calibrate({
        table: parseTraitTable(canonicalBytes(table)),
        donors: DONOR_TRAITS,
        pixels: (key, size) => pool.pixels(key, size),
        pictures: pictures.map((rgb) => shrunkTo(rgb, PREVIEW_SIZE)),
        references: donorPictures(model, PREVIEW_SIZE),
        progress,
      });
      return {
        traits: fitted.table as unknown as Json,
        guard: fitted.guard as unknown as Json,
        check: fitted.check,
      };
    } finally {
      await pool.close();
    }
  };
}
