import { concat, keccak256 } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { DaoAddresses, GovernanceCall } from "../loop/ports-governance.ts";
import { errorText, parseContractError } from "./chain-errors.ts";
import { hexData, refusalOf, type Rpc } from "./rpc.ts";

/** Where the governor notes calls about itself: behind two slots of EIP712, one of Nonces, and two of Governor. */
const NOTED_SLOT = 5;

/** One that was refused, by its place in the proposal, and the contract's error, if there is any. */
interface Refused {
  readonly index: number;
  readonly data: Hex;
}

/**
 * Plays calls as the timelock would make them, in order, each seeing what those before it did: the node is told, for one question,
 * that the timelock has code which makes just these calls (state overrides of `eth_call`). Calls of the timelock to itself need its
 * own code, so each of them is asked alone, on the present state. The governor takes calls about itself only while it carries out what
 * it noted first, so the node is told that these are noted.
 * @throws FatalError `chain/refused`, naming the call and its error.
 */
export async function simulateCalls(
  rpc: Rpc,
  { timelock, governor }: Pick<DaoAddresses, "timelock" | "governor">,
  calls: readonly GovernanceCall[],
): Promise<void> {
  const own = (call: GovernanceCall): boolean =>
    call.target.toLowerCase() === timelock.toLowerCase();
  for (const [index, call] of calls.entries()) {
    if (!own(call)) continue;
    const request = { from: timelock, to: timelock, data: call.data };
    const data = await askRefusal(rpc, [request, "latest"]);
    if (data !== undefined) throw refused({ index, data }, calls);
  }
  const others = calls.map((call, index) => ({ call, index }));
  const foreign = others.filter(({ call }) => !own(call));
  if (foreign.length === 0) return;
  const code = scriptOf(foreign);
  const data = await askRefusal(rpc, [
    { to: timelock, data: "0x" },
    "latest",
    {
      [timelock]: { code },
      [governor]: { stateDiff: notedCalls(governor, calls) },
    },
  ]);
  if (data === undefined) return;
  const index = Number(BigInt(data.slice(0, 66)));
  throw refused({ index, data: `0x${data.slice(66)}` }, calls);
}

/**
 * Storage of the governor in which the calls about itself are noted, as OpenZeppelin's `execute` notes them
 * (Governor.sol `_governanceCall`, DoubleEndedQueue.sol): begin and end in one word, then the hashes of the calldata by their place.
 */
function notedCalls(
  governor: Hex,
  calls: readonly GovernanceCall[],
): Record<Hex, Hex> {
  const word = (value: number): Hex =>
    `0x${value.toString(16).padStart(64, "0")}`;
  const noted = calls.filter(
    ({ target }) => target.toLowerCase() === governor.toLowerCase(),
  );
  // The end is in the upper half.
  const ends: Hex = `0x${noted.length.toString(16).padStart(32, "0")}${"0".repeat(32)}`;
  const storage: Record<Hex, Hex> = { [word(NOTED_SLOT)]: ends };
  for (const [place, { data }] of noted.entries()) {
    const key = keccak256(concat([word(place), word(NOTED_SLOT + 1)]));
    storage[key as Hex] = keccak256(data) as Hex;
  }
  return storage;
}

/** What a call gave back when it was refused; undefined if it was not. */
async function askRefusal(
  rpc: Rpc,
  params: unknown[],
): Promise<Hex | undefined> {
  try {
    await rpc.ask("eth_call", params, hexData);
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.data === undefined) throw error;
    return refusal.data;
  }
}

/** Code that makes the calls one after the other; the first that fails ends it, with its place in front of what it gave back. */
function scriptOf(
  calls: readonly { readonly call: GovernanceCall; readonly index: number }[],
): Hex {
  const word = (value: bigint | number, bytes: number): string =>
    value.toString(16).padStart(2 * bytes, "0");
  // PUSH4 size, PUSH4 offset, PUSH0, CODECOPY; PUSH0 PUSH0 PUSH4 size PUSH0 PUSH32 value PUSH20 target GAS CALL;
  // PUSH2 index, SWAP1, ISZERO, PUSH4 failed, JUMPI, POP
  const stepSize =
    5 + 5 + 1 + 1 + 2 + 5 + 1 + 33 + 21 + 1 + 1 + 3 + 1 + 1 + 5 + 1 + 1;
  const failedAt = calls.length * stepSize + 1;
  // JUMPDEST, PUSH0, MSTORE, RETURNDATASIZE, PUSH0, PUSH1 32, RETURNDATACOPY, RETURNDATASIZE, PUSH1 32, ADD, PUSH0, REVERT
  const failed = "5b5f523d5f60203e3d6020015ffd";
  let offset = failedAt + failed.length / 2;
  let code = "";
  let data = "";
  for (const { call, index } of calls) {
    const bytes = call.data.slice(2);
    const size = word(bytes.length / 2, 4);
    code += `63${size}63${word(offset, 4)}5f39`;
    code += `5f5f63${size}5f7f${word(call.value, 32)}73${call.target.slice(2)}5af1`;
    code += `61${word(index, 2)}901563${word(failedAt, 4)}5750`;
    data += bytes;
    offset += bytes.length / 2;
  }
  return `0x${code}00${failed}${data}`;
}

function refused(
  { index, data }: Refused,
  calls: readonly GovernanceCall[],
): FatalError {
  const known = data.length < 10 ? null : parseContractError(data);
  const why =
    known === null
      ? data === "0x"
        ? "it gives no reason"
        : data
      : errorText(known);
  return new FatalError(
    "chain/refused",
    `Call ${index + 1} of ${calls.length} (to ${calls[index]?.target}) would be refused as the chain stands now: ${why}; correct it before you propose it.`,
  );
}
