import { expect } from "chai";
import fc from "fast-check";

import {
  CALM,
  carry,
  FORCES,
  placeOf,
  reachOf,
  shockOf,
  STEP,
  STILL,
  type Weather,
} from "../../../../offchain/generator/evolution/weather.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../../offchain/kernel/observation.ts";
import { observation, rounds } from "./arbitraries.ts";

const SEEN: Observation = {
  ...NEUTRAL_OBSERVATION,
  present: {
    change: true,
    volatility: true,
    trend: true,
    sentiment: true,
    floor: true,
    volume: true,
  },
  volatility: 300,
  floor: 1_000_000,
};
const market = (fields: Partial<Observation>): Observation => ({
  ...SEEN,
  ...fields,
});
/** Where a batch born at SEEN is after these rounds. */
const after = (...brought: Observation[]): Weather =>
  brought.reduce((place, round) => carry(place, SEEN, round), placeOf(SEEN))
    .weather;
const distance = (weather: Weather): number =>
  FORCES.reduce((sum, force) => sum + Math.abs(weather[force]), 0);

describe("weather", () => {
  it("is still where a round says what the conditions said", () => {
    expect(after(SEEN, SEEN)).to.deep.equal(STILL);
  });

  it("calls a round calm within its limits, and no further", () => {
    const { change, volatility, sentiment } = CALM;
    for (const [still, stirred] of [
      [{ change }, { change: change + 1 }],
      [{ change: -change }, { change: -change - 1 }],
      [
        { volatility: SEEN.volatility + volatility },
        { volatility: SEEN.volatility + volatility + 1 },
      ],
      [
        { sentiment: SEEN.sentiment - sentiment },
        { sentiment: SEEN.sentiment - sentiment - 1 },
      ],
    ] as const) {
      expect(shockOf(SEEN, market(still)), JSON.stringify(still)).to.equal(0);
      expect(shockOf(SEEN, market(stirred))).to.be.greaterThan(0);
    }
    expect(shockOf(SEEN, market({ volatility: 0 })), "falling").to.equal(0);
  });

  it("counts nothing that one of two rounds did not observe", () => {
    const blind = {
      ...SEEN,
      present: { ...SEEN.present, volatility: false, sentiment: false },
      volatility: 0,
    };
    expect(
      shockOf(blind, market({ volatility: 9_000, sentiment: 0 })),
    ).to.equal(0);
  });

  it("reaches further the harder a round strikes, from a 250th of a step, and never so far as six steps", () => {
    for (const force of FORCES) {
      expect(reachOf(force, 0)).to.equal(STEP[force] / 250);
      for (let shock = 0; shock < 200_000; shock += 997)
        expect(reachOf(force, shock + 997)).to.be.at.least(
          reachOf(force, shock),
        );
      expect(reachOf(force, 200_000)).to.be.lessThan(6 * STEP[force]);
    }
  });

  it("answers the same market further, the harder it comes", () => {
    const far = { volatility: 9_000, trend: -9_000, floor: 100_000 };
    let before = 0;
    for (let change = 0; change > -9_000; change -= 300) {
      const { unrest, drift, light } = after(market({ ...far, change }));
      const moved = Math.abs(unrest) + Math.abs(drift) + Math.abs(light);
      expect(moved).to.be.at.least(before);
      before = moved;
    }
  });

  it("goes the way its market goes", () => {
    const storm = after(
      market({
        volatility: 2_000,
        change: -1_500,
        floor: 500_000,
        trend: -4_000,
      }),
    );
    expect(storm.unrest).to.be.greaterThan(0);
    expect(storm.light).to.be.lessThan(0);
    expect(storm.drift).to.be.lessThan(0);
    expect(storm.warmth).to.be.lessThan(0);
    const boom = after(
      market({
        change: 1_500,
        floor: 2_000_000,
        trend: 4_000,
        sentiment: 9_000,
      }),
    );
    expect(Math.min(boom.light, boom.drift, boom.warmth)).to.be.greaterThan(0);
  });

  it("tells light against the first floor that was known", () => {
    const blind = {
      ...SEEN,
      present: { ...SEEN.present, floor: false },
      floor: 0,
    };
    const first = carry(placeOf(blind), blind, market({ floor: 500 }));
    expect(first.weather.light).to.equal(0);
    const fallen = carry(first, blind, market({ floor: 100, change: -8_000 }));
    expect(fallen.weather.light).to.be.lessThan(0);
  });

  it("moves nothing by what a round did not observe", () => {
    const nothing = { ...NEUTRAL_OBSERVATION, time: 9 };
    const place = carry(
      placeOf(SEEN),
      SEEN,
      market({ volatility: 9_000, trend: 9_000, change: 900, floor: 9 }),
    );
    expect(carry(place, SEEN, nothing).weather).to.deep.equal(place.weather);
  });

  it("comes home when the market does, never further off on the way", () => {
    fc.assert(
      fc.property(observation, rounds, (conditions, brought) => {
        let place = placeOf(conditions);
        for (const round of brought) place = carry(place, conditions, round);
        const home = {
          ...conditions,
          floor: conditions.present.floor ? place.floor : 0,
        };
        for (let i = 0; i < 8; i++) {
          const next = carry(place, conditions, home);
          expect(distance(next.weather)).to.be.at.most(distance(place.weather));
          place = next;
        }
      }),
      { numRuns: 200 },
    );
    // Whole: a calm market brings a step back in 250 rounds.
    let place = carry(
      placeOf(SEEN),
      SEEN,
      market({ floor: 1, change: -9_000, volatility: 9_000 }),
    );
    expect(distance(place.weather)).to.be.greaterThan(0);
    for (let i = 0; i < 6 * 250; i++) place = carry(place, SEEN, SEEN);
    expect(place.weather).to.deep.equal(STILL);
  });

  it("takes any observations, in integers and within its range", () => {
    fc.assert(
      fc.property(observation, rounds, (conditions, brought) => {
        let place = placeOf(conditions);
        for (const round of brought) {
          place = carry(place, conditions, round);
          for (const force of FORCES) {
            const most =
              force === "drift" || force === "warmth" ? 2_000_000 : 1_000_000;
            expect(Number.isSafeInteger(place.weather[force]), force).to.equal(
              true,
            );
            expect(Math.abs(place.weather[force])).to.be.at.most(most);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
