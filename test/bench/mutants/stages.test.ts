import { expect } from "chai";

import { createOrder } from "./stages.ts";

const FILES = [
  "test/contracts/attacks/tokens/StaleApproval.t.sol",
  "test/contracts/invariant/Loop.t.sol",
  "test/contracts/token/ERC721Batch/Differential.t.sol",
  "test/contracts/token/ERC721Batch/Locks.t.sol",
  "test/contracts/token/ERC721BatchOther.t.sol",
  "test/contracts/twin/Twin.t.sol",
  "test/contracts/types/TokenWord.t.sol",
];
const [ATTACK, INVARIANT, DIFFERENTIAL, LOCKS, OTHER, TWIN, WORD] = FILES;

describe("stages of a mutant", () => {
  it("begin with the contract's own tests, in its folder or its file", () => {
    expect(
      createOrder().stages(FILES, "contracts/token/ERC721Batch.sol"),
    ).to.deep.equal([
      [DIFFERENTIAL, LOCKS],
      [OTHER, WORD],
      [ATTACK],
      [INVARIANT],
      [TWIN],
    ]);
    expect(
      createOrder().stages(FILES, "contracts/types/TokenWord.sol")[0],
    ).to.deep.equal([WORD]);
  });

  it("leave none out where nothing was changed", () => {
    const stages = createOrder().stages(FILES, "");
    expect(stages.flat().sort()).to.deep.equal([...FILES].sort());
    expect(stages.every((stage) => stage.length > 0)).to.equal(true);
  });

  it("begin with what killed the contract's last mutants too, but never with the twin", () => {
    const order = createOrder();
    const mutated = "contracts/types/TokenWord.sol";
    for (const file of [ATTACK, TWIN, LOCKS, OTHER, INVARIANT])
      order.remember(mutated, file as string);
    const stages = order.stages(FILES, mutated);
    expect(stages[0]).to.deep.equal([INVARIANT, LOCKS, OTHER, WORD]);
    expect(stages.at(-1)).to.deep.equal([TWIN]);
    expect(stages.flat().sort()).to.deep.equal([...FILES].sort());
    expect(order.stages(FILES, "contracts/types/Totals.sol")[0]).to.deep.equal([
      LOCKS,
      OTHER,
      WORD,
    ]);
  });
});
