import type { Observation } from "../kernel/observation.ts";
import type { Candidate, PictureKey } from "./engine.ts";

/**
 * An engine spread over workers. The answers are those of the engine itself, whatever the number of workers;
 * calls may be made ahead, they queue.
 */
export interface EnginePool {
  /** How many workers share the calls. */
  readonly workers: number;
  screen(
    seed: Uint8Array,
    index: number,
    from: number,
    observation: Observation,
  ): Promise<readonly Candidate[]>;
  paint(key: PictureKey, size: number): Promise<Uint8Array>;
  pixels(key: PictureKey, size: number): Promise<Uint8Array>;
  /** Ends the workers; calls still waiting reject with `pool/closed`. */
  close(): Promise<void>;
}
