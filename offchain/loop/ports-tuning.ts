import type { Precision } from "../generator/adapter/adapter.ts";
import type { TuningPicture, TuningPlan } from "../generator/tuning/plan.ts";
import type { Hex } from "../kernel/bytes.ts";

/** What is to be tuned upon what. */
export interface TuningJob {
  /** The bytes of `kernels/tuned.wasm`. */
  readonly kernels: Uint8Array;
  /** The base's weights file. */
  readonly weights: Uint8Array;
  /** Root of the dataset that the pictures are of. */
  readonly dataset: Hex;
  /** At most 40, in the dataset's order. */
  readonly pictures: readonly TuningPicture[];
  readonly plan: TuningPlan;
  /** A checkpoint to go on from; it must be of the same base, dataset, pictures and plan. */
  readonly checkpoint?: Uint8Array;
}

/** Where a run stands. */
export interface TuningProgress {
  readonly step: number;
  /** Steps that the run will have; fewer once it was cut short. */
  readonly steps: number;
  /** Mean squared colour error of the last slice's steps, colours 0..1, code noise included. */
  readonly loss: number;
  /** PSNR in decibels at points that are never trained on, without noise: the last validation, if there was one. */
  readonly validation: number | undefined;
  readonly done: boolean;
  /** Whether nothing was gained for so long that the schedule was cut short. */
  readonly early: boolean;
}

/**
 * A tuning run in a thread of its own. One call at a time; between two calls nothing is computed.
 * A run that was closed and begun anew from its checkpoint gives the same bytes as one that was not.
 */
export interface TuningRun {
  /** Where it stands now: 0, or the checkpoint's step. */
  progress(): Promise<TuningProgress>;
  /** Takes up to so many steps; fewer where the run ends. About 25 steps a second. */
  advance(steps: number): Promise<TuningProgress>;
  /** Pictures as the tuned network draws them now: size x size x 3 sRGB bytes each. */
  preview(
    pictures: readonly number[],
    size: number,
  ): Promise<readonly Uint8Array[]>;
  checkpoint(): Promise<Uint8Array>;
  /** The adapter's file as tuned so far. */
  adapter(precision: Precision): Promise<Uint8Array>;
  /** Ends the thread at once, also within a slice, whose call rejects with `tuning/closed`. */
  close(): Promise<void>;
}

/** Begins tuning runs. */
export interface Tuners {
  /**
   * @throws FatalError `tuning/bad-plan`, `tuning/bad-picture`, `generator/bad-weights`; of the checkpoint `tuning/bad-checkpoint`
   * (damaged) or `tuning/other-run` (of another dataset, base, picture or plan)
   */
  begin(job: TuningJob): Promise<TuningRun>;
}
