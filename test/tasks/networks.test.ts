import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import hre from "hardhat";

import { hardhatRefusal } from "../../tasks/console/hardhat-errors.ts";
import { checkTerms } from "../../offchain/loop/deployment-terms.ts";
import { readLoopTerms } from "../../tasks/loop-terms.ts";
import { networkSettings } from "../../tasks/network-settings.ts";
import {
  keyVariables,
  NETWORKS,
  variablePrefix,
} from "../../tasks/networks.ts";
import { expectCode } from "../kit/rejection.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const names = Object.keys(NETWORKS);

describe("tasks/networks", () => {
  it("are those that Hardhat connects to, each with its chain id", () => {
    expect(names).to.have.length(8);
    for (const name of names) {
      const { chainId, chainType } = hre.config.networks[name] ?? {};
      expect({ chainId, chainType }, name).to.deep.equal({
        chainId: NETWORKS[name]?.chainId,
        chainType: NETWORKS[name]?.chainType,
      });
    }
  });

  it("take keys by the names of variables", () => {
    expect(keyVariables("base-sepolia", undefined)).to.deep.equal([
      "BASE_SEPOLIA_PRIVATE_KEY",
    ]);
    expect(keyVariables("base", " A, B ,")).to.deep.equal(["A", "B"]);
    expect(keyVariables("base", " ,")).to.deep.equal(["BASE_PRIVATE_KEY"]);
    expect(variablePrefix("arbitrum-sepolia")).to.equal("ARBITRUM_SEPOLIA");
  });

  for (const name of names) {
    const file = `${ROOT}/ignition/parameters/${name}.json5`;

    it(`${name}: its file is whole but for accounts, and refused until they are filled in`, async () => {
      const { terms } = await readLoopTerms(file, undefined);
      expect(terms.seedDelay).to.be.at.least(NETWORKS[name]?.seedDelay ?? 257);
      await expectCode(() => checkTerms(terms, file), "deploy/placeholder");

      // With an account in the place of each: nothing else is refused.
      const account = (i: number) => `0x${`${i}`.padStart(40, "1")}`;
      const jobs = Object.keys(terms.jobs).map((job, i) => [job, account(i)]);
      checkTerms(
        {
          ...terms,
          jobs: Object.fromEntries(jobs) as typeof terms.jobs,
          royaltyReceiver: account(9),
        },
        file,
      );
    });

    it(`${name}: says when a block counts and where archives lie`, async () => {
      const settings = await networkSettings(ROOT, name);
      expect(settings.pins).to.deep.equal([]);
      expect(readFileSync(file, "utf8")).to.match(/settle: /);
    });
  }
});

describe("tasks/console/hardhat-errors", () => {
  const inside = (message: string) =>
    hardhatRefusal(new Error("no answer", { cause: new Error(message) }))?.code;

  it("names a variable that is not set, and a chain that is another", () => {
    expect(
      inside('HHE7: Configuration Variable "BASE_RPC_URL" not found.\n\nMore'),
    ).to.equal("options/missing-variable");
    expect(
      inside(
        'HHE708: Hardhat was set to use chain id "1", but connected to a chain with id "5".',
      ),
    ).to.equal("chain/wrong-chain");
    expect(inside("something else")).to.equal(undefined);
  });
});
