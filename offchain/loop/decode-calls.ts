import type { Hex } from "../kernel/bytes.ts";
import type { GovernedChange } from "./governed-change.ts";
import { exactAmount } from "./amounts.ts";
import { plainText } from "./plain-text.ts";
import type { GovernanceCall } from "./ports-governance.ts";
import {
  GOVERNED_CONTRACTS,
  type CallArgument,
  type GovernanceCodec,
  type GovernedAddresses,
  type GovernedContract,
  type NamedCall,
  type TargetView,
} from "./ports-governance-codec.ts";
import { changeOf } from "./proposal-calls.ts";
import {
  lookAlike,
  mistaken,
  suspectTarget,
  type KnownAddress,
  type Suspicion,
} from "./suspicions.ts";
import { tellChange, type InForce } from "./tell-change.ts";

/** One call of a proposal, in words. */
export interface DecodedCall {
  readonly target: Hex;
  readonly contract: GovernedContract | null;
  /** Undefined for an unknown call. */
  readonly method: string | null;
  /** What it changes by name; null for a call that only its arguments describe. */
  readonly change: GovernedChange | null;
  /** SHA-256 of the reasons that a slot's change names. */
  readonly reasons: Hex | null;
  /** Wei. */
  readonly value: string;
  /** What it does. */
  readonly sentence: string;
  readonly suspicions: readonly Suspicion[];
}

/** What calls are read against. */
export interface DecodingContext extends InForce {
  readonly addresses: GovernedAddresses;
  readonly codec: GovernanceCodec;
  /** Every address that voters know, the deployment's own included. */
  readonly known: readonly KnownAddress[];
  /** Names that contracts answer to, such as the collection's. */
  readonly names: readonly string[];
  /** What is at each target; what was not looked at is taken for a contract. */
  readonly targets: ReadonlyMap<Hex, TargetView>;
}

/** Contracts whose every setting is a rule of the DAO, or says who holds power. */
const RULE_BOOKS: readonly GovernedContract[] = [
  "governor",
  "timelock",
  "registry",
];

/**
 * Reads calls: what each does, in one sentence, and what a voter should look at twice.
 * @param code of each target when it was proposed, and now; in the order of the calls.
 */
export function decodeCalls(
  calls: readonly GovernanceCall[],
  context: DecodingContext,
  code: {
    readonly codeAtProposal: readonly Hex[];
    readonly codeNow: readonly Hex[];
  } = { codeAtProposal: [], codeNow: [] },
): DecodedCall[] {
  return calls.map((call, i) => {
    const decoded = decodeCall(call, context);
    const [then, now] = [code.codeAtProposal[i], code.codeNow[i]];
    if (then === undefined || then === now) return decoded;
    const why = `The code of ${decoded.target} is another one than when this was proposed.`;
    const suspicions: Suspicion[] = [
      ...decoded.suspicions,
      { code: "code-changed", why },
    ];
    return { ...decoded, suspicions };
  });
}

function decodeCall(
  { target: at, value, data }: GovernanceCall,
  context: DecodingContext,
): DecodedCall {
  const { addresses, codec, known, names, targets } = context;
  const target = at.toLowerCase() as Hex;
  const contract = GOVERNED_CONTRACTS.find(
    (each) => addresses[each]?.toLowerCase() === target,
  );
  const named = contract && codec.decode(contract, data);
  const found = named && changeOf(named);
  const view = targets.get(target) ?? { kind: "contract" };
  const suspicions = suspectTarget(target, view, {
    known,
    names,
    own: contract,
  });
  for (const address of new Set(named ? addressesIn(named.args) : [])) {
    const like = lookAlike(address, known);
    if (like !== undefined) suspicions.push(mistaken(address, like));
  }
  if (named === undefined && (data !== "0x" || contract !== undefined))
    suspicions.push({
      code: "unknown-call",
      why: `What the call of ${target} does cannot be read from \`${data.slice(0, 10)}\`.`,
    });
  if (value > 0n)
    suspicions.push({
      code: "value",
      why: `The timelock pays ${exactAmount(value)} of the chain's coin to ${target}.`,
    });
  if (contract !== undefined && RULE_BOOKS.includes(contract))
    suspicions.push({
      code: "rules",
      why: "It changes who may decide what, or how the DAO decides.",
    });
  return {
    target,
    contract: contract ?? null,
    method: named?.method ?? null,
    change: found?.change ?? null,
    reasons: found?.reasons ?? null,
    value: `${value}`,
    sentence:
      found === undefined
        ? tellCall(target, contract, named, { data, value })
        : tellChange(found.change, context),
    suspicions,
  };
}

function tellCall(
  target: Hex,
  contract: GovernedContract | undefined,
  named: NamedCall | undefined,
  { data, value }: Pick<GovernanceCall, "data" | "value">,
): string {
  const whom = contract === undefined ? target : `the ${contract} (${target})`;
  if (named !== undefined)
    return `Call ${named.method}(${named.args.map(argumentText).join(", ")}) of ${whom}.`;
  if (data === "0x" && value > 0n)
    return `Pay ${exactAmount(value)} to ${whom}.`;
  return `Call ${whom} with ${(data.length - 2) / 2} bytes that cannot be read: ${data.length > 74 ? `${data.slice(0, 74)}…` : data}.`;
}

function argumentText(argument: CallArgument): string {
  if (typeof argument === "string")
    return plainText(argument, { max: 140, line: true });
  if (typeof argument !== "object") return `${argument}`;
  return `[${argument.map(argumentText).join(", ")}]`;
}

function* addressesIn(args: readonly CallArgument[]): Generator<Hex> {
  for (const argument of args)
    if (typeof argument === "object") yield* addressesIn(argument);
    else if (typeof argument === "string" && /^0x[0-9a-f]{40}$/.test(argument))
      yield argument as Hex;
}
