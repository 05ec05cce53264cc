import assert from "node:assert/strict";

import { EVMClient } from "@chainlink/cre-sdk";
import { test } from "@chainlink/cre-sdk/test";

import example from "../config.example.json" with { type: "json" };
import { configSchema, selectorOf } from "../config.ts";

test("the example is a configuration", () => {
  const config = configSchema.parse(example);
  assert.equal(
    selectorOf(config),
    EVMClient.SUPPORTED_CHAIN_SELECTORS["ethereum-testnet-sepolia"],
  );
});

test("what is wrong is refused", () => {
  const { urls } = example;
  for (const wrong of [
    { schedule: "daily" },
    { schedule: "0 0 * * *" },
    { chain: "hardhat" },
    { chain: "toString" },
    { receiver: "0x12" },
    { receiver: undefined },
    { gasLimit: 500_000 },
    { gasLimit: "99999" },
    { gasLimit: "10000000" },
    { urls: {} },
    { urls: { ...urls, coinbase: "http://api.exchange.coinbase.com/" } },
    { urls: { ...urls, kraken: "https://api.kraken.com/" } },
    { secret: "x" },
  ])
    assert.equal(
      configSchema.safeParse({ ...example, ...wrong }).success,
      false,
      JSON.stringify(wrong),
    );
});

test("one source is enough of a configuration", () => {
  const urls = { coinbase: example.urls.coinbase };
  assert.ok(configSchema.safeParse({ ...example, urls }).success);
});
