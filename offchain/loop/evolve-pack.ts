import { stateKey } from "../generator/evolution/state.ts";
import {
  createEpochPacker,
  type EpochPacker,
  type EpochWork,
} from "../publishing/epoch.ts";
import { metadataOf, pictureOf, type GenesisBatch } from "./epoch-genesis.ts";
import type { EpochPlan, PlannedBatch, PlannedWork } from "./evolve-plan.ts";
import { epochCar, type EvolveTask, type PackedReport } from "./evolve-task.ts";
import { inOrder } from "./in-order.ts";

/** Paints what was never painted. Pictures are kept by their state, so what an interrupted or overtaken run finished is kept. */
export async function paintChanged(task: EvolveTask): Promise<void> {
  const { run, part, request, artefacts, progress } = task;
  await run.step(`${part}/render`, { out: request.out }, async () => {
    const plan = await task.plan();
    const fresh = toPaint(plan);
    for (const folder of new Set(
      fresh.map(([{ batch }]) => shelf(task, batch)),
    ))
      await artefacts.sweep(folder);
    const width = Math.max(
      2,
      ...plan.batches.map(({ batch }) => 2 * batch.workshop.pool.workers),
    );
    let done = 0;
    await inOrder(fresh, width, async ([{ batch }, work]) => {
      const path = picturePath(task, batch, work);
      if (!(await artefacts.exists(path)))
        await artefacts.write(path, await paint(batch, work));
      progress.stage("render", ++done, fresh.length);
    });
    return fresh.length;
  });
}

/** Packs the epoch into its CAR: only what no archive of the collection holds. */
export async function packEpoch(task: EvolveTask): Promise<PackedReport> {
  const { run, part, request, archives, artefacts, clock, progress } = task;
  const car = epochCar(request);
  // Another chain's epoch may have left a file of this name: it is moved once, before this one's is written.
  await run.step(`${part}/place`, { car }, async () => {
    const aside = await artefacts.moveAside(car, clock.now());
    if (aside !== undefined)
      progress.note(`An earlier result was moved to ${aside}.`);
    return aside ?? null;
  });
  return run.step(`${part}/pack`, { car }, async () => {
    const plan = await task.plan();
    const layers = await archives.layers({ roots: task.roots });
    const sink = await archives.create(car);
    try {
      const packer = createEpochPacker({
        sink,
        held: (cid) => layers.holds(cid.toString()),
        hash: task.hash,
      });
      for (const [i, planned] of plan.batches.entries()) {
        const { batch, directory } = planned;
        if (directory !== undefined) packer.linkBatch(batch.batch, directory);
        else {
          const works: EpochWork[] = [];
          for (const work of planned.works)
            works.push(await filesOf(task, packer, batch, work));
          await packer.addBatch(batch.batch, works);
        }
        progress.stage("pack", i + 1, plan.batches.length);
      }
      return { ...(await packer.finish()), ...plan.counts, car };
    } catch (error) {
      await sink.abort();
      throw error;
    } finally {
      await layers.close();
    }
  });
}

async function filesOf(
  task: EvolveTask,
  packer: EpochPacker,
  batch: GenesisBatch,
  planned: PlannedWork,
): Promise<EpochWork> {
  const { work, state, files } = planned;
  if (files !== undefined) return { id: work.id, ...files };
  const path = picturePath(task, batch, planned);
  // Whoever cleared the folder since only loses time.
  const png = (await task.artefacts.exists(path))
    ? await task.artefacts.read(path)
    : await paint(batch, planned);
  const image = await packer.addFile(png);
  const metadata = await packer.addFile(
    metadataOf(batch, work, state, image.cid),
  );
  return { id: work.id, image, metadata };
}

function toPaint(plan: EpochPlan): (readonly [PlannedBatch, PlannedWork])[] {
  return plan.batches
    .filter(({ directory }) => directory === undefined)
    .flatMap((batch) =>
      batch.works
        .filter(({ files }) => files === undefined)
        .map((work) => [batch, work] as const),
    );
}

function paint(batch: GenesisBatch, { work, state }: PlannedWork) {
  return batch.workshop.pool.paint(pictureOf(batch, work, state), batch.size);
}

/** Pictures of a batch, by its root: what lies there is right on every chain. */
function shelf({ request }: EvolveTask, { root }: GenesisBatch): string {
  return `${request.out}/works-${root.slice(2, 18)}`;
}

function picturePath(
  task: EvolveTask,
  batch: GenesisBatch,
  { work, state }: PlannedWork,
): string {
  const steps = stateKey(state).replaceAll(",", "_");
  return `${shelf(task, batch)}/${work.id}.${steps}.png`;
}
