import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { parseMetadata } from "../publishing/metadata.ts";
import { epochPaths, tokenPaths } from "../publishing/paths.ts";
import type { PlannedBatch } from "./evolve-plan.ts";
import type { EvolveTask, PackedReport } from "./evolve-task.ts";
import type { Layers } from "./ports-archive.ts";

/**
 * Nothing is sent that does not read back: the archive's own blocks by another implementation, the whole tree through the archives
 * that hold it, and each work at its path with the files that were meant.
 * @throws FatalError `evolve/read-back`, `publishing/*`, `archive/unreadable`.
 */
export async function readBackEpoch(
  task: EvolveTask,
  { car, digest, root }: PackedReport,
): Promise<void> {
  const { run, part, archives, roots, artefacts } = task;
  await run.step(`${part}/read-back`, { root }, async () => {
    const blocks = await archives.readBackPart(car, roots);
    const plan = await task.plan();
    const layers = await archives.layers({ roots, paths: [car] });
    try {
      const tops = await layers.list(digest, "");
      for (const planned of plan.batches) {
        const top = tops.get(`${planned.batch.batch}`)?.cid;
        const same =
          planned.directory === undefined
            ? await readsAsMeant(layers, digest, planned)
            : top === planned.directory.cid;
        if (same && tops.size === plan.batches.length) continue;
        throw new FatalError(
          "evolve/read-back",
          `Batch \`${planned.batch.batch}\` reads back with other works than were packed from ${car}; nothing was sent for ${root}.`,
        );
      }
    } finally {
      await layers.close();
    }
    return blocks;
  });
  if (await artefacts.exists(car)) return;
  throw new FatalError(
    "evolve/archive-missing",
    `The archive \`${car}\` is gone; put it back, or nothing can be published.`,
  );
}

/** Every work at its path: known ones with the files they have, painted ones with metadata that names them and their picture. */
async function readsAsMeant(
  layers: Layers,
  root: Hex,
  { batch, works }: PlannedBatch,
): Promise<boolean> {
  const files = await layers.list(root, `${batch.batch}`);
  const images = await layers.list(root, `${batch.batch}/images`);
  // Beside the works, the folder of their pictures.
  if (images.size !== works.length || files.size !== works.length + 1)
    return false;
  for (const { work, files: known } of works) {
    const paths = tokenPaths(work.id);
    const metadata = files.get(paths.metadata);
    const image = images.get(paths.image.slice("images/".length));
    if (metadata === undefined || image === undefined) return false;
    if (known !== undefined) {
      if (metadata.cid !== known.metadata.cid || image.cid !== known.image.cid)
        return false;
    } else {
      const bytes = await layers.read(root, epochPaths(work.id).metadata);
      const { image: uri, properties } = parseMetadata(bytes);
      if (uri !== `ipfs://${image.cid}` || properties.index !== work.index)
        return false;
    }
  }
  return true;
}
