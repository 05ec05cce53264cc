import { expect } from "chai";

import {
  coinbaseCandles,
  coingeckoChart,
  fearAndGreed,
} from "../../../offchain/adapters/sources-answers.ts";
import { defaultQueries, queryArgs } from "../../../offchain/don/queries.ts";
import {
  observeMarket,
  type DonFunctions,
} from "../../../offchain/don/script.ts";
import { toHex, type Hex } from "../../../offchain/kernel/bytes.ts";
import { unpackObservation } from "../../../offchain/kernel/observation.ts";
import { DAY, daysFromCivil } from "../../../offchain/market/calendar.ts";
import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { syntheticDaily } from "../../../offchain/market/sample.ts";
import { expectCode } from "../../kit/rejection.ts";

const series = parseMarketCsv(syntheticDaily());
const midnight = daysFromCivil(2026, 1, 1) * DAY;
const [COINGECKO = "", COINBASE = "", FEAR = ""] = queryArgs(defaultQueries());

type Answers = Readonly<Record<string, unknown>>;

const at = (moment: number): Answers => {
  const market = { series, at: moment, greed: 71 };
  return {
    [COINGECKO]: coingeckoChart(market),
    [COINBASE]: coinbaseCandles(market),
    [FEAR]: fearAndGreed(market),
  };
};

/** A node that finds these answers under their URLs, and the asked URLs with their time limits. */
const node = (
  answers: Answers,
  asked: { url: string; timeout: number }[] = [],
): DonFunctions => ({
  makeHttpRequest(request) {
    asked.push(request);
    const found = Object.entries(answers).find(([arg]) =>
      arg.endsWith(`=${request.url}`),
    );
    return Promise.resolve(
      found === undefined
        ? { error: true }
        : { error: false, data: structuredClone(found[1]) },
    );
  },
});

const run = async (
  answers: Answers,
  args: readonly string[] = [COINGECKO, COINBASE, FEAR],
): Promise<Hex> => toHex(await observeMarket(node(answers), args));

describe("the script of a DON", () => {
  it("gives the observation of the last day that is over, with the sentiment that prices do not tell", async () => {
    const observation = unpackObservation(await run(at(midnight + DAY / 2)));
    const alone = observe(series, { at: midnight });
    // The venue's prices are 2 bps above the market's, which rounding may show.
    for (const field of ["change", "volatility", "trend"] as const)
      expect(observation[field]).to.be.closeTo(alone[field], 1);
    expect(observation).to.include({ floor: alone.floor, sentiment: 7_100 });
    expect(observation.present).to.deep.equal({
      ...alone.present,
      sentiment: true,
    });
  });

  it("gives the same bytes at any time of the day, and others the next day", async () => {
    const first = await run(at(midnight + 60));
    expect(await run(at(midnight + DAY - 1))).to.equal(first);
    expect(await run(at(midnight + DAY))).to.not.equal(first);
  });

  it("asks each source once, for 9 s at most", async () => {
    const asked: { url: string; timeout: number }[] = [];
    const args = [COINGECKO, COINBASE, FEAR];
    await observeMarket(node(at(midnight), asked), args);
    expect(asked).to.deep.equal(
      defaultQueries().map(({ url }) => ({ url, timeout: 9_000 })),
    );
  });

  for (const [name, dead] of [
    ["CoinGecko", COINGECKO],
    ["Coinbase", COINBASE],
    ["fear and greed", FEAR],
  ] as const) {
    it(`observes the same day without ${name}`, async () => {
      const { [dead]: _, ...answers } = at(midnight + 5);
      const all = unpackObservation(await run(at(midnight + 5)));
      const rest = unpackObservation(await run(answers));
      expect(rest.change).to.be.closeTo(all.change, 1);
      expect(rest.present.sentiment).to.equal(dead !== FEAR);
      expect(await run({ ...answers, [dead]: "<html>sorry</html>" })).to.equal(
        await run(answers),
      );
    });
  }

  it("is not moved by one source that says it is 2199", async () => {
    const late = fearAndGreed({
      series,
      at: daysFromCivil(2199, 1, 1) * DAY,
    });
    const { change, time } = unpackObservation(await run(at(midnight)));
    const moved = unpackObservation(
      await run({ ...at(midnight), [FEAR]: late }),
    );
    expect(moved).to.include({ change, time });
  });

  it("says that nothing can be observed where all are dead", async () => {
    await expectCode(run({}), "market/nothing-left");
  });

  it("takes one to five queries, to sources that it knows", async () => {
    await expectCode(run({}, []), "don/bad-arguments");
    await expectCode(
      run(
        at(midnight),
        Array.from({ length: 6 }, () => FEAR),
      ),
      "don/bad-arguments",
    );
    await expectCode(run({}, ["gecko=https://x"]), "don/bad-arguments");
    await run(at(midnight), [COINGECKO, COINBASE, FEAR, FEAR, FEAR]);
  });
});
