import { reach } from "./box.ts";
import { checked } from "./hold-checks.ts";
import { shareOf, slopeOf } from "./margin.ts";
import type { Decision, OwnPeriod, Policy, StewardView } from "./policy.ts";
import { perVolume, REWARD, volumePerDay } from "./reward.ts";

/** Sales without which nothing is believed, and periods over which they are counted. */
export const LEAST_SALES = 60;
const MEMORY = 365;
/** The truth is taken to lie between a half and four times what the sales say: who asks for too much is not forgiven soon. */
export const DOUBT = { weaker: 2, stronger: 4 } as const;
const RECENT = 30;

/**
 * The policy that believes the margins: how much volume answers a royalty is read off how near our sales lie to each other (margin.ts),
 * an assumption that experience with a few small moves could hardly test. It moves only where a move pays though the answer were
 * four times as strong (raising) or half as strong (lowering), and never tries anything out.
 */
export const marginsPolicy: Policy = {
  name: "margins",
  version: 1,
  decide: checked(decide),
};

function decide(view: StewardView): Decision {
  const { slots, own, time } = view;
  const slot = slots.royalty;
  const slope = slopeIn(own.slice(-MEMORY));
  if (slope === undefined) return hold("too-few-observations");
  for (const target of [slot.value + slot.step, slot.value - slot.step]) {
    const [strong, weak] = [slope * DOUBT.stronger, slope / DOUBT.weaker];
    const doubted = target > slot.value ? strong : weak;
    if (ratio(slot.value, target, doubted) <= 1) continue;
    const found = reach(slot, target, time);
    if (!("to" in found)) return hold(found.blocked);
    const holding =
      (volumePerDay(own.slice(-RECENT)) ?? 0) * perVolume(slot.value);
    const at = (answer: number): number =>
      holding * ratio(slot.value, found.to, answer);
    return {
      kind: "change",
      slot: "royalty",
      from: slot.value,
      to: found.to,
      why: target > slot.value ? "margins-wide" : "margins-thin",
      expected: {
        reward: REWARD,
        holding: Math.round(holding),
        changed: Math.round(at(slope)),
        doubt: Math.round(Math.abs(at(strong) - at(weak)) / 2),
      },
    };
  }
  return hold("unsure");
}

/** The slope that our sales tell; undefined where prices are not told or too few. */
function slopeIn(own: readonly OwnPeriod[]): number | undefined {
  let [near, sales] = [0, 0];
  for (const period of own)
    if (period.near !== undefined) {
      near += period.near;
      sales += period.sales;
    }
  return sales < LEAST_SALES ? undefined : slopeOf(shareOf(near, sales));
}

/** Reward at one royalty beside that at another. */
function ratio(from: number, to: number, slope: number): number {
  const lost = (slope * (to - from)) / 10_000;
  return (perVolume(to) / perVolume(from)) * ((2 - lost) / (2 + lost));
}

function hold(why: string): Decision {
  return { kind: "hold", why };
}
