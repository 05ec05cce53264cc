import type { Interface } from "ethers";

import type { Job, ParameterChange } from "../loop/chain.ts";
import { SIGNED_REPORTERS } from "./chain-abi-adapters.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { COLLECTION } from "./chain-abi.ts";
import type { Contract } from "./chain-call.ts";

/** The call that makes a change, and who may make it. */
export interface ParameterCall {
  readonly job: Job;
  /** The contract that is called. */
  readonly target: Interface | Contract;
  readonly name: string;
  readonly args: readonly unknown[];
}

type Collections = Exclude<
  ParameterChange,
  { readonly name: "adapters" | "reporters" }
>;

/** How each parameter of the collection, of its oracle and of its reporters is moved (contracts/interfaces/). */
export function parameterCall(change: ParameterChange): ParameterCall {
  const job = "admin";
  if (change.name === "adapters") {
    const args = [change.active, change.fallback];
    return { target: ORACLE, job, name: "setAdapters", args };
  }
  if (change.name === "reporters") {
    const { adapter: address, quorum, set } = change;
    const target = { address, abi: SIGNED_REPORTERS };
    return { target, job, name: "setReporters", args: [set, quorum] };
  }
  return { target: COLLECTION, ...ofCollection(change) };
}

function ofCollection(change: Collections): Omit<ParameterCall, "target"> {
  const job = "parameterAuthority";
  switch (change.name) {
    case "royalty": {
      const { receiver, bps } = change.royalty;
      return { job, name: "setRoyalty", args: [receiver, bps] };
    }
    case "royalty-offer": {
      const { receiver, bps } = change.royalty;
      return {
        job,
        name: "offerRoyalty",
        args: [receiver, bps, change.offered],
      };
    }
    case "works-per-day":
      return { job, name: "setWorksPerDay", args: [change.limit] };
    case "validator":
      return { job, name: "setTransferValidator", args: [change.validator] };
    case "forge":
      return { job, name: "setForgeTerms", args: [change.terms] };
    case "paused":
      return change.paused
        ? { job: "guardian", name: "pause", args: [] }
        : { job: "admin", name: "unpause", args: [] };
    case "contract-uri":
      return { job: "admin", name: "setContractURI", args: [change.uri] };
    case "oracle":
      return { job: "admin", name: "setOracle", args: [change.oracle] };
  }
}
