import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { loopTerms, readLoopTerms } from "../../tasks/loop-terms.ts";
import { expectCode } from "../kit/rejection.ts";

const ACCOUNT = `0x${"a1".repeat(20)}`;
const ALL = {
  admin: ACCOUNT,
  registrar: ACCOUNT,
  guardian: ACCOUNT,
  parameterAuthority: ACCOUNT,
  publisher: ACCOUNT,
  voucherSigner: ACCOUNT,
  royaltyReceiver: ACCOUNT,
};
const context = { file: "parameters.json5", deployer: "0xdeployer" };

describe("tasks/loop-terms", () => {
  it("resolves the module as Ignition does: given values, defaults, the deployer as operator", () => {
    const { terms, argumentsOf } = loopTerms(
      { ...ALL, maxSupply: 77n, name: "Other" },
      context,
    );
    expect(terms).to.include({
      maxSupply: 77,
      name: "Other",
      symbol: "LOOP",
      owner: ACCOUNT,
      firstRound: 1,
      adminDelay: 172_800,
    });
    expect(terms.jobs.operator).to.equal("0xdeployer");
    expect(terms.bounds.maxVolatility).to.equal(65_535);
    const at = { RecipeRegistry: "0x01", LoopCollection: "0x02" } as const;
    expect(argumentsOf("MarketOracle", at).slice(0, 2)).to.deep.equal([
      "0x01",
      "0x02",
    ]);
  });

  it("refuses what Ignition would pass over, and what is missing", async () => {
    const { publisher: _, ...less } = ALL;
    await expectCode(
      () => loopTerms({ ...ALL, seadDelay: 4 }, context),
      "deploy/unknown-parameter",
    );
    await expectCode(
      () => loopTerms(less, context),
      "deploy/missing-parameter",
    );
    await expectCode(
      () => loopTerms(ALL, { ...context, deployer: undefined }),
      "deploy/missing-parameter",
    );
    await expectCode(
      () => loopTerms({ ...ALL, seedDelay: "soon" }, context),
      "deploy/bad-parameters",
    );
    await expectCode(
      () => loopTerms({ ...ALL, maxSupply: 1.5 }, context),
      "deploy/bad-parameters",
    );
  });

  it("reads a file, numbers of any size included", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loop-"));
    const file = join(folder, "p.json5");
    try {
      await expectCode(readLoopTerms(file, ACCOUNT), "deploy/no-parameters");
      await writeFile(file, "{ Loop: [ }");
      await expectCode(readLoopTerms(file, ACCOUNT), "deploy/bad-parameters");
      await writeFile(
        file,
        JSON.stringify({ Loop: { ...ALL, maxSupply: "12n" }, Network: {} }),
      );
      const { terms } = await readLoopTerms(file, ACCOUNT);
      expect(terms.maxSupply).to.equal(12);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
