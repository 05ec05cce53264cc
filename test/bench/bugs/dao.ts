import type { Bug } from "./list.ts";

const VOTES = "contracts/governance/LoopVotes.sol";
const GOVERNOR = "contracts/governance/LoopGovernor.sol";
const TIMELOCK = "contracts/governance/LoopTimelock.sol";
const PROOF = "contracts/governance/FoundingProof.sol";

/** Mistakes in votes, proposals and the founding. */
export const dao: readonly Bug[] = [
  {
    title: "a wrapped work is sent to its wrapper",
    source: "tokens stuck in their own contracts",
    file: VOTES,
    find: "        require(to != address(this), ERC721InvalidReceiver(to));\n",
    replace: "",
  },
  {
    title: "naming nobody takes the vote away",
    source: "delegation to zero, and the quorum nobody reaches",
    file: VOTES,
    find: "delegatee == address(0) ? account : delegatee",
    replace: "delegatee",
  },
  {
    title: "each work that arrives takes the delegate back",
    source: "gifts that change whom one trusts",
    file: VOTES,
    find: " && delegates(to) == address(0)",
    replace: "",
  },
  {
    title: "a wrapped work is pinned by anybody",
    source: "wrappers that forward without asking who calls",
    file: VOTES,
    find: "        require(holder == _msgSender(), ERC721IncorrectOwner(_msgSender(), tokenId, holder));\n",
    replace: "        holder;\n",
  },
  {
    title: "marketplaces never hear that an epoch was taken back",
    source: "wrapped works with the old picture",
    file: VOTES,
    find: " || shown != _shown",
    replace: "",
  },
  {
    title: "code may change between vote and execution",
    source: "Tornado Cash 2023: another contract at the address voted on",
    file: GOVERNOR,
    find: "        _requireSameCode(proposalId, targets);\n\n        super._executeOperations",
    replace: "        super._executeOperations",
  },
  {
    title: "a wei to the payee holds up his payment",
    source: "checks on balances that anybody can raise",
    file: GOVERNOR,
    find: "account.code.length == 0 ? bytes32(0) : account.codehash",
    replace: "account.codehash",
  },
  {
    title: "works minted since the first proposal are not in the floor",
    source: "quorums of a supply long past",
    file: GOVERNOR,
    find: "        _noteMinted(COLLECTION);\n",
    replace: "",
  },
  {
    title: "the floor is rounded down",
    source: "a quorum of zero for the first works",
    file: GOVERNOR,
    find: "Math.ceilDiv(mintedAt(timepoint) * floorBps, BPS)",
    replace: "(mintedAt(timepoint) * floorBps) / BPS",
  },
  {
    title: "a proposer fills the page with proposals",
    source: "proposal spam",
    file: GOVERNOR,
    find: "current != ProposalState.Pending && ",
    replace: "",
  },
  {
    title: "a proposer with just enough is cancelled by anybody",
    source: "off by one at the threshold",
    file: GOVERNOR,
    find: "getVotes(proposer, clock() - 1) < proposalThreshold()",
    replace: "getVotes(proposer, clock() - 1) <= proposalThreshold()",
  },
  {
    title: "the founder names a second governor",
    source: "initializers that run twice",
    file: TIMELOCK,
    find: " && governor == address(0)",
    replace: "",
  },
  {
    title: "what is cancelled lives on in the timelock",
    source: "governors that were never made cancellers",
    file: TIMELOCK,
    find: "        _grantRole(CANCELLER_ROLE, newGovernor);\n",
    replace: "",
  },
  {
    title: "who founds the DAO is not asked what he keeps",
    source: "deployers who stay",
    file: PROOF,
    find: "        _requireNothing(msg.sender, dao);\n",
    replace: "",
  },
];
