import { utf8, toHex, type Hex } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import type { SlotName } from "../kernel/slots.ts";
import type { SlotLimits } from "./ports-governance.ts";

/** Jobs that a proposal gives and takes; the admin's is the timelock's own and moves by another way. */
export const GOVERNED_JOBS = [
  "operator",
  "registrar",
  "guardian",
  "parameterAuthority",
  "publisher",
  "voucherSigner",
  "steward",
] as const;

export type GovernedJob = (typeof GOVERNED_JOBS)[number];

const role = (name: string): Hex => toHex(keccak256(utf8(name)));

/** The role of each in the registry's book (contracts/access/Roles.sol). */
export const JOB_ROLES: Readonly<Record<GovernedJob, Hex>> = {
  operator: role("OPERATOR_ROLE"),
  registrar: role("REGISTRAR_ROLE"),
  guardian: role("GUARDIAN_ROLE"),
  parameterAuthority: role("PARAMETER_ROLE"),
  publisher: role("PUBLISHER_ROLE"),
  voucherSigner: role("VOUCHER_ROLE"),
  steward: role("STEWARD_ROLE"),
};

/** Rules of the DAO itself that one number says: seconds, votes, percent. */
export const DAO_RULES = [
  "voting-delay",
  "voting-period",
  "late-quorum",
  "timelock-delay",
  "proposal-threshold",
  "quorum",
] as const;

export type DaoRule = (typeof DAO_RULES)[number];

/** Everything that the DAO can decide by name. Whole numbers in each one's unit; times in unix seconds. */
export type GovernedChange =
  | { readonly kind: "slot"; readonly slot: SlotName; readonly value: number }
  | {
      readonly kind: "limits";
      readonly slot: SlotName;
      readonly limits: SlotLimits;
    }
  /** Until when the steward may act; 0 ends it. */
  | { readonly kind: "grant"; readonly expiry: number }
  | {
      readonly kind: "breaker";
      readonly staleAfter: number;
      readonly maxChange: number;
      readonly maxVolatility: number;
    }
  | { readonly kind: "unfreeze" }
  | { readonly kind: "unpause" }
  | { readonly kind: "royalty-receiver"; readonly receiver: Hex }
  | {
      readonly kind: "royalty-offer";
      readonly receiver: Hex;
      readonly bps: number;
      readonly offered: boolean;
    }
  | { readonly kind: "works-per-day"; readonly limit: number }
  /** Recipe zero closes it. */
  | { readonly kind: "forge"; readonly recipe: Hex; readonly conditions: Hex }
  /** Zero for nobody. */
  | { readonly kind: "validator"; readonly validator: Hex }
  | {
      readonly kind: "job";
      readonly job: GovernedJob;
      readonly account: Hex;
      /** Offered, to be accepted by the account; otherwise taken away at once. */
      readonly given: boolean;
    }
  | { readonly kind: "rule"; readonly rule: DaoRule; readonly value: number }
  | { readonly kind: "oracle"; readonly oracle: Hex }
  | {
      readonly kind: "adapters";
      readonly active: Hex;
      readonly fallback: Hex;
    }
  | { readonly kind: "contract-uri"; readonly uri: string }
  | {
      readonly kind: "recipe";
      readonly id: Hex;
      /** Registered; otherwise revoked for ever. */
      readonly registered: boolean;
      /** What it was made from; null for none, and where it is revoked. */
      readonly dataset: Hex | null;
    }
  | {
      readonly kind: "dataset";
      readonly root: Hex;
      readonly registered: boolean;
    };

export type GovernedKind = GovernedChange["kind"];
