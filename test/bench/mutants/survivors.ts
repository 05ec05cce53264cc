/** A mutant that no test can or need kill. */
export interface Survivor {
  readonly file: string;
  /** The changed line as it reads in the mutant. */
  readonly reads: string;
  readonly why: string;
}

/** Survivors that are accepted, each with its reason. Any other survivor fails the run. */
export const ACCEPTED: readonly Survivor[] = [];
