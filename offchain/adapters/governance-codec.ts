import { Interface, type ParamType, type Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import type {
  CallArgument,
  GovernanceCodec,
  GovernedContract,
} from "../loop/ports-governance-codec.ts";

const LIMITS =
  "tuple(uint64 low, uint64 high, uint64 step, uint64 budget, uint32 delay, uint32 window)";
const ROLES = [
  "function grantRole(bytes32 role, address account)",
  "function revokeRole(bytes32 role, address account)",
  "function renounceRole(bytes32 role, address account)",
];
const TOKENS = [
  "function approve(address to, uint256 tokenId)",
  "function setApprovalForAll(address operator, bool approved)",
  "function transferFrom(address from, address to, uint256 tokenId)",
  "function safeTransferFrom(address from, address to, uint256 tokenId)",
];

/** What proposals may call (contracts/interfaces/, contracts/governance/, OpenZeppelin's Governor and TimelockController). */
export const GOVERNED_ABI: Readonly<Record<GovernedContract, Interface>> = {
  controller: new Interface([
    "function govern(uint8 slot, uint64 value, bytes32 reasons)",
    `function setLimits(uint8 slot, ${LIMITS} limits)`,
    "function setGrant(uint40 expiry)",
    "function setBreaker(tuple(uint32 staleAfter, uint16 maxChange, uint16 maxVolatility) breaker)",
    "function unfreeze()",
    "function setRoyaltyReceiver(address receiver)",
    "function offerRoyalty(address receiver, uint256 bps, bool offered)",
    "function setWorksPerDay(uint256 limit)",
    "function setForge(bytes32 recipe, bytes32 conditions)",
    "function setTransferValidator(address validator)",
    "function move(uint8 slot, uint64 value, bytes32 reasons, uint256 round)",
    "function freeze()",
    "function takeOffice()",
  ]),
  governor: new Interface([
    "function setVotingDelay(uint48 newVotingDelay)",
    "function setVotingPeriod(uint32 newVotingPeriod)",
    "function setProposalThreshold(uint256 newProposalThreshold)",
    "function setLateQuorumVoteExtension(uint48 newVoteExtension)",
    "function updateQuorumNumerator(uint256 newQuorumNumerator)",
    "function updateTimelock(address newTimelock)",
    "function relay(address target, uint256 value, bytes data)",
  ]),
  timelock: new Interface([
    ...ROLES,
    "function updateDelay(uint256 newDelay)",
    "function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)",
    "function scheduleBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt, uint256 delay)",
    "function execute(address target, uint256 value, bytes payload, bytes32 predecessor, bytes32 salt)",
    "function cancel(bytes32 id)",
    "function takeOffice()",
  ]),
  votes: new Interface([
    ...TOKENS,
    "function depositFor(address account, uint256[] tokenIds)",
    "function withdrawTo(address account, uint256[] tokenIds)",
    "function delegate(address delegatee)",
    "function recover(address account, uint256 tokenId)",
    "function refresh()",
    "function refreshVoided(uint256 epoch)",
  ]),
  "registrar-seat": new Interface([
    "function register(bytes32 id)",
    "function registerWithDataset(bytes32 id, bytes32 dataset)",
    "function revoke(bytes32 id)",
    "function registerDataset(bytes32 root)",
    "function revokeDataset(bytes32 root)",
    "function takeOffice()",
  ]),
  registry: new Interface([
    ...ROLES,
    "function register(bytes32 id)",
    "function registerWithDataset(bytes32 id, bytes32 dataset)",
    "function revoke(bytes32 id)",
    "function registerDataset(bytes32 root)",
    "function revokeDataset(bytes32 root)",
    "function acceptRole(bytes32 role)",
    "function beginDefaultAdminTransfer(address newAdmin)",
    "function cancelDefaultAdminTransfer()",
    "function acceptDefaultAdminTransfer()",
    "function changeDefaultAdminDelay(uint48 newDelay)",
    "function rollbackDefaultAdminDelay()",
  ]),
  collection: new Interface([
    ...TOKENS,
    "function setOracle(address newOracle)",
    "function setContractURI(string newURI)",
    "function setOwner(address newOwner)",
    "function pause()",
    "function unpause()",
    "function voidEpoch(uint256 epoch)",
    "function burn(uint256 tokenId)",
    "function setRoyalty(address receiver, uint256 bps)",
    "function setWorksPerDay(uint256 limit)",
    "function setTransferValidator(address validator)",
  ]),
  oracle: new Interface([
    "function setAdapters(address active, address fallbackAdapter)",
    "function accept(bytes32 observation)",
  ]),
};

/** The contracts' ABI by ethers. */
export const governanceCodec: GovernanceCodec = {
  encode({ contract, method, args }) {
    return GOVERNED_ABI[contract].encodeFunctionData(method, args) as Hex;
  },
  decode(contract, data) {
    const abi = GOVERNED_ABI[contract];
    try {
      const found = abi.parseTransaction({ data });
      if (found === null) return undefined;
      const { inputs } = found.fragment;
      const args = inputs.map((type, i) => plain(found.args[i], type));
      // Bytes behind the arguments, dirty words, gaps: whoever reads such a call may read another one than the contract does.
      const again = abi.encodeFunctionData(found.name, args);
      if (again !== data.toLowerCase()) return undefined;
      return { contract, method: found.name, args };
    } catch {
      return undefined;
    }
  },
};

/** ethers' values as ours: addresses and bytes in lower case, texts as they are. */
function plain(value: unknown, type: ParamType): CallArgument {
  if (typeof value === "bigint" || typeof value === "boolean") return value;
  if (typeof value === "string")
    return type.baseType === "string" ? value : value.toLowerCase();
  const many = type.arrayChildren;
  return (value as Result)
    .toArray()
    .map((each: unknown, i) =>
      plain(each, many ?? (type.components?.[i] as ParamType)),
    );
}
