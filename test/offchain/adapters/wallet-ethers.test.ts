import { expect } from "chai";
import { parseEther, Transaction } from "ethers";
import hre from "hardhat";

import {
  resolveWallet,
  walletFromKey,
  type AccountsConfig,
} from "../../../offchain/adapters/wallet-ethers.ts";
import { FIRST_KEY } from "../../kit/local-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const FIRST = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const STRANGER = "0x00000000000000000000000000000000000000aa";
const OTHER_KEY = `0x${"42".repeat(32)}`;

const offering = (...accounts: string[]) => ({
  send: (method: string): Promise<unknown> =>
    method === "eth_accounts"
      ? Promise.resolve(accounts)
      : Promise.reject(new Error(method)),
});
const secret = (value: string) => ({ get: () => Promise.resolve(value) });

describe("the wallet of a network", () => {
  const development = (): AccountsConfig => {
    const accounts = hre.config.networks["node"]?.accounts;
    if (accounts === undefined) throw new Error("no `node` network");
    return accounts;
  };

  it("derives the first account of Hardhat's own configuration, with its key", async () => {
    const wallet = await resolveWallet({
      provider: offering(),
      accounts: development(),
    });
    expect(wallet.address).to.equal(FIRST);
    expect(wallet.sign).to.be.a("function");
  });

  it("takes a configured private key, with or without 0x", async () => {
    for (const key of [OTHER_KEY, OTHER_KEY.slice(2), ` ${OTHER_KEY}\n`]) {
      const wallet = await resolveWallet({
        provider: offering(FIRST),
        accounts: [secret(key)],
      });
      expect(wallet.address).to.equal(walletFromKey(OTHER_KEY).address);
    }
  });

  it("signs for a development node that offers a known development account", async () => {
    const wallet = await resolveWallet({
      provider: offering(FIRST.toLowerCase()),
      accounts: "remote",
      development: development(),
    });
    expect(wallet.address).to.equal(FIRST);
    expect(wallet.sign).to.be.a("function");
  });

  it("leaves signing to a node whose account nobody here has the key of", async () => {
    const wallet = await resolveWallet({
      provider: offering(STRANGER),
      accounts: "remote",
      development: development(),
    });
    expect(wallet).to.deep.equal({ address: STRANGER, sign: undefined });
  });

  it("says that a network has no account", async () => {
    await expectCode(
      resolveWallet({ provider: offering(), accounts: "remote" }),
      "chain/no-account",
    );
  });

  it("never shows a key that is none", async () => {
    const error = await expectCode(
      resolveWallet({
        provider: offering(),
        accounts: [secret("0xsecretsecret")],
      }),
      "chain/bad-key",
    );
    expect(
      JSON.stringify([error.message, error.cause, error.stack]),
    ).to.not.include("secretsecret");
  });

  it("signs the same transaction to the same bytes", async () => {
    const { sign } = walletFromKey(FIRST_KEY);
    const transaction = {
      type: 2,
      chainId: 31_337,
      nonce: 1,
      to: STRANGER,
      value: parseEther("1"),
      gasLimit: 21_000n,
      maxFeePerGas: 2n,
      maxPriorityFeePerGas: 1n,
    };
    const raw = await sign?.(transaction);
    expect(await sign?.(transaction)).to.equal(raw);
    expect(Transaction.from(raw ?? "").from).to.equal(FIRST);
  });
});
