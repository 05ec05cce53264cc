import { canonicalBytes } from "../../kernel/json.ts";
import { FatalError } from "../../kernel/errors.ts";

import type { TrainingPlan, TrainingState } from "./trainer.ts";

/** A run as one file: header length (u32 LE), header (JSON: plan, families, step), then the four lists of f32 (LE). */
export type Checkpoint = {
  readonly plan: TrainingPlan;
  readonly families: readonly string[];
  readonly state: TrainingState;
};

const LISTS = ["weights", "first", "second", "mean"] as const;

/** Writes a checkpoint. The learning rate travels in millionths, because headers hold integers only. */
export function encodeCheckpoint({
  plan,
  families,
  state,
}: Checkpoint): Uint8Array {
  const size = state.weights.length;
  const rate = Math.floor(plan.rate * 1e6 + 0.5);
  const header = canonicalBytes({
    plan: { ...plan, rate },
    families: [...families],
    step: state.step,
    size,
  });
  const out = new Uint8Array(4 + header.length + LISTS.length * size * 4);
  const view = new DataView(out.buffer);
  view.setUint32(0, header.length, true);
  out.set(header, 4);
  let at = 4 + header.length;
  for (const list of LISTS) {
    for (const value of state[list]) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return out;
}

/**
 * Reads a checkpoint.
 * @throws FatalError `training/bad-checkpoint` if the bytes are cut short or not a checkpoint
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = view.getUint32(0, true);
    const header = JSON.parse(
      new TextDecoder().decode(bytes.subarray(4, 4 + length)),
    ) as {
      plan: TrainingPlan;
      families: string[];
      step: number;
      size: number;
    };
    let at = 4 + length;
    const read = (): Float32Array => {
      const list = new Float32Array(header.size);
      for (let i = 0; i < list.length; i++, at += 4)
        list[i] = view.getFloat32(at, true);
      return list;
    };
    const plan = { ...header.plan, rate: header.plan.rate / 1e6 };
    const state = {
      step: header.step,
      weights: read(),
      first: read(),
      second: read(),
      mean: read(),
    };
    return { plan, families: header.families, state };
  } catch (cause) {
    const message =
      "The checkpoint cannot be read; delete it to begin the run anew.";
    throw new FatalError("training/bad-checkpoint", message, { cause });
  }
}
