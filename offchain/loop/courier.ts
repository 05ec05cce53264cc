import type { Hex } from "../kernel/bytes.ts";
import type {
  AdapterKind,
  MinedTransaction,
  Once,
  RoundEvent,
} from "./chain.ts";

/** Brings rounds through one adapter of the oracle (contracts/interfaces/IMarketAdapter.sol). */
export interface Courier {
  readonly kind: AdapterKind;
  /**
   * Brings one round. Reporters, an account and CRE bring exactly this observation; a data feed and Functions make the chain look
   * for itself, and the round says what it saw.
   * @throws FatalError `courier/...`, `chain/refused`.
   */
  bring(
    observation: Hex,
    once: Once,
  ): Promise<MinedTransaction & { readonly round: RoundEvent }>;
}
