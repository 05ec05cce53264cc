import { expect } from "chai";
import { TypedDataEncoder, recoverAddress, Signature } from "ethers";

import {
  signerOf,
  signReport,
} from "../../../offchain/adapters/reports-eip712.ts";
import { walletFromKey } from "../../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { SignedReport } from "../../../offchain/loop/gather-reports.ts";
import { FIRST_KEY } from "../../kit/local-chain.ts";

const REPORT = {
  chainId: 31_337,
  adapter: `0x${"ad".repeat(20)}`,
  round: 7,
  observation: `0x01${"00".repeat(31)}`,
} as const;
const wallet = walletFromKey(FIRST_KEY);

describe("signed reports", () => {
  let signed: SignedReport;
  before(async () => {
    const report = await signReport(wallet, REPORT);
    if (report === undefined) throw new Error("not signed");
    signed = report;
  });

  it("are signed for one round, chain and contract, the same each time", async () => {
    expect(signed).to.include({
      ...REPORT,
      reporter: wallet.address.toLowerCase(),
    });
    expect(await signReport(wallet, REPORT)).to.deep.equal(signed);
    // The domain and the type as contracts/interfaces/ISignedReporters.sol says them.
    const digest = TypedDataEncoder.hash(
      {
        name: "Generative Loop Reporters",
        version: "1",
        chainId: 31_337,
        verifyingContract: REPORT.adapter,
      },
      {
        Report: [
          { name: "round", type: "uint256" },
          { name: "observation", type: "bytes32" },
        ],
      },
      { round: 7, observation: REPORT.observation },
    );
    const { r, vs } = signed;
    const signature = Signature.from({ r, yParityAndS: vs });
    expect(recoverAddress(digest, signature)).to.equal(wallet.address);
  });

  it("tell their signer, and another one as soon as anything is changed", () => {
    expect(signerOf(signed)).to.equal(signed.reporter);
    const flipped: Hex = `0x${signed.vs[2] === "0" ? "8" : "0"}${signed.vs.slice(3)}`;
    for (const changed of [
      { round: 8 },
      { chainId: 1 },
      { adapter: `0x${"ae".repeat(20)}` },
      { observation: `0x02${"00".repeat(31)}` },
      { vs: flipped },
    ] as const)
      expect(signerOf({ ...signed, ...changed })).not.to.equal(signed.reporter);
  });

  it("tell nobody where there is no signature", () => {
    const nothing: Hex = `0x${"00".repeat(32)}`;
    const all: Hex = `0x${"ff".repeat(32)}`;
    for (const [r, vs] of [
      [nothing, nothing],
      [all, all],
    ] as const)
      expect(signerOf({ ...signed, r, vs })).to.equal(undefined);
  });

  it("are not made by a wallet whose node holds the key", async () => {
    const { address } = wallet;
    const remote = { address, sign: undefined };
    expect(await signReport(remote, REPORT)).to.equal(undefined);
  });
});
