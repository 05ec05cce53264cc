import { expect } from "chai";

import {
  DEFAULT_SOURCES,
  ETHER,
  RULES,
} from "../../../offchain/adapters/market-sources.ts";
import {
  defaultQueries,
  queriesAt,
  queryArgs,
} from "../../../offchain/don/queries.ts";

describe("the queries of a DON", () => {
  it("ask where the local reporter asks by default", () => {
    expect(defaultQueries()).to.deep.equal(
      DEFAULT_SOURCES.map((source) => {
        const { host, path } = RULES[source];
        return { source, url: `${host}${path(ETHER)}` };
      }),
    );
  });

  it("ask for another market by its names", () => {
    const urls = defaultQueries({ coin: "bitcoin", pair: "BTC-EUR" }).map(
      ({ url }) => url,
    );
    expect(urls[0]).to.include("/coins/bitcoin/");
    expect(urls[1]).to.include("/products/BTC-EUR/");
  });

  it("find each host as a folder of what stands in for the internet", () => {
    const queries = queriesAt("http://127.0.0.1:1");
    expect(queryArgs(queries).at(-1)).to.equal(
      "fear-and-greed=http://127.0.0.1:1/api.alternative.me/fng/?limit=2",
    );
  });
});
