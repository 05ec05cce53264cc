import { Interface } from "ethers";

/** Errors of everything that belongs to the DAO: a proposal that is carried out gives back those of the contracts that it calls. */
const ERRORS = [
  "error ParameterControllerFrozen()",
  "error ParameterControllerGrantExpired(uint256 expiry)",
  "error ParameterControllerOtherRound(uint256 round, uint256 latest)",
  "error ParameterControllerOracleStale(uint256 acceptedAt)",
  "error ParameterControllerOracleOdd(bytes32 observation)",
  "error ParameterControllerOutOfBounds(uint8 slot, uint256 value, uint256 low, uint256 high)",
  "error ParameterControllerUnchanged(uint8 slot, uint256 value)",
  "error ParameterControllerStepTooLong(uint8 slot, uint256 move, uint256 step)",
  "error ParameterControllerTooSoon(uint8 slot, uint256 earliest)",
  "error ParameterControllerBudgetSpent(uint8 slot, uint256 move, uint256 left)",
  "error ParameterControllerInvalidLimits(uint8 slot, tuple(uint64 low, uint64 high, uint64 step, uint64 budget, uint32 delay, uint32 window) limits)",
  "error ParameterControllerReasonsMissing()",
  "error ParameterControllerValidatorBlocks(address validator)",
  "error ParameterControllerReceiverMissing()",
] as const;

/** The box in which the steward moves parameters (contracts/interfaces/IParameterController.sol); see `chain-abi.ts`. */
export const CONTROLLER = new Interface([
  "function move(uint8 slot, uint64 value, bytes32 reasons, uint256 round)",
  "function freeze()",
  "function govern(uint8 slot, uint64 value, bytes32 reasons)",
  "function setLimits(uint8 slot, tuple(uint64 low, uint64 high, uint64 step, uint64 budget, uint32 delay, uint32 window) limits)",
  "function setGrant(uint40 expiry)",
  "function setBreaker(tuple(uint32 staleAfter, uint16 maxChange, uint16 maxVolatility) newBreaker)",
  "function unfreeze()",
  "function setRoyaltyReceiver(address receiver)",
  "function offerRoyalty(address receiver, uint256 bps, bool offered)",
  "function setWorksPerDay(uint256 limit)",
  "function setForge(bytes32 recipe, bytes32 conditions)",
  "function setTransferValidator(address validator)",
  "function slotOf(uint8 slot) view returns (tuple(uint64 value, tuple(uint64 low, uint64 high, uint64 step, uint64 budget, uint32 delay, uint32 window) limits, uint64 cap, uint64 spent, uint40 movedAt) info)",
  "function grantExpiry() view returns (uint256 expiry)",
  "function frozen() view returns (bool stopped)",
  "function breaker() view returns (tuple(uint32 staleAfter, uint16 maxChange, uint16 maxVolatility) current)",
  "function royaltyReceiver() view returns (address receiver)",
  "event ParameterChanged(uint8 indexed slot, address indexed by, uint256 oldValue, uint256 newValue, bytes32 indexed reasons)",
  ...ERRORS,
]);

/** The governor: OpenZeppelin's, with what contracts/governance/LoopGovernor.sol adds. */
export const GOVERNOR = new Interface([
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns (uint256)",
  "function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns (uint256)",
  "function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns (uint256)",
  "function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function state(uint256 proposalId) view returns (uint8 current)",
  "function proposalDeadline(uint256 proposalId) view returns (uint256)",
  "function proposalEta(uint256 proposalId) view returns (uint256)",
  "function proposalVotes(uint256 proposalId) view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)",
  "function hasVoted(uint256 proposalId, address account) view returns (bool)",
  "function quorum(uint256 timepoint) view returns (uint256)",
  "function votingDelay() view returns (uint256)",
  "function votingPeriod() view returns (uint256)",
  "function proposalThreshold() view returns (uint256)",
  "function quorumNumerator() view returns (uint256)",
  "function floorBps() view returns (uint256)",
  "function codeAtProposal(uint256 proposalId) view returns (bytes32[] hashes)",
  "event ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)",
  "error GovernorAlreadyCastVote(address voter)",
  "error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)",
  "error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)",
  "error GovernorInvalidVoteType()",
  "error GovernorNonexistentProposal(uint256 proposalId)",
  "error GovernorOnlyExecutor(address account)",
  "error GovernorRestrictedProposer(address proposer)",
  "error GovernorUnableToCancel(uint256 proposalId, address account)",
  "error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)",
  "error GovernorAlreadyQueuedProposal(uint256 proposalId)",
  "error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)",
  "error GovernorInvalidSignature(address voter)",
  "error GovernorInvalidVoteParams()",
  "error GovernorInvalidVotingPeriod(uint256 votingPeriod)",
  "error GovernorPreventLateQuorumVoteExtensionTooLarge(uint256 newVoteExtension, uint256 maxVoteExtension)",
  "error GovernorProposalQueueingFailed(uint256 proposalId)",
  "error GovernorProposalQueueingNotRequired(uint256 proposalId)",
  "error LoopGovernorInvalidFloor(uint256 floorBps)",
  "error LoopGovernorProposalLive(address proposer, uint256 proposalId)",
  "error LoopGovernorTargetWithoutCode(address target)",
  "error LoopGovernorCodeChanged(uint256 proposalId, address target, bytes32 atProposal, bytes32 atPresent)",
  "error LoopGovernorDisabled()",
]);

/** The timelock, which carries out what was voted. */
export const TIMELOCK = new Interface([
  "function getMinDelay() view returns (uint256)",
  "error LoopTimelockDelayOutOfRange(uint256 delay, uint256 least, uint256 most)",
  "error LoopTimelockForeignGovernor(address governor)",
  "error LoopTimelockMayNotAppoint(address caller)",
  "error TimelockInvalidOperationLength(uint256 targets, uint256 payloads, uint256 values)",
  "error TimelockInsufficientDelay(uint256 delay, uint256 minDelay)",
  "error TimelockUnauthorizedCaller(address caller)",
  "error TimelockUnexecutedPredecessor(bytes32 predecessorId)",
  "error TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
]);

/** The wrapper whose tokens are votes. */
export const VOTES = new Interface([
  "function withdrawTo(address account, uint256[] tokenIds) returns (bool)",
  "function delegate(address delegatee)",
  "function delegates(address account) view returns (address)",
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function getVotes(address account) view returns (uint256)",
  "function getPastVotes(address account, uint256 timepoint) view returns (uint256)",
  "error ERC5805FutureLookup(uint256 timepoint, uint48 clock)",
  "error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)",
  "error ERC721InsufficientApproval(address operator, uint256 tokenId)",
  "error ERC721NonexistentToken(uint256 tokenId)",
  "error ERC721UnsupportedToken(address token)",
  "error LoopVotesNothingNew()",
  "error LoopVotesEpochStands(uint256 epoch)",
]);

/** Does the registrar's job by vote. */
export const SEAT = new Interface([
  "function register(bytes32 id) returns (uint256 number)",
  "function registerWithDataset(bytes32 id, bytes32 dataset) returns (uint256 number)",
  "function revoke(bytes32 id)",
  "function registerDataset(bytes32 root) returns (uint256 number)",
  "function revokeDataset(bytes32 root)",
  "error RegistrarSeatOwnerMissing()",
  "error RegistrarSeatUnauthorized(address caller)",
]);

/** What holders and stewards call of the contracts that were there before the DAO. */
export const HOLDING = new Interface([
  "function safeTransferFrom(address from, address to, uint256 tokenId)",
]);

export const ACCEPTING = new Interface([
  "function acceptRole(bytes32 role)",
  "event RoleOffered(bytes32 indexed role, address indexed account, address indexed sender)",
  "error LoopRolesNotOffered(bytes32 role, address account)",
  "error LoopRolesTwoJobs(address account, bytes32 role)",
]);

/** Where errors of the DAO's contracts are looked up. */
export const GOVERNANCE = [
  CONTROLLER,
  GOVERNOR,
  TIMELOCK,
  VOTES,
  SEAT,
  ACCEPTING,
] as const;
