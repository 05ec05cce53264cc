import { expect } from "chai";
import fc from "fast-check";

import {
  DIAL_END,
  DIALS,
  UNTOUCHED,
  type Attunement,
} from "../../../../offchain/generator/evolution/attunement.ts";
import {
  CHANNELS,
  followMarket,
  GENESIS,
  isGenesis,
  STATE_END,
  stateKey,
  stateOf,
  type WorkState,
} from "../../../../offchain/generator/evolution/state.ts";
import {
  shockOf,
  STILL,
  type Weather,
} from "../../../../offchain/generator/evolution/weather.ts";
import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../../offchain/kernel/observation.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import { candidateSeed } from "../../../../offchain/kernel/seed.ts";
import { observation, rounds } from "./arbitraries.ts";

const SEED = keccak256(utf8("two thousand works"));
const digests = Array.from({ length: 2_000 }, (_, i) =>
  candidateSeed(SEED, i, 0),
);
const dials = (turned: Partial<Attunement>): Attunement => ({
  ...UNTOUCHED,
  ...turned,
});
const attunement: fc.Arbitrary<Attunement> = fc.record(
  Object.fromEntries(
    DIALS.map((dial) => [dial, fc.integer({ min: -DIAL_END, max: DIAL_END })]),
  ),
) as unknown as fc.Arbitrary<Attunement>;
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

const state = (
  mood: Weather,
  turned = UNTOUCHED,
  of = digests[0]!,
): WorkState =>
  stateOf({
    digest: of,
    conditions: NEUTRAL_OBSERVATION,
    mood,
    attunement: turned,
  });

describe("stateOf", () => {
  it("is genesis for every work before the market moves", () => {
    for (const of of digests)
      expect(isGenesis(state(STILL, UNTOUCHED, of))).to.equal(true);
    expect(isGenesis(GENESIS)).to.equal(true);
  });

  it("tells states apart by their keys, and genesis by all zero", () => {
    const keys = CHANNELS.map((channel) =>
      stateKey({ ...GENESIS, [channel]: 1 }),
    );
    expect(new Set([...keys, stateKey(GENESIS)]).size).to.equal(
      CHANNELS.length + 1,
    );
    for (const channel of CHANNELS)
      expect(isGenesis({ ...GENESIS, [channel]: -1 })).to.equal(false);
  });

  it("stays within its ends, whatever the market and the holder do", () => {
    fc.assert(
      fc.property(
        observation,
        rounds,
        digest,
        attunement,
        (conditions, brought, of, turned) => {
          for (const mood of followMarket(conditions, brought)) {
            const now = stateOf({
              digest: of,
              conditions,
              mood,
              attunement: turned,
            });
            for (const channel of CHANNELS) {
              expect(Number.isInteger(now[channel]), channel).to.equal(true);
              expect(Math.abs(now[channel]), channel).to.be.at.most(STATE_END);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("turns with each dial the way it is called, a step a turn", () => {
    for (let turn = -DIAL_END; turn <= DIAL_END; turn++) {
      // + 0: a dial turned nowhere must not leave the other zero.
      expect(state(STILL, dials({ temper: turn })).unrest).to.equal(turn);
      expect(state(STILL, dials({ warmth: turn })).warmth).to.equal(turn);
      expect(state(STILL, dials({ distance: turn })).distance).to.equal(turn);
      expect(isGenesis(state(STILL, dials({ response: turn })))).to.equal(true);
    }
  });

  it("follows the market not at all when aloof, and twice as far when eager", () => {
    const mood = {
      unrest: 250_000,
      drift: -600_000,
      warmth: 500_000,
      light: -260_000,
    };
    expect(isGenesis(state(mood, dials({ response: -DIAL_END })))).to.equal(
      true,
    );
    for (const of of digests.slice(0, 50)) {
      const [plain, eager] = [
        state(mood, UNTOUCHED, of),
        state(mood, dials({ response: DIAL_END }), of),
      ];
      for (const channel of ["unrest", "drift", "warmth", "light"] as const)
        expect(eager[channel]).to.be.within(
          2 * plain[channel] - 1,
          2 * plain[channel] + 1,
        );
    }
  });

  it("lets works take their steps one by one, evenly along the way", () => {
    let before = 0;
    for (let light = 0; light <= 65_000; light += 6_500) {
      const taken = digests.filter(
        (of) => state({ ...STILL, light }, UNTOUCHED, of).light === 1,
      ).length;
      expect(taken - before).to.be.within(light === 0 ? 0 : 150, 260);
      before = taken;
    }
    expect(before).to.equal(digests.length);
  });
});

describe("followMarket", () => {
  it("is a fold: what comes later changes nothing before it", () => {
    fc.assert(
      fc.property(observation, rounds, rounds, (conditions, first, rest) => {
        const whole = followMarket(conditions, [...first, ...rest]);
        expect(whole).to.have.length(first.length + rest.length);
        expect(whole.slice(0, first.length)).to.deep.equal(
          followMarket(conditions, first),
        );
      }),
    );
  });

  it("changes at most 5 % of 2,000 works in any calm round, also if every holder is eager", () => {
    const rng = createRng(SEED);
    const around = (middle: number, reach: number): number =>
      middle - reach + rng.below(2 * reach + 1);
    const conditions: Observation = {
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
    // Storms that leave every force far from where it aims, each followed by rounds that are calm by the rule.
    const brought: Observation[] = [];
    let last = conditions;
    for (let i = 0; i < 120; i++) {
      const storm = i % 12 === 0;
      last = {
        ...last,
        change: around(0, storm ? 4_000 : 100),
        volatility: Math.max(
          0,
          storm ? rng.below(3_000) : last.volatility + around(0, 20),
        ),
        sentiment: storm
          ? rng.below(10_001)
          : Math.max(0, Math.min(10_000, last.sentiment + around(0, 300))),
        trend: storm ? around(0, 9_000) : last.trend + around(0, 200),
        floor: storm ? 1 + rng.below(9_000_000) : last.floor + rng.below(5_000),
      };
      brought.push(last);
    }
    for (const turned of [UNTOUCHED, dials({ response: DIAL_END })]) {
      let before = digests.map(() => stateKey(GENESIS));
      let calm = 0;
      followMarket(conditions, brought).forEach((mood, i) => {
        const now = digests.map((of) => stateKey(state(mood, turned, of)));
        const changed = now.filter((key, k) => key !== before[k]).length;
        if (shockOf(brought[i - 1] ?? conditions, brought[i]!) === 0) {
          calm++;
          expect(changed, `round ${i}`).to.be.at.most(digests.length / 20);
        }
        before = now;
      });
      expect(calm).to.equal(110);
    }
  });
});
