/** Golden vectors of woven works, pure like `golden.ts`, so that the same code runs in Node and in a browser. */
import { encodePng } from "../../offchain/generator/png.ts";
import { planWeave } from "../../offchain/generator/loom/plan.ts";
import { renderWeave } from "../../offchain/generator/loom/render.ts";
import { fromHex, toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import { loadTunedModel, type TunedModel } from "../../offchain/generator/loom/model.ts";
import { donorPictures } from "../../offchain/loop/painter.ts";

import type { WorkVector } from "./golden.ts";

/** The file `tuned.json`. */
export type TunedGolden = {
  readonly kernels: Hex;
  readonly weights: Hex;
  readonly adapter: Hex;
  /** Digest of all donors as the model draws them at 64 pixels: what copies are looked for with. */
  readonly donors: Hex;
  readonly works: readonly WorkVector[];
};

/** The files of a tuned model. */
export type TunedFiles = Parameters<typeof loadTunedModel>[0];

/** Draws a woven work and digests its PNG. */
export function weaveDigest(model: TunedModel, vector: Omit<WorkVector, "png">): Hex {
  const { digest, traits, conditions, state, size } = vector;
  const observation = unpackObservation(conditions);
  const key = { digest: fromHex(digest), traits, observation, ...(state === undefined ? {} : { state }) };
  const rgb = renderWeave(model, planWeave(key, model.adapter), size);
  return toHex(sha256(encodePng(rgb, { width: size, height: size })));
}

/** Digests the donors' decodes. */
export function donorsDigest(model: TunedModel): Hex {
  const pictures = donorPictures(model, 64);
  const all = new Uint8Array(pictures.length * 64 * 64 * 3);
  pictures.forEach((rgb, i) => all.set(rgb, i * 64 * 64 * 3));
  return toHex(sha256(all));
}

/** Checks every vector; one line for each that differs. */
export async function tunedDifferences(files: TunedFiles, golden: TunedGolden): Promise<string[]> {
  const model = await loadTunedModel(files);
  const lines: string[] = [];
  const note = (name: string, expected: string, computed: string): void => {
    if (computed !== expected) lines.push(`${name}: expected ${expected}, computed ${computed}`);
  };
  for (const name of ["kernels", "weights", "adapter"] as const) note(name, golden[name], toHex(sha256(files[name])));
  note("donors", golden.donors, donorsDigest(model));
  golden.works.forEach((vector, n) => note(`woven work ${n} at ${vector.size}`, vector.png, weaveDigest(model, vector)));
  return lines;
}
