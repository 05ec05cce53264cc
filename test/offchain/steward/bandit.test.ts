import { expect } from "chai";

import { MOST_REGRET } from "../../../offchain/steward/bandit-account.ts";
import { banditPolicy } from "../../../offchain/steward/bandit.ts";
import { periodsOf, roundsOf, viewOf } from "../../kit/steward-view.ts";
import { live } from "../../kit/steward-world.ts";

const DAYS = 260;

describe("the conservative bandit", () => {
  it("says nothing before it has seen enough, or where nothing is sold", () => {
    const look = (days: number, volume = 4_000_000) =>
      banditPolicy.decide(
        viewOf({
          rounds: roundsOf(days),
          own: periodsOf(days, () => ({ volume })),
        }),
      );
    expect(look(41)).to.deep.equal({
      kind: "hold",
      why: "too-few-observations",
    });
    expect(look(42).kind).to.equal("hold");
    expect(look(42)).not.to.deep.equal(look(41));
    expect(look(60, 0)).to.deep.equal({
      kind: "hold",
      why: "too-few-observations",
    });
  });

  it("tries nothing out before its account can pay the worst of it", () => {
    const { moves } = live(banditPolicy, {
      seed: 1,
      effect: -0.08,
      noise: 0.1,
      walk: 0.02,
      days: 56,
    });
    expect(moves).to.deep.equal([]);
  });

  it("raises the royalty where buyers do not mind, and lowers it where they do", () => {
    const calm = { noise: 0.05, walk: 0.01, days: DAYS };
    const careless = live(banditPolicy, { seed: 2, effect: 0, ...calm });
    expect(careless.gain).to.be.above(0.05);
    expect(careless.moves.at(-1)?.to).to.be.above(600);
    const minding = live(banditPolicy, { seed: 2, effect: -0.25, ...calm });
    expect(minding.gain).to.be.above(0.05);
    expect(minding.moves.at(-1)?.to).to.be.below(450);
  });

  it("goes back to where it began unless what it tried proved better", () => {
    const { moves } = live(banditPolicy, {
      seed: 3,
      effect: -0.08,
      noise: 0.3,
      walk: 0.02,
      days: 110,
    });
    expect(moves[0]).to.include({ why: "try", from: 500 });
    expect(moves[1]).to.include({ why: "unproven", to: 500 });
  });

  it("is never behind holding still by more than the stated share", () => {
    // Buyers who mind not at all, as much as it takes, and more; quiet and loud markets.
    // Prices that say nothing, and prices that say that buyers mind little, or much, whatever is true.
    const worlds = [0, -0.04, -0.08, -0.15, -0.3].flatMap((effect, i) =>
      [0.05, 0.5].flatMap((noise, j) =>
        [undefined, 1, 12].map((near, k) => ({
          seed: 10 * i + 3 * j + k + 1,
          effect,
          noise,
          walk: 0.02,
          days: DAYS,
          ...(near === undefined ? {} : { near }),
        })),
      ),
    );
    const lived = worlds.map((world) => ({
      world,
      ...live(banditPolicy, world),
    }));
    for (const { world, worst } of lived)
      expect(worst, JSON.stringify(world)).to.be.at.least(-MOST_REGRET);
    // It did take risks: else nothing was shown.
    const tried = lived.filter(({ moves }) =>
      moves.some(({ why }) => why === "try"),
    );
    expect(tried.length).to.be.above(worlds.length / 2);
  });
});
