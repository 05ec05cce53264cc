/** What to do about an error of the DAO's contracts, by name; the end of a sentence. */
export const GOVERNANCE_REMEDIES: Readonly<Record<string, string>> = {
  ERC721UnsupportedToken: "only works of this collection are wrapped",
  ERC5805FutureLookup: "ask about a moment that has passed",
  GovernorAlreadyCastVote: "a vote is cast once and stays",
  GovernorInsufficientProposerVotes:
    "wrap more works, or have votes delegated to you, and try again a block later",
  GovernorNonexistentProposal:
    "see the proposals that exist: npx hardhat proposals",
  GovernorOnlyExecutor: "only a proposal that was carried out may do that",
  GovernorRestrictedProposer:
    "the description names another proposer; leave that out",
  GovernorUnableToCancel:
    "the proposer cancels, or anybody once his votes are too few",
  GovernorUnexpectedProposalState:
    "it is not the time for that; see where it stands: npx hardhat proposals",
  LoopGovernorCodeChanged:
    "the target is no longer what was voted on; look at it, and propose anew",
  LoopGovernorDisabled: "this governor does not do that",
  LoopGovernorProposalLive:
    "wait until voting on that ends, or cancel it: npx hardhat cancel",
  LoopGovernorTargetWithoutCode: "no contract is there; correct the address",
  LoopTimelockDelayOutOfRange: "give a delay within the range",
  LoopVotesNothingNew: "marketplaces were told already",
  LoopVotesEpochStands: "that epoch was not taken back",
  RegistrarSeatUnauthorized: "only the DAO may: npx hardhat propose",
  LoopRolesNotOffered: "have the job offered first",
  LoopRolesTwoJobs: "use an account that does no other job",
  ParameterControllerBudgetSpent:
    "wait until more of the budget is won back, or propose it to the DAO",
  ParameterControllerFrozen:
    "the guardian has stopped the steward; the DAO lets it go on",
  ParameterControllerGrantExpired:
    "the DAO grants the steward more time: npx hardhat propose",
  ParameterControllerInvalidLimits:
    "limits are ordered, within the slot's cap, with a delay and a window",
  ParameterControllerOracleOdd:
    "the market is too unlike an ordinary day; wait for another round, or propose it to the DAO",
  ParameterControllerOracleStale:
    "bring a round first: npx hardhat observe-market",
  ParameterControllerOtherRound:
    "a newer round was brought; decide again on that",
  ParameterControllerOutOfBounds:
    "stay within the bounds (npx hardhat parameters), or have the DAO widen them",
  ParameterControllerReasonsMissing: "give the hash of the reasons",
  ParameterControllerReceiverMissing: "name who receives royalties",
  ParameterControllerStepTooLong:
    "take a smaller step, or propose it to the DAO",
  ParameterControllerTooSoon: "wait until that time, or propose it to the DAO",
  ParameterControllerUnchanged: "it has that value already",
  ParameterControllerValidatorBlocks:
    "name a validator that lets works be wrapped and unwrapped",
  TimelockInsufficientDelay: "the timelock wants a longer delay",
  TimelockUnauthorizedCaller: "only the DAO may: npx hardhat propose",
  TimelockUnexpectedOperationState:
    "the timelock has it not queued, or not ripe yet; wait until its time",
};
