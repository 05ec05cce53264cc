import type { Hex } from "../kernel/bytes.ts";
import type { Link } from "../publishing/unixfs-file.ts";

/** The two files of a work in one state. */
export interface WorkFiles {
  readonly image: Link;
  readonly metadata: Link;
}

/** A work of a batch in one state, see offchain/generator/evolution/state.ts for its text. */
export interface StateOfWork {
  readonly index: number;
  readonly state: string;
}

/** What an epoch taught about one batch. */
export interface Lesson {
  readonly works: readonly (StateOfWork & WorkFiles)[];
  /** The batch's directory, where all living works were in these states. */
  readonly directory?: { readonly signature: Hex; readonly link: Link };
}

/**
 * What states became when they were painted: nothing is painted twice. Batches go by their genesis roots, which say everything that a
 * picture depends on but its state, so the same entry is right on every chain. It holds nothing that the chain and the archives do not
 * say: who loses it, learns it again.
 */
export interface StateIndex {
  /** In the order asked for; undefined where it is not known. */
  works(
    batch: Hex,
    wanted: readonly StateOfWork[],
  ): Promise<readonly (WorkFiles | undefined)[]>;
  directory(batch: Hex, signature: Hex): Promise<Link | undefined>;
  learn(batch: Hex, lesson: Lesson): Promise<void>;
  /** Whether everything below the root of this epoch was learned. */
  knows(epoch: Hex): Promise<boolean>;
  finished(epoch: Hex): Promise<void>;
  close(): Promise<void>;
}
