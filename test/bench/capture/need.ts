/** What a DAO asks of a proposal, as `LoopGovernor` has it. */
export interface Terms {
  /** Votes needed to propose. */
  readonly threshold: number;
  /** Of the wrapped works. */
  readonly quorumPercent: number;
  /** Of the works ever minted. */
  readonly floorBps: number;
}

/** Whose works the attacker bought: of anybody, as chance has it; of those who do not vote; of those who would have voted. */
export type Sellers = "anybody" | "sleepers" | "voters";

export interface Standing {
  readonly supply: number;
  /** Share of all works that would vote if nobody attacked, percent. */
  readonly turnout: number;
  readonly sellers: Sellers;
}

/** Works that vote against an attacker who has so many. */
export function voters(
  { supply, turnout, sellers }: Standing,
  attackers: number,
): number {
  const of = (works: number): number => Math.round((works * turnout) / 100);
  if (sellers === "anybody") return of(supply - attackers);
  if (sellers === "voters") return Math.max(of(supply) - attackers, 0);
  return Math.min(of(supply), supply - attackers);
}

/** Votes that a proposal needs; who sleeps has not wrapped, which is best for the attacker. */
export function quorum(
  { supply }: Standing,
  wrapped: number,
  { quorumPercent, floorBps }: Terms,
): number {
  const share = Math.floor((wrapped * quorumPercent) / 100);
  return Math.max(share, Math.ceil((supply * floorBps) / 10_000));
}

/** What becomes of the attacker's proposal, by arithmetic. */
export function outcome(
  standing: Standing,
  attackers: number,
  terms: Terms,
): "captured" | "defeated" | "not proposed" {
  if (attackers < terms.threshold) return "not proposed";
  const against = voters(standing, attackers);
  const needed = quorum(standing, attackers + against, terms);
  return attackers > against && attackers >= needed ? "captured" : "defeated";
}

/** The least number of works that captures. */
export function worksNeeded(standing: Standing, terms: Terms): number {
  let works = 1;
  while (outcome(standing, works, terms) !== "captured") works++;
  return works;
}
