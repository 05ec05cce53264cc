import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { SLOTS, type SlotName } from "../kernel/slots.ts";
import type { GovernanceCall } from "./ports-governance.ts";
import type {
  CallArgument,
  GovernanceCodec,
  GovernedAddresses,
  NamedCall,
} from "./ports-governance-codec.ts";
import {
  GOVERNED_JOBS,
  JOB_ROLES,
  type DaoRule,
  type GovernedChange,
} from "./governed-change.ts";

/** Where a rule of the DAO is set. */
const RULES: Readonly<
  Record<DaoRule, { contract: "governor" | "timelock"; method: string }>
> = {
  "voting-delay": { contract: "governor", method: "setVotingDelay" },
  "voting-period": { contract: "governor", method: "setVotingPeriod" },
  "late-quorum": { contract: "governor", method: "setLateQuorumVoteExtension" },
  "timelock-delay": { contract: "timelock", method: "updateDelay" },
  "proposal-threshold": {
    contract: "governor",
    method: "setProposalThreshold",
  },
  quorum: { contract: "governor", method: "updateQuorumNumerator" },
};

/** The calls of changes, in their order. @throws FatalError `dao/no-oracle` where the oracle's are to be set and there is none. */
export function callsOf(
  changes: readonly GovernedChange[],
  {
    addresses,
    codec,
    reasons,
  }: {
    readonly addresses: GovernedAddresses;
    readonly codec: GovernanceCodec;
    /** SHA-256 of the published reasons. */
    readonly reasons: Hex;
  },
): GovernanceCall[] {
  return changes.map((change) => {
    const call = callOf(change, reasons);
    const target = addresses[call.contract];
    if (target === undefined)
      throw new FatalError(
        "dao/no-oracle",
        "The collection has no oracle yet, so nothing of it can be set; propose oracle=ADDRESS first.",
      );
    return { target, value: 0n, data: codec.encode(call) };
  });
}

/** The call of one change. Only a slot's names its reasons: there the chain keeps them. */
export function callOf(change: GovernedChange, reasons: Hex): NamedCall {
  const call = (
    contract: NamedCall["contract"],
    method: string,
    ...args: CallArgument[]
  ): NamedCall => ({ contract, method, args });
  switch (change.kind) {
    case "slot": {
      const { slot, value } = change;
      return call("controller", "govern", index(slot), BigInt(value), reasons);
    }
    case "limits": {
      const { low, high, step, budget, delay, window } = change.limits;
      const tuple = [low, high, step, budget, delay, window].map(BigInt);
      return call("controller", "setLimits", index(change.slot), tuple);
    }
    case "grant":
      return call("controller", "setGrant", BigInt(change.expiry));
    case "breaker": {
      const { staleAfter, maxChange, maxVolatility } = change;
      const tuple = [staleAfter, maxChange, maxVolatility].map(BigInt);
      return call("controller", "setBreaker", tuple);
    }
    case "unfreeze":
      return call("controller", "unfreeze");
    case "unpause":
      return call("collection", "unpause");
    case "royalty-receiver":
      return call("controller", "setRoyaltyReceiver", change.receiver);
    case "royalty-offer": {
      const { receiver, bps, offered } = change;
      return call("controller", "offerRoyalty", receiver, BigInt(bps), offered);
    }
    case "works-per-day":
      return call("controller", "setWorksPerDay", BigInt(change.limit));
    case "forge":
      return call("controller", "setForge", change.recipe, change.conditions);
    case "validator":
      return call("controller", "setTransferValidator", change.validator);
    case "job": {
      const method = change.given ? "grantRole" : "revokeRole";
      return call("registry", method, JOB_ROLES[change.job], change.account);
    }
    case "rule": {
      const { contract, method } = RULES[change.rule];
      return call(contract, method, BigInt(change.value));
    }
    case "oracle":
      return call("collection", "setOracle", change.oracle);
    case "adapters":
      return call("oracle", "setAdapters", change.active, change.fallback);
    case "contract-uri":
      return call("collection", "setContractURI", change.uri);
    case "recipe": {
      const { id, registered, dataset } = change;
      if (!registered) return call("registrar-seat", "revoke", id);
      return dataset === null
        ? call("registrar-seat", "register", id)
        : call("registrar-seat", "registerWithDataset", id, dataset);
    }
    case "dataset": {
      const method = change.registered ? "registerDataset" : "revokeDataset";
      return call("registrar-seat", method, change.root);
    }
  }
}

/** The inverse of {@link callOf}; undefined for a call that is none of ours, or whose numbers are none that we would write. */
export function changeOf({
  contract,
  method,
  args,
}: NamedCall):
  | { readonly change: GovernedChange; readonly reasons: Hex | undefined }
  | undefined {
  const [first, second, third] = args;
  const change = ((): GovernedChange | undefined => {
    switch (`${contract}.${method}`) {
      case "controller.govern": {
        const [slot, value] = [slotAt(first), whole(second)];
        if (slot === undefined || value === undefined) return undefined;
        return { kind: "slot", slot, value };
      }
      case "controller.setLimits": {
        const [slot, numbers] = [slotAt(first), wholes(second)];
        if (slot === undefined || numbers === undefined) return undefined;
        const [low = 0, high = 0, step = 0, budget = 0, delay = 0, window = 0] =
          numbers;
        const limits = { low, high, step, budget, delay, window };
        return { kind: "limits", slot, limits };
      }
      case "controller.setGrant":
        return numbered(first, (expiry) => ({ kind: "grant", expiry }));
      case "controller.setBreaker": {
        const numbers = wholes(first);
        if (numbers === undefined) return undefined;
        const [staleAfter = 0, maxChange = 0, maxVolatility = 0] = numbers;
        return { kind: "breaker", staleAfter, maxChange, maxVolatility };
      }
      case "controller.unfreeze":
        return { kind: "unfreeze" };
      case "collection.unpause":
        return { kind: "unpause" };
      case "controller.setRoyaltyReceiver":
        return { kind: "royalty-receiver", receiver: first as Hex };
      case "controller.offerRoyalty":
        return numbered(second, (bps) => ({
          kind: "royalty-offer",
          receiver: first as Hex,
          bps,
          offered: third === true,
        }));
      case "controller.setWorksPerDay":
        return numbered(first, (limit) => ({ kind: "works-per-day", limit }));
      case "controller.setForge":
        return {
          kind: "forge",
          recipe: first as Hex,
          conditions: second as Hex,
        };
      case "controller.setTransferValidator":
        return { kind: "validator", validator: first as Hex };
      case "registry.grantRole":
      case "registry.revokeRole": {
        const job = GOVERNED_JOBS.find((each) => JOB_ROLES[each] === first);
        const given = method === "grantRole";
        return job && { kind: "job", job, account: second as Hex, given };
      }
      case "collection.setOracle":
        return { kind: "oracle", oracle: first as Hex };
      case "oracle.setAdapters":
        return {
          kind: "adapters",
          active: first as Hex,
          fallback: second as Hex,
        };
      case "collection.setContractURI":
        return { kind: "contract-uri", uri: first as string };
      case "registrar-seat.register":
      case "registrar-seat.registerWithDataset":
      case "registrar-seat.revoke":
        return {
          kind: "recipe",
          id: first as Hex,
          registered: method !== "revoke",
          dataset: (second as Hex | undefined) ?? null,
        };
      case "registrar-seat.registerDataset":
      case "registrar-seat.revokeDataset":
        return {
          kind: "dataset",
          root: first as Hex,
          registered: method === "registerDataset",
        };
    }
    for (const [rule, where] of Object.entries(RULES))
      if (where.contract === contract && where.method === method)
        return numbered(first, (value) => ({
          kind: "rule",
          rule: rule as DaoRule,
          value,
        }));
    return undefined;
  })();
  if (change === undefined) return undefined;
  return {
    change,
    reasons: change.kind === "slot" ? (third as Hex) : undefined,
  };
}

function index(slot: SlotName): bigint {
  return BigInt(SLOTS.indexOf(slot));
}

function slotAt(argument: CallArgument | undefined): SlotName | undefined {
  const at = whole(argument);
  return at === undefined ? undefined : SLOTS[at];
}

function whole(argument: CallArgument | undefined): number | undefined {
  const value = typeof argument === "bigint" ? Number(argument) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function wholes(argument: CallArgument | undefined): number[] | undefined {
  if (!Array.isArray(argument)) return undefined;
  const found = argument.map((each: CallArgument) => whole(each));
  return found.every((each) => each !== undefined) ? found : undefined;
}

function numbered(
  argument: CallArgument | undefined,
  make: (value: number) => GovernedChange,
): GovernedChange | undefined {
  const value = whole(argument);
  return value === undefined ? undefined : make(value);
}
