import type { DatasetManifest } from "../dataset/manifest.ts";
import type { Hex } from "../kernel/bytes.ts";
import type { Json } from "../kernel/json.ts";
import type { Check } from "./calibrate.ts";
import type { Artefacts } from "./artefacts.ts";
import type { Datasets } from "./ports-dataset.ts";
import type { Clock, Progress } from "./ports-progress.ts";
import type { Tuners } from "./ports-tuning.ts";

/** What every tuning starts from. */
export interface TuningBase {
  /** `kernels/tuned.wasm`, and the base's weights. */
  readonly kernels: Uint8Array;
  readonly weights: Uint8Array;
  /** The template of what a holder may do. */
  readonly holderLicence: string;
}

/** What a new recipe is calibrated with: the model, and all pictures of its dataset that it learned from. */
export interface CalibrationInput {
  readonly kernels: Uint8Array;
  readonly weights: Uint8Array;
  readonly adapter: Uint8Array;
  readonly dataset: DatasetManifest;
  /** The bytes of its manifest. */
  readonly manifest: Uint8Array;
  /** The donors' pictures, 256 x 256 x 3 bytes each, in the adapter's order. */
  readonly pictures: readonly Uint8Array[];
}

/** The odds and the guard that fit a dataset, and how works drawn by them compare with it; deterministic. */
export type Calibrate = (
  input: CalibrationInput,
  progress: Progress,
) => Promise<{
  readonly traits: Json;
  readonly guard: Json;
  readonly check?: Check;
}>;

/** The world, as tuning needs it. */
export interface TunePorts {
  readonly datasets: Pick<Datasets, "open" | "stage">;
  readonly tuners: Tuners;
  readonly artefacts: Artefacts;
  readonly base: TuningBase;
  readonly calibrate: Calibrate;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Whether the chain that the works are for has revoked a dataset; left out where no chain is asked. */
  readonly revoked?: ((root: Hex) => Promise<boolean>) | undefined;
  /** Asks the run to stop: it saves where it is, and rejects with `tune/interrupted`. */
  readonly signal?: AbortSignal;
}
