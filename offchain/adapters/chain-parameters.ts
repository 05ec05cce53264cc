import type { Job, ParameterChange } from "../loop/chain.ts";

/** The call that makes a change, and who may make it. */
export interface ParameterCall {
  readonly job: Job;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** How each parameter of the collection is moved (contracts/interfaces/). */
export function parameterCall(change: ParameterChange): ParameterCall {
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
    case "oracle":
      return { job: "admin", name: "setOracle", args: [change.oracle] };
  }
}
