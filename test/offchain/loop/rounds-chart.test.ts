import { expect } from "chai";

import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../offchain/kernel/observation.ts";
import {
  MOST_ROUNDS,
  roundsChart,
  type ChartedRound,
} from "../../../offchain/loop/rounds-chart.ts";
import { MARKET_FIELDS } from "../../../offchain/market/reading.ts";

const DAY = 86_400;
const FULL = Object.fromEntries(
  MARKET_FIELDS.map((field) => [field, true]),
) as Observation["present"];

type Changed = Partial<Omit<Observation, "present">> & {
  readonly present?: Partial<Observation["present"]>;
};
/** A day of a market that rises and falls. */
function round(i: number, without: Changed = {}): ChartedRound {
  return {
    round: i + 1,
    adapter: i % 2 === 0 ? "signed-reporters" : "cre",
    observation: {
      ...NEUTRAL_OBSERVATION,
      change: ((i * 137) % 900) - 450,
      volatility: 200 + i,
      trend: 100,
      sentiment: (i * 977) % 10_001,
      floor: 1_000_000 + ((i * 7_919) % 500_000),
      volume: 1_000,
      time: (i + 20_000) * DAY,
      ...without,
      present: { ...FULL, ...without.present },
    },
  };
}
const rounds = (count: number, without?: Changed): readonly ChartedRound[] =>
  Array.from({ length: count }, (_, i) => round(i, without));
const draw = (shown: readonly ChartedRound[]): string =>
  roundsChart({ title: "Loop & <weather>", rounds: shown });
const count = (svg: string, what: string | RegExp): number =>
  svg.split(what).length - 1;

describe("roundsChart", () => {
  it("is the same text for the same rounds, well formed, and text stays text", () => {
    const svg = draw(rounds(40));
    expect(draw(structuredClone(rounds(40)))).to.equal(svg);
    expect(svg)
      .to.match(/^<svg [^>]*>\n/)
      .and.to.match(/<\/svg>\n$/);
    expect(svg).to.contain("Loop &amp; &lt;weather&gt;");
    expect(svg).to.contain(">40 rounds of the market<");
    expect(svg).not.to.match(/NaN|Infinity|undefined/);
  });

  for (const many of [0, 1, 2, 3, 40, 400, MOST_ROUNDS + 1])
    it(`draws ${many} rounds, in whole numbers of everything`, () => {
      const svg = draw(rounds(many));
      expect(svg).not.to.match(/NaN|Infinity|undefined/);
      if (many > 0) expect(svg).to.contain(`>round ${many}<`);
      expect(count(svg, ">round ")).to.be.within(Math.min(many, 1), 10);
    });

  it("draws the newest where there are too many, and says so", () => {
    const svg = draw(rounds(MOST_ROUNDS + 1));
    expect(svg).to.contain(`the last ${MOST_ROUNDS} of them here`);
    expect(svg).to.contain(">round 2<").and.not.to.contain(">round 1<");
  });

  it("lets a line end where a field was not observed, and begins it again", () => {
    const gap = round(2, { floor: 0, present: { floor: false } });
    const [a, b, , d, e] = rounds(5) as ChartedRound[];
    const whole = draw([a!, b!, round(2), d!, e!]);
    const broken = draw([a!, b!, gap, d!, e!]);
    expect(count(broken, 'fill="url(#under)"')).to.equal(
      count(whole, 'fill="url(#under)"') + 1,
    );
  });

  for (const field of ["floor", "change", "sentiment"] as const)
    it(`says where no round has a ${field}`, () => {
      const absent = {
        [field]: field === "sentiment" ? 5_000 : 0,
        present: { [field]: false },
      };
      const svg = draw(rounds(5, absent));
      expect(count(svg, "never observed")).to.equal(1);
      expect(svg).to.contain(">0 %<");
      expect(svg).not.to.match(/NaN|Infinity|undefined/);
    });

  it("names in colour who brought the rounds, each once", () => {
    const svg = draw(rounds(6));
    expect(count(svg, ">signed-reporters<")).to.equal(1);
    expect(count(svg, ">cre<")).to.equal(1);
    expect(svg).not.to.contain(">account<");
  });

  it("stays on paper where a market does not move, or moves by everything", () => {
    for (const floor of [1, 281_474_976_710_655])
      expect(draw(rounds(3, { floor }))).not.to.match(/NaN|Infinity/);
    const wild = [
      round(0, { change: -32_768, floor: 1 }),
      round(1, { change: 32_767, floor: 281_474_976_710_655 }),
    ];
    expect(draw(wild)).not.to.match(/NaN|Infinity/);
  });
});
