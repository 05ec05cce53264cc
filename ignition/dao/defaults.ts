const DAY = 86_400n;

/** Limits of each slot until the DAO votes for others; see contracts/interfaces/IParameterController.sol. */
export const LIMITS = {
  /** Bps: a quarter of a percent a week is about what the budget lets through in the long run. */
  royaltyLimits: {
    low: 0n,
    high: 1_000n,
    step: 50n,
    budget: 150n,
    delay: DAY,
    window: 30n * DAY,
  },
  /** Works. */
  burnCountLimits: {
    low: 2n,
    high: 6n,
    step: 1n,
    budget: 2n,
    delay: 7n * DAY,
    window: 30n * DAY,
  },
  /** Gwei, so up to 10 coins. */
  mintPriceLimits: {
    low: 0n,
    high: 10_000_000_000n,
    step: 5_000_000n,
    budget: 20_000_000n,
    delay: DAY,
    window: 30n * DAY,
  },
  /** Seconds. */
  epochCadenceLimits: {
    low: 3_600n,
    high: 14n * DAY,
    step: 21_600n,
    budget: 2n * DAY,
    delay: DAY,
    window: 30n * DAY,
  },
  /** Bps. */
  guardThresholdLimits: {
    low: 4_000n,
    high: 7_000n,
    step: 250n,
    budget: 500n,
    delay: 2n * DAY,
    window: 30n * DAY,
  },
  /** Bps. */
  oddsSensitivityLimits: {
    low: 5_000n,
    high: 20_000n,
    step: 1_000n,
    budget: 3_000n,
    delay: 2n * DAY,
    window: 30n * DAY,
  },
};

/** Values that hold from the founding on, in the order of the slots: 5 %, three works, no price, an hour, and the neutral odds. */
export const VALUES = {
  royalty: 500n,
  burnCount: 3n,
  mintPrice: 0n,
  epochCadence: 3_600n,
  guardThreshold: 5_000n,
  oddsSensitivity: 10_000n,
};

/** What the steward may not act on: a round older than two days, a day's change above 20 %, a volatility above 30 %. */
export const BREAKER = {
  staleAfter: 2n * DAY,
  maxChange: 2_000n,
  maxVolatility: 3_000n,
};

/** Seconds, votes, percent, bps; see contracts/interfaces/ILoopGovernor.sol. */
export const VOTING = {
  votingDelay: DAY,
  votingPeriod: 5n * DAY,
  lateQuorumExtension: DAY,
  proposalThreshold: 2n,
  quorumPercent: 4n,
  floorBps: 200n,
};

/** Seconds from a vote's queueing to its execution. */
export const TIMELOCK_DELAY = 2n * DAY;
