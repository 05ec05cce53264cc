import type { Hex } from "../kernel/bytes.ts";
import type { Gathering, SignedReport } from "./gather-reports.ts";

/** The reporters of one contract (contracts/interfaces/ISignedReporters.sol), and those of them whose keys are here. */
export interface Reporters {
  /** Who may report for the next round now. */
  gathering(): Promise<Gathering>;
  /** Reports for the next round of every reporter whose key is configured, ascending; none where there is no such key. */
  sign(observation: Hex): Promise<readonly SignedReport[]>;
}
