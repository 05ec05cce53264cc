import type {
  Decision,
  MarketPoint,
  OwnPeriod,
  Policy,
  SlotState,
} from "../../offchain/steward/policy.ts";
import { perVolume } from "../../offchain/steward/reward.ts";
import { DAY, NOW, viewOf } from "./steward-view.ts";

/** A market whose demand is known: what a policy is judged in, and cannot see. */
export interface World {
  readonly seed: number;
  /** What one step of royalty (50 bps) does to the volume: 2 (b - a) / (b + a). */
  readonly effect: number;
  /** Standard deviation of a day's volume, and of how the level walks, as logarithms. */
  readonly noise: number;
  readonly walk: number;
  readonly days: number;
  /** Sales of twenty that lie near the median, where prices are told. */
  readonly near?: number;
}

/** What a policy did there. */
export interface Lived {
  /** Reward beside that of holding still, as a share: 0.1 is a tenth more. */
  readonly gain: number;
  /** The least that this share was after the first sixty days. */
  readonly worst: number;
  readonly moves: readonly Exclude<Decision, { readonly kind: "hold" }>[];
}

const START = 500;
const BUDGET = 150;
/** Of the budget, won back a day. */
const LEAK = 5;
const WARM_UP = 60;

/** Lives through a world, one decision a day, within the box of a new DAO. */
export function live(policy: Policy, world: World): Lived {
  const { gauss } = chance(world.seed);
  const rounds: MarketPoint[] = [];
  const own: OwnPeriod[] = [];
  const moves: Lived["moves"][number][] = [];
  const response = Math.log((2 + world.effect) / (2 - world.effect));
  let [level, spent, next, royalty] = [0, 0, 0, START];
  let [got, held, worst] = [0, 0, 0];
  for (let day = 0; day < world.days; day++) {
    level += world.walk * gauss();
    const base = 1e8 * Math.exp(level + world.noise * gauss());
    const steps = (royalty - START) / 50;
    const volume = Math.round(base * Math.exp(response * steps));
    const from = NOW + day * DAY;
    const to = from + DAY;
    own.push({
      from,
      to,
      royalty,
      sales: 20,
      ...(world.near === undefined ? {} : { near: world.near }),
      volume,
      burns: 0,
      acts: 0,
    });
    rounds.push({
      round: day + 1,
      time: to,
      change: 0,
      volatility: 400,
      trend: 0,
    });
    got += volume * perVolume(royalty);
    held += base * perVolume(START);
    if (day >= WARM_UP) worst = Math.min(worst, got / held - 1);
    spent = Math.max(0, spent - LEAK);
    const box: Partial<SlotState> = {
      value: royalty,
      budgetLeft: Math.floor(BUDGET - spent),
      next,
    };
    const view = viewOf({
      time: to,
      rounds,
      own,
      grantExpires: to + DAY,
      slots: { royalty: box },
    });
    const decision = policy.decide(view);
    if (decision.kind !== "change" || decision.slot !== "royalty") continue;
    moves.push(decision);
    spent += Math.abs(decision.to - royalty);
    royalty = decision.to;
    next = to + DAY;
  }
  return { gain: got / held - 1, worst, moves };
}

/** Chance from a seed (xorshift), so that a world is the same each time. */
function chance(seed: number) {
  let state = seed * 7_919 + 13;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
  for (let i = 0; i < 20; i++) uniform();
  /** The sum of twelve: near enough to normal. */
  const gauss = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
  return { gauss };
}
