import type { SlotName } from "../kernel/slots.ts";

/** One thing that could have been done, in numbers. */
export interface ExplainedOption {
  readonly slot: SlotName;
  readonly from: number;
  readonly to: number;
  /** Whether it is what was decided. */
  readonly decided: boolean;
}

/**
 * What an explainer is told: numbers, and words of our own source. There is no field for a name, a description or a link, so nothing that
 * a stranger wrote can be put before a language model.
 */
export interface ExplainedFacts {
  readonly policy: string;
  readonly decision: "hold" | "change" | "propose";
  /** Stable code. */
  readonly why: string;
  readonly options: readonly ExplainedOption[];
  /** By our own name of each number. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** What it answered, as it came: nothing of it is believed. */
export interface RawExplanation {
  readonly text: string;
  /** Indices of the options, the best first; undefined if it ranked none. */
  readonly ranking: unknown;
}

/**
 * Writes an explanation of what was decided and done. It is asked when everything is sent, and what it answers goes to people and
 * nowhere else. @throws RetryableError `explainer/unreachable`; FatalError `explainer/refused`, `explainer/bad-answer`.
 */
export interface Explainer {
  explain(facts: ExplainedFacts, signal?: AbortSignal): Promise<RawExplanation>;
}
