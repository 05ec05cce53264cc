import type { Observation } from "../../kernel/observation.ts";
import { moodOf } from "../work/market.ts";

/** What the market moves, in the order in which it is written. */
export const FORCES = ["unrest", "drift", "warmth", "light"] as const;
export type Force = (typeof FORCES)[number];

/** Where the market has carried the works of a batch since its conditions, millionths of the widest swing; zero there. */
export type Weather = Readonly<Record<Force, number>>;

/** The weather of a batch at its own conditions. */
export const STILL: Weather = { unrest: 0, drift: 0, warmth: 0, light: 0 };

/** Millionths of one step of a work's state: eight of them are a market's good swing. */
export const STEP: Weather = {
  unrest: 62_500,
  drift: 150_000,
  warmth: 125_000,
  light: 65_000,
};

/** What a calm round stays within: the day's change, the rise of volatility (both bps) and the swing of sentiment. */
export const CALM = { change: 100, volatility: 20, sentiment: 300 } as const;
/** In a calm round no force moves by more than this part of a step. */
const CALM_PART = 250;
/** The wildest round moves a force by nearly so many steps, and half so many at a shock of `HALF_SHOCK`: shapes are slow, light is quick. */
const WILD_STEPS: Weather = { unrest: 5, drift: 1.5, warmth: 2.5, light: 3 };
const HALF_SHOCK = 3_000;

const MILLION = 1_000_000;

/**
 * How hard a round strikes, from 0: what its change, the rise of volatility since the round before it and the swing of
 * sentiment have beyond {@link CALM}. A round is calm exactly if this is 0. What either round did not observe counts nothing.
 */
export function shockOf(before: Observation, now: Observation): number {
  const both = (field: "volatility" | "sentiment"): number =>
    before.present[field] && now.present[field]
      ? now[field] - before[field]
      : 0;
  const beyond = (size: number, calm: number): number =>
    Math.max(0, size - calm);
  return (
    beyond(Math.abs(now.change), CALM.change) +
    2 * beyond(both("volatility"), CALM.volatility) +
    beyond(Math.abs(both("sentiment")), CALM.sentiment)
  );
}

/** How far a round of this shock may move a force, millionths: a 250th of a step when calm, never four steps. */
export function reachOf(force: Force, shock: number): number {
  const calm = STEP[force] / CALM_PART;
  return (
    calm +
    Math.floor((STEP[force] * WILD_STEPS[force] * shock) / (shock + HALF_SHOCK))
  );
}

/** A batch's place in the market: its weather, and what the next round is compared with. */
export type Place = Readonly<{
  weather: Weather;
  /** The last round, at first the batch's conditions. */
  last: Observation;
  /** The first floor that was known: light is told against it. */
  floor: number;
}>;

/** Where a batch stands when it is opened. */
export function placeOf(conditions: Observation): Place {
  return { weather: STILL, last: conditions, floor: conditions.floor };
}

/** One round on: every force goes towards what the market says, as far as the shock allows. */
export function carry(
  place: Place,
  conditions: Observation,
  round: Observation,
): Place {
  const floor = place.floor === 0 ? round.floor : place.floor;
  const aims = aimsOf(conditions, round, floor);
  const shock = shockOf(place.last, round);
  const move = (force: Force): number => {
    const at = place.weather[force];
    const aim = aims[force];
    if (aim === undefined) return at;
    const reach = reachOf(force, shock);
    return at + Math.max(-reach, Math.min(reach, aim - at));
  };
  return {
    weather: {
      unrest: move("unrest"),
      drift: move("drift"),
      warmth: move("warmth"),
      light: move("light"),
    },
    last: round,
    floor,
  };
}

/**
 * Where a round would carry each force, millionths from the batch's conditions; undefined where it observed nothing of
 * the kind, and so moves nothing.
 */
function aimsOf(
  conditions: Observation,
  round: Observation,
  floor: number,
): Readonly<Record<Force, number | undefined>> {
  const { present } = round;
  const [from, to] = [feel(conditions), feel(round)];
  const warm = present.sentiment || present.trend || present.change;
  return {
    unrest: present.volatility ? to.unrest - from.unrest : undefined,
    drift: present.trend ? to.drift - from.drift : undefined,
    warmth: warm ? to.warmth - from.warmth : undefined,
    light: present.floor && floor > 0 ? gain(floor, round.floor) : undefined,
  };
}

/** What a market feels like, millionths: recorded markets tell no sentiment, so the month's trend warms as well, and a little the day. */
function feel(
  observation: Observation,
): Pick<Weather, "unrest" | "drift" | "warmth"> {
  const { unrest, drift } = moodOf(observation);
  const { sentiment, change } = observation;
  const warmth = 200 * (sentiment - 5_000) + 600 * drift + 40 * change;
  return {
    unrest: 1_000 * unrest,
    drift: 1_000 * drift,
    warmth: Math.max(-MILLION, Math.min(MILLION, warmth)),
  };
}

/** (b - a) / (a + b) in millionths, cut towards zero: a third of the way at twice the price, minus a third at half. */
function gain(a: number, b: number): number {
  const [from, to] = [BigInt(a), BigInt(b)];
  return Number((BigInt(MILLION) * (to - from)) / (from + to));
}
