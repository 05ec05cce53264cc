import type { OwnSale } from "../market/reading.ts";
import type { Decision, Policy, StewardView } from "../steward/policy.ts";
import type { Hex } from "../kernel/bytes.ts";
import type { DaoReadPorts } from "./dao-context.ts";
import type { Journal } from "./journal.ts";
import type { ReasonsPorts } from "./publish-reasons.ts";

/** What a steward needs to see. */
export interface ObservePorts extends Pick<
  DaoReadPorts,
  "chain" | "governance"
> {
  /** The collection's own sales so far, as far as they are settled. */
  readonly sales: () => Promise<readonly OwnSale[]>;
}

/** What a steward needs to act. */
export interface StewardPorts
  extends ObservePorts, DaoReadPorts, Omit<ReasonsPorts, "chain"> {
  readonly journal: Journal;
  /** The policy of a name, at the version that is here. */
  readonly policy: (name: string) => Policy;
  /** Where the archive of reasons with this hash is written. */
  readonly car: (reasons: Hex) => string;
}

/** What one look of the steward came to. */
export interface StewardReport {
  readonly resumed: boolean;
  readonly policy: string;
  readonly version: number;
  /** The round that it rests on; 0 if there was none. */
  readonly round: number;
  readonly view: StewardView;
  readonly digest: Hex;
  readonly decision: Decision;
  readonly outcome: Outcome;
}

/** What became of a decision. */
export type Outcome =
  | { readonly kind: "held" }
  /** Nothing was sent: `why` is a stable code, such as `too-few-votes`. */
  | { readonly kind: "waiting"; readonly why: string }
  | {
      readonly kind: "changed" | "proposed";
      /** SHA-256 of the published reasons, their CID, and where they lie. */
      readonly reasons: Hex;
      readonly cid: string;
      readonly car: string;
      readonly transaction: Hex;
      readonly gasUsed: number;
      /** Of the proposal. */
      readonly id?: string;
    };
