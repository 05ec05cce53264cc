import { expect } from "chai";

import { whichProposal } from "../../../offchain/loop/which-proposal.ts";
import {
  addProposal,
  createFakeDao,
  fakeGovernance,
  VOTER,
} from "../../kit/fake-governance.ts";
import { expectCode } from "../../kit/rejection.ts";

const FIRST = `123456${"7".repeat(71)}`;
const ALIKE = `123456${"8".repeat(71)}`;
const OTHER = `654321${"7".repeat(71)}`;

describe("which proposal is meant", () => {
  const dao = createFakeDao();
  for (const id of [FIRST, ALIKE, OTHER, "1234"])
    addProposal(dao, { id, proposer: VOTER, calls: [], description: "# x" });
  const which = (digits: string) => whichProposal(digits, fakeGovernance(dao));

  it("takes a whole id as it is, even one that there is not, which whoever reads it refuses", async () => {
    expect(await which(ALIKE)).to.equal(ALIKE);
    expect(await which("9".repeat(77))).to.equal("9".repeat(77));
    expect(await which("1234")).to.equal("1234");
  });

  it("finds the one that begins so", async () => {
    expect(await which("654321")).to.equal(OTHER);
    expect(await which("1234568")).to.equal(ALIKE);
  });

  it("refuses to choose among several, and too few digits", async () => {
    await expectCode(which("123456"), "dao/ambiguous-proposal");
    await expectCode(which("65432"), "dao/no-proposal");
    await expectCode(which("999999"), "dao/no-proposal");
  });
});
