import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { tokenId } from "../kernel/ids.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Traits } from "../kernel/traits.ts";
import type { FileContent } from "../publishing/unixfs-file.ts";
import { assemble } from "./assemble.ts";
import { acceptedOf, digestOf } from "./derive.ts";
import { inOrder } from "./in-order.ts";
import type { Opening } from "./mint-open.ts";
import type { BatchTask } from "./mint-task.ts";
import type { SelectedWork } from "./select.ts";

/** One token as the report tells it. */
export interface MintedToken {
  readonly tokenId: string;
  readonly traits: Traits;
  /** Candidates drawn, the accepted one included. */
  readonly tries: number;
  readonly imageCid: string;
  readonly metadataCid: string;
}

/** A packed batch whose archive another reader has read back. */
export interface PackedReport {
  readonly root: string;
  readonly digest: Hex;
  readonly car: string;
  readonly tokens: readonly MintedToken[];
}

/** Where the batch's files lie, without and with `.car`. */
export function batchFolder(out: string, batch: number): string {
  return `${out}/batch-${batch}`;
}

/** Paints every picture at size into the batch's folder; pictures that an interrupted run finished are kept. */
export async function paintWorks(
  task: BatchTask,
  opening: Opening,
  works: readonly SelectedWork[],
): Promise<void> {
  const { run, artefacts, pool, request, part, progress, clock } = task;
  const folder = batchFolder(request.out, opening.batch);
  // Another seed, or another chain, may have left files of the same name: they are moved once, before the first is painted.
  await run.step(`${part}/place-${opening.seed}`, { folder }, async () => {
    const moved: string[] = [];
    for (const path of [folder, `${folder}.car`]) {
      const aside = await artefacts.moveAside(path, clock.now());
      if (aside !== undefined) moved.push(aside);
    }
    for (const path of moved)
      progress.note(`An earlier result was moved to ${path}.`);
    return moved;
  });
  const observation = unpackObservation(request.conditions);
  const size = 2 ** observation.sizeLog2;
  await artefacts.sweep(folder);
  await run.step(
    `${part}/render-${opening.seed}`,
    { count: works.length, size },
    async () => {
      let done = 0;
      await inOrder(works, 2 * pool.workers, async (work) => {
        const path = picturePath(folder, opening, work);
        if (!(await artefacts.exists(path))) {
          const key = {
            digest: digestOf(work),
            traits: acceptedOf(work).traits,
            observation,
          };
          await artefacts.write(path, await pool.paint(key, size));
        }
        progress.stage("render", ++done, works.length);
      });
      return works.length;
    },
  );
}

/** Packs the batch into its CAR, writes the same tree beside the pictures, and has another implementation read the CAR back. */
export async function packBatch(
  task: BatchTask,
  opening: Opening,
  works: readonly SelectedWork[],
): Promise<PackedReport> {
  const { run, artefacts, archives, request, part, recipe, progress } = task;
  const { batch, seed } = opening;
  const folder = batchFolder(request.out, batch);
  const car = `${folder}.car`;
  const packed = await run.step(`${part}/pack-${seed}`, { car }, async () => {
    const tokens: MintedToken[] = [];
    const { root, digest } = await assemble({
      batch,
      seed,
      conditions: request.conditions,
      recipe,
      works,
      picture: (work) => artefacts.read(picturePath(folder, opening, work)),
      sink: await archives.create(car),
      hash: task.hash,
      onFile: (path, content) => writeFile(task, `${folder}/${path}`, content),
      onToken({ id, imageCid, metadataCid }) {
        const { traits, attempt } = acceptedOf(
          works[tokens.length] as SelectedWork,
        );
        tokens.push({
          tokenId: `${id}`,
          traits,
          tries: attempt + 1,
          imageCid,
          metadataCid,
        });
        progress.stage("pack", tokens.length, works.length);
      },
    });
    return { root, digest, car, tokens };
  });
  await run.step(`${part}/read-back-${seed}`, { root: packed.root }, () =>
    readBack(task, packed),
  );
  if (!(await artefacts.exists(car))) {
    throw new FatalError(
      "mint/archive-missing",
      `The archive \`${car}\` is gone; put it back, or nothing can be sealed.`,
    );
  }
  return packed;
}

/** Nothing is sealed that a second implementation does not read as we meant it. */
async function readBack(
  { archives }: BatchTask,
  { car, root, tokens }: PackedReport,
): Promise<number> {
  const found = await archives.readBack(car);
  const archive = await archives.open(car);
  try {
    for (const { tokenId: id, imageCid, metadataCid } of tokens) {
      for (const [path, cid] of [
        [`${id}.json`, metadataCid],
        [`images/${id}.png`, imageCid],
      ] as const) {
        if (found.get(path) === cid && (await archive.cidOf(path)) === cid)
          continue;
        throw new FatalError(
          "mint/read-back",
          `\`${path}\` reads back as ${found.get(path) ?? "nothing"} from ${car}; nothing was sealed under ${root}.`,
        );
      }
    }
  } finally {
    await archive.close();
  }
  return found.size;
}

async function writeFile(
  { artefacts }: BatchTask,
  path: string,
  content: FileContent,
): Promise<void> {
  if (content instanceof Uint8Array) return artefacts.write(path, content);
  await artefacts.writeStream(path, pieces(content));
}

async function* pieces(
  content: Exclude<FileContent, Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* content;
}

function picturePath(
  folder: string,
  { batch }: Opening,
  { index }: SelectedWork,
): string {
  return `${folder}/images/${tokenId(batch, index)}.png`;
}
