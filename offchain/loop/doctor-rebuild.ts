import { isGenesis } from "../generator/evolution/state.ts";
import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { cidToDigest, parseCid } from "../publishing/cid.ts";
import { createEpochPacker, type EpochWork } from "../publishing/epoch.ts";
import type { PublishedArchive } from "./doctor-archives.ts";
import { readEpochFacts } from "./epoch-facts.ts";
import { metadataOf, pictureOf, type GenesisBatch } from "./epoch-genesis.ts";
import {
  batchPorts,
  createGenesisSource,
  type EpochPorts,
} from "./epoch-ports.ts";
import { stateRule } from "./epoch-states.ts";
import { aheadInOrder } from "./in-order.ts";
import type { Recipe } from "./recipe.ts";
import { rebuildBatch } from "./verify-batch.ts";

/**
 * Makes an archive again that nobody has any more, from the chain and the recipes alone.
 * @param before archives of the store that an epoch may link, and that are whole.
 * @throws FatalError `doctor/other-root` if something else comes out, `doctor/not-derivable` for what does not follow from the chain,
 * `recipe/unknown` if nobody here has a recipe.
 */
export async function rebuildArchive(
  ports: EpochPorts & { readonly recipes: readonly Recipe[] },
  archive: PublishedArchive,
  { sink, before }: { readonly sink: CarSink; readonly before: readonly Hex[] },
): Promise<void> {
  const own = onlyWithRoot(sink, archive);
  try {
    await rebuild(ports, archive, own, before);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function rebuild(
  ports: EpochPorts & { readonly recipes: readonly Recipe[] },
  archive: PublishedArchive,
  sink: CarSink,
  before: readonly Hex[],
): Promise<void> {
  const { chain, recipes, progress } = ports;
  const { kind, number, name } = archive;
  if (kind === "batch") {
    const { root } = await chain.batchOf(number);
    const { recipe } = await chain.openedEvent(number);
    const own = await batchPorts(ports, { recipe, root });
    await rebuildBatch({ ...own, progress }, number, sink);
    return;
  }
  if (kind === "epoch") return rebuildEpochArchive(ports, number, sink, before);
  const recipe = recipes.find(({ cid }) => cid.toString() === archive.cid);
  if (recipe === undefined)
    throw new FatalError(
      "doctor/not-derivable",
      `The files of \`${name}\` do not follow from the chain; put its directory or its archive back, from whoever has it.`,
    );
  for (const block of recipe.blocks) await sink.put(block);
  await sink.finish(recipe.cid);
}

/** As it was packed: what earlier archives hold is linked, the rest is painted again. */
async function rebuildEpochArchive(
  ports: EpochPorts,
  epoch: number,
  sink: CarSink,
  before: readonly Hex[],
): Promise<void> {
  const { chain, archives, hash, progress } = ports;
  const { round } = await chain.epochAt(epoch);
  const facts = await readEpochFacts(chain, round);
  const layers = await archives.layers({ roots: before });
  try {
    const genesis = createGenesisSource(ports, layers);
    const packer = createEpochPacker({
      sink,
      held: (cid) => layers.holds(cid.toString()),
      hash,
    });
    for (const [i, covered] of facts.batches.entries()) {
      const batch = await genesis(covered);
      const rule = stateRule(facts, covered, batch.conditions);
      const painted = aheadInOrder(
        batch.works.filter(({ id }) => !facts.burned.has(`${id}`)),
        2 * batch.workshop.pool.workers,
        async (work) => {
          const state = rule(work.id, work.digest);
          const files = isGenesis(state) ? work.files : undefined;
          return files === undefined
            ? { work, state, png: await paint(batch, work, state) }
            : { work, state, files };
        },
      );
      const works: EpochWork[] = [];
      for await (const { work, state, files, png } of painted) {
        if (files !== undefined) {
          works.push({ id: work.id, ...files });
          continue;
        }
        const image = await packer.addFile(png);
        const metadata = await packer.addFile(
          metadataOf(batch, work, state, image.cid),
        );
        works.push({ id: work.id, image, metadata });
      }
      if (works.length > 0) await packer.addBatch(batch.batch, works);
      progress.stage(`rebuild epoch ${epoch}`, i + 1, facts.batches.length);
    }
    await packer.finish();
  } finally {
    await layers.close();
  }
}

function paint(
  batch: GenesisBatch,
  work: GenesisBatch["works"][number],
  state: Parameters<typeof pictureOf>[2],
): Promise<Uint8Array> {
  return batch.workshop.pool.paint(pictureOf(batch, work, state), batch.size);
}

/** A sink that becomes an archive only under the root that the chain names. */
export function onlyWithRoot(
  sink: CarSink,
  { cid, name }: PublishedArchive,
): CarSink {
  return {
    ...sink,
    async finish(root) {
      if (cidToDigest(root) !== cidToDigest(parseCid(cid)))
        throw new FatalError(
          "doctor/other-root",
          `Made again, \`${name}\` has root ${root.toString()} instead of ${cid}; do not trust it.`,
        );
      await sink.finish(root);
    },
  };
}
