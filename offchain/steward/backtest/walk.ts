import type {
  Decision,
  MarketPoint,
  OwnPeriod,
  Policy,
  StewardView,
} from "../policy.ts";
import { createSlot, slotsWith, type Limits, type Refusal } from "./slot.ts";
import type { Tape } from "./tape.ts";
import type { World } from "./world.ts";

/** One decision of a walk, and what came of it. */
export interface Step {
  /** The period after whose round it was made. */
  readonly period: number;
  /** Unix seconds. */
  readonly time: number;
  readonly decision: Decision;
  /** Why the controller would have refused it. */
  readonly refusal: Refusal | "other-slot" | "oracle-odd" | undefined;
}

/** What a policy did. */
export interface Walk {
  /** In force in each period from `first` on, bps. */
  readonly royalties: readonly number[];
  readonly steps: readonly Step[];
}

/** What the controller does not let a steward act on. */
export interface Breaker {
  readonly staleAfter: number;
  readonly maxChange: number;
  readonly maxVolatility: number;
}

/** No policy is asked after more of the past than so many rounds: three years of days. */
const REMEMBERED = 1_100;

/**
 * Lets a policy walk through a world, from one round to the next. What it is shown ends with the round: the sales before it and the
 * royalty that it set itself. A move holds from the next period on, and a move that the controller would refuse does not happen.
 * @param first The first period that it may steer; those before it ran at the world's base.
 */
export function walk(
  policy: Policy,
  {
    tape,
    world,
    first,
    limits,
    breaker,
  }: {
    readonly tape: Tape;
    readonly world: World;
    readonly first: number;
    readonly limits: Limits;
    readonly breaker: Breaker;
  },
): Walk {
  const slot = createSlot(world.base, limits);
  const own: OwnPeriod[] = [];
  const royalties: number[] = [];
  const steps: Step[] = [];
  tape.periods.forEach(({ to: time }, period) => {
    const royalty = slot.value;
    if (period >= first) royalties.push(royalty);
    own.push(world.seen(period, royalty));
    // The last round closes the tape: what is decided then is never judged.
    if (period < first - 1 || period === tape.periods.length - 1) return;
    const view: StewardView = {
      time,
      slots: slotsWith(slot.state(time)),
      rounds: tape.rounds.slice(
        Math.max(0, period + 1 - REMEMBERED),
        period + 1,
      ),
      own: own.slice(-REMEMBERED),
      frozen: false,
      grantExpires: time + limits.window,
      breaker,
    };
    const decision = policy.decide(view);
    if (decision.kind === "hold") {
      steps.push({ period, time, decision, refusal: undefined });
      return;
    }
    const refusal = isOdd(tape.rounds[period], breaker)
      ? "oracle-odd"
      : decision.slot !== "royalty"
        ? "other-slot"
        : decision.kind === "change"
          ? slot.move(decision.to, time)
          : undefined;
    steps.push({ period, time, decision, refusal });
  });
  return { royalties, steps };
}

/** A round closes its period, so it is never stale here; what was not observed is odd. */
function isOdd(
  round: MarketPoint | undefined,
  { maxChange, maxVolatility }: Breaker,
): boolean {
  const { change, volatility } = round ?? {};
  if (change === undefined || volatility === undefined) return true;
  return Math.abs(change) > maxChange || volatility > maxVolatility;
}
