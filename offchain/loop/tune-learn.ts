import type { TuningPicture } from "../generator/tuning/plan.ts";
import { RetryableError } from "../kernel/errors.ts";
import { lossChart } from "./chart-loss.ts";
import type { TunePorts } from "./ports-tune.ts";
import type { TuningProgress, TuningRun } from "./ports-tuning.ts";
import { pairSheet, SHEET_SIDE, shownPairs } from "./tune-sheet.ts";
import {
  partialBytes,
  readPartial,
  type LossPoint,
  type TuneInputs,
  type TuneResult,
} from "./tune-state.ts";
import { TUNED_FILES } from "./tuned-recipe.ts";

/** Name of what an unfinished run goes on from. */
export const PARTIAL = "tuning.partial";

/** Name of the adapter as it was learned, beside the recipe that stores it more coarsely. */
export const LEARNED = "adapter-f32.safetensors";

/** Steps between two looks at Ctrl-C, which are also the points of the curve: about a second. Part of the bytes of the curve. */
export const SLICE = 25;

/** Milliseconds between two savings: what a killed run loses at most. */
const SAVE_EVERY = 15_000;

/** Steps between two lines that tell how near the pictures are. */
const TELL_EVERY = 500;

/** What is learned, and how it is shown. */
interface Lesson {
  readonly inputs: TuneInputs;
  readonly pictures: readonly TuningPicture[];
}

/** Learns, from where an earlier run of the same was; leaves adapter, curve and previews in the folder. */
export async function learn(
  request: { readonly out: string; readonly previewEvery: number },
  lesson: Lesson,
  ports: TunePorts,
): Promise<{ readonly from: number; readonly result: TuneResult }> {
  const { out, previewEvery } = request;
  const { artefacts, base, clock, progress, signal } = ports;
  const { inputs, pictures } = lesson;
  const path = `${out}/${PARTIAL}`;
  const found = (await artefacts.exists(path))
    ? readPartial(await artefacts.read(path), path)
    : undefined;
  const history: LossPoint[] = [...(found?.history ?? [])];
  const run = await ports.tuners.begin({
    kernels: base.kernels,
    weights: base.weights,
    dataset: inputs.dataset,
    pictures,
    plan: inputs.plan,
    ...(found === undefined ? {} : { checkpoint: found.checkpoint }),
  });
  try {
    let now = await run.progress();
    const from = now.step;
    if (from > 0) progress.note(`Going on from step ${from}.`);
    const save = async (): Promise<void> =>
      artefacts.write(path, partialBytes(history, await run.checkpoint()));
    const draw = async (step: number): Promise<void> => {
      const name = `step-${String(step).padStart(6, "0")}.png`;
      await artefacts.write(
        `${out}/previews/${name}`,
        await previewOf(run, pictures),
      );
    };
    let saved = clock.elapsed();
    while (!now.done) {
      if (signal?.aborted === true) {
        await save();
        throw new RetryableError(
          "tune/interrupted",
          `Interrupted at step ${now.step} of ${now.steps}; the same command goes on from here.`,
        );
      }
      now = await run.advance(SLICE);
      history.push(pointOf(now));
      tell(now, progress);
      if (previewEvery > 0 && isDue(now.step, previewEvery))
        await draw(now.step);
      if (clock.elapsed() - saved < SAVE_EVERY && !now.done) continue;
      await save();
      saved = clock.elapsed();
    }
    const { precision, plan } = inputs;
    await draw(now.step);
    const chart = {
      title: `How ${inputs.name} was learned`,
      history,
      steps: plan.steps,
      early: now.early,
    };
    await artefacts.write(`${out}/loss.svg`, lossChart(chart));
    await artefacts.write(
      `${out}/${TUNED_FILES.adapter}`,
      await run.adapter(precision),
    );
    // As learned, for whoever measures what the storage costs.
    if (precision !== "f32")
      await artefacts.write(`${out}/${LEARNED}`, await run.adapter("f32"));
    const result = { steps: now.step, early: now.early, history };
    return { from, result };
  } finally {
    await run.close();
  }
}

/** Whether a slice's end is the first at or behind a multiple of so many steps. */
function isDue(step: number, every: number): boolean {
  return Math.floor(step / every) > Math.floor((step - SLICE) / every);
}

function pointOf({ step, loss, validation }: TuningProgress): LossPoint {
  return {
    step,
    loss: Math.round(loss * 1e6),
    validation: validation === undefined ? null : Math.round(validation * 1e3),
  };
}

function tell(
  { step, steps, validation, early }: TuningProgress,
  progress: TunePorts["progress"],
): void {
  progress.stage("learn", step, steps);
  const known = validation === undefined ? "" : `: ${validation.toFixed(1)} dB`;
  if (early)
    progress.note(
      `Stopped at step ${step} of ${steps}${known}; nothing more was gained.`,
    );
  else if (isDue(step, TELL_EVERY) && step < steps)
    progress.note(`Step ${step} of ${steps}${known}.`);
}

async function previewOf(
  run: TuningRun,
  pictures: readonly TuningPicture[],
): Promise<Uint8Array> {
  const shown = shownPairs(pictures.length);
  const drawn = await run.preview(shown, SHEET_SIDE);
  const targets = shown.map(
    (place) => pictures[place]?.rgb ?? new Uint8Array(),
  );
  return pairSheet(targets, drawn);
}
