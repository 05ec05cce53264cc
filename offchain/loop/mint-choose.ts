import { fromHex } from "../kernel/bytes.ts";
import { deriveWorks } from "./derive.ts";
import type { Opening } from "./mint-open.ts";
import type { BatchTask } from "./mint-task.ts";
import type { SelectedWork } from "./select.ts";

/** Draws and grades candidates until every work of the batch has one; the whole outcome is one journalled step. */
export async function chooseWorks(
  task: BatchTask,
  opening: Opening,
): Promise<SelectedWork[]> {
  const { run, request, part, count, progress } = task;
  const { seed, opened } = opening;
  return run.step(`${part}/candidates-${seed}`, { count }, () => {
    const fixed = {
      seed: fromHex(seed),
      count,
      conditions: request.conditions,
      opened,
    };
    return deriveWorks(fixed, task, ({ index }) =>
      progress.stage("candidates", index + 1, count),
    );
  });
}
