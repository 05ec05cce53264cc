import type { SlotName } from "../kernel/slots.ts";

/** A slot as the chain has it at the view's time; whole numbers in the slot's unit, times in unix seconds. */
export interface SlotState {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Seconds between two moves, at least. */
  readonly delay: number;
  /** What is left of the budget now. */
  readonly budgetLeft: number;
  /** When the steward may move it next. */
  readonly next: number;
}

/** One round of the oracle; a field that was not observed is undefined. Amounts in millionths of the quote unit, rates in bps. */
export interface MarketPoint {
  readonly round: number;
  /** When it was accepted, unix seconds. */
  readonly time: number;
  readonly change?: number;
  readonly volatility?: number;
  readonly trend?: number;
  readonly sentiment?: number;
  readonly floor?: number;
  readonly volume?: number;
}

/** What happened to our own works between two rounds, while one royalty was in force. */
export interface OwnPeriod {
  /** Unix seconds; `from` is included, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** In force for most of the period, bps. */
  readonly royalty: number;
  readonly sales: number;
  /** Of the sales, those within a tenth of the median of the thirty before them (margin.ts); undefined where prices are not told. */
  readonly near?: number;
  /** Sum of prices, millionths of the quote unit. */
  readonly volume: number;
  readonly burns: number;
  readonly acts: number;
}

/**
 * All that a decision rests on: numbers that the chain gives, and no text. Names and metadata of works are not in it, so nothing that
 * somebody writes into them can reach a decision.
 */
export interface StewardView {
  /** The newest block's time, unix seconds. */
  readonly time: number;
  readonly slots: Readonly<Record<SlotName, SlotState>>;
  /** Oldest first; the last is the newest round. */
  readonly rounds: readonly MarketPoint[];
  /** Oldest first. */
  readonly own: readonly OwnPeriod[];
  readonly frozen: boolean;
  /** Unix seconds. */
  readonly grantExpires: number;
  readonly breaker: {
    readonly staleAfter: number;
    readonly maxChange: number;
    readonly maxVolatility: number;
  };
}

/** What a change is expected to do, in the policy's stated reward (millionths of the quote unit per period). */
export interface ExpectedEffect {
  readonly reward: string;
  readonly holding: number;
  readonly changed: number;
  /** Half the width of its interval. */
  readonly doubt: number;
}

/** `why` is a stable code such as `unsure`, `too-soon`, `frozen`, `sales-fell`. */
export type Decision =
  | { readonly kind: "hold"; readonly why: string }
  | {
      readonly kind: "change" | "propose";
      readonly slot: SlotName;
      readonly from: number;
      readonly to: number;
      readonly why: string;
      readonly expected: ExpectedEffect;
    };

/** A policy is a pure function: the same view gives the same decision on any machine, for ever. What it learned it learns again from the view. */
export interface Policy {
  readonly name: string;
  /** Changes whenever a decision could. */
  readonly version: number;
  readonly decide: (view: StewardView) => Decision;
}
