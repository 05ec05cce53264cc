import { createRng, type Rng } from "../../kernel/rng.ts";

import { emptyCloth, halve, type Cloth } from "./cloth.ts";
import { growCoherent } from "./coherence.ts";
import { surveyOf } from "./donors.ts";
import type { TunedModel } from "./model.ts";
import { emptyOrigins, finer, vote } from "./origins.ts";
import { weavePatches, type Guide } from "./patches.ts";
import { seen } from "./seen.ts";
import type { ClothPlan } from "./stack.ts";

/** Weaves patches of all donors into something new, coarse to fine. */
export function weaveFreely(model: TunedModel, plan: ClothPlan): Cloth {
  const { donors, width, height, edge, place } = plan;
  const { grid } = surveyOf(model);
  const rng = createRng(seedOf(plan.seed));
  const sources = donors.flatMap((view, k) => {
    const straight = { ...view, shift: [0, 0] as const };
    const cloth = seen(model, straight, k, donors.length, grid, grid);
    if (edge !== "clamp" || place) return [cloth];
    return [
      cloth,
      seen(
        model,
        { ...straight, flip: !view.flip },
        k,
        donors.length,
        grid,
        grid,
      ),
    ];
  });
  const small = sources.map(halve);
  const [w, h] = [width >> 1, height >> 1];
  const first: Cloth = emptyCloth(w, h, edge, donors.length);
  const zones = zonesOf(first, donors.length, rng);
  const begun = begin(first, small, zones, place, rng);
  const guide: Guide = {
    channels: donors.length + (place ? 2 : 0),
    wanted: guideOf(first, zones, donors.length, place),
    given: small.map((source) => guideOf(source, null, donors.length, place)),
  };
  const coarse = weavePatches(model.kernels, begun, small, {
    patch: Math.min(7, 2 * Math.floor((Math.min(w, h) - 1) / 2) + 1),
    rounds: 8,
    completeness: 0.04,
    guide,
  });
  const origins = finer(coarse.origins, w, h);
  const laid = vote(
    { ...first, width, height, donors: donors.length },
    sources,
    origins,
    1,
  );
  growCoherent(laid, sources, origins, { half: 2, rounds: 5 });
  return vote(laid, sources, origins, 0);
}

/** Which donor each coarse cell would rather be of: stripes or a medallion that fit the cloth's edge. */
function zonesOf(cloth: Cloth, donors: number, rng: Rng): Uint8Array {
  const { width, height } = cloth;
  const zones = new Uint8Array(width * height);
  const phase = rng.unit();
  const kind = rng.below(3);
  for (let i = 0; i < zones.length; i++) {
    const x = ((i % width) + 0.5) / width;
    const y = (Math.floor(i / width) + 0.5) / height;
    if (kind === 0) {
      const r = 4 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5));
      zones[i] = r < 0.2 && donors > 2 ? 2 : r < 0.5 && donors > 1 ? 1 : 0;
    } else {
      const along = (kind === 1 ? x : y) + phase;
      const t = along - Math.floor(along);
      // The motif takes half, the others share the rest.
      zones[i] = t < 0.5 || donors === 1 ? 0 : donors === 2 || t < 0.75 ? 1 : 2;
    }
  }
  return zones;
}

/** How strongly a patch wants its zone, and its place in a picture. */
const ZONE = 0.8;
const PLACE = 0.9;

function guideOf(
  { width, height, shares }: Cloth,
  zones: Uint8Array | null,
  donors: number,
  place: boolean,
): Float32Array {
  const channels = donors + (place ? 2 : 0);
  const guide = new Float32Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    for (let d = 0; d < donors; d++)
      guide[i * channels + d] =
        ZONE * (zones ? (zones[i] === d ? 1 : 0) : shares[i * donors + d]!);
    if (place) {
      guide[i * channels + donors] = (PLACE * ((i % width) + 0.5)) / width;
      guide[i * channels + donors + 1] =
        (PLACE * (Math.floor(i / width) + 0.5)) / height;
    }
  }
  return guide;
}

/** Chunks of the sources laid side by side: whole motifs to begin with. */
function begin(
  cloth: Cloth,
  sources: readonly Cloth[],
  zones: Uint8Array,
  place: boolean,
  rng: Rng,
): Cloth {
  const { width, height, donors } = cloth;
  const origins = emptyOrigins(width * height);
  const side = 8;
  const perDonor = sources.length / donors;
  for (let y0 = 0; y0 < height; y0 += side)
    for (let x0 = 0; x0 < width; x0 += side) {
      const zone = zones[y0 * width + x0]!;
      const source = zone * perDonor + rng.below(perDonor);
      const from = sources[source]!;
      const dx = rng.below(Math.max(1, from.width - side));
      const dy = rng.below(Math.max(1, from.height - side));
      for (let y = y0; y < Math.min(height, y0 + side); y++)
        for (let x = x0; x < Math.min(width, x0 + side); x++) {
          const i = y * width + x;
          origins.source[i] = source;
          origins.x[i] = place ? Math.min(from.width - 1, x) : dx + x - x0;
          origins.y[i] = place ? Math.min(from.height - 1, y) : dy + y - y0;
        }
    }
  return vote(cloth, sources, origins, 1);
}

function seedOf(seed: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, seed);
  return bytes;
}
