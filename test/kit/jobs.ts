/** What each account of a local chain does, by the order of its accounts: the contracts allow nobody two jobs. */
export const JOBS = {
  operator: 0,
  admin: 1,
  registrar: 2,
  guardian: 3,
  parameterAuthority: 4,
  publisher: 5,
  voucherSigner: 6,
} as const;

/** The account that brings rounds to the oracle of a local chain: no job of the registry's. */
export const ORACLE_ADAPTER = 7;

/** The accounts that sign what they see, of whom three must. */
export const REPORTERS = [8, 9, 10, 11, 12] as const;

/** The registry's constructor argument. */
export function jobsOf(accounts: readonly string[]) {
  const jobs = Object.entries(JOBS).map(([job, index]) => [
    job,
    accounts[index] as string,
  ]);

  return {
    ...(Object.fromEntries(jobs) as Record<keyof typeof JOBS, string>),
    adminDelay: 172_800n,
  };
}
