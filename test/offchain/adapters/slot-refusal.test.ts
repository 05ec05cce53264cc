import { expect } from "chai";
import { Interface } from "ethers";

import { slotRefusal } from "../../../offchain/adapters/slot-refusal.ts";

const CONTROLLER = new Interface([
  "error ParameterControllerOutOfBounds(uint8 slot, uint256 value, uint256 low, uint256 high)",
  "error ParameterControllerBudgetSpent(uint8 slot, uint256 move, uint256 left)",
  "error ParameterControllerUnchanged(uint8 slot, uint256 value)",
  "error ParameterControllerTooSoon(uint8 slot, uint256 earliest)",
]);

function tell(name: string, ...args: number[]): string | undefined {
  const error = CONTROLLER.parseError(CONTROLLER.encodeErrorResult(name, args));
  return error === null ? undefined : slotRefusal(error);
}

describe("what the controller refuses", () => {
  it("is told in the units of the slot", () => {
    expect(tell("ParameterControllerOutOfBounds", 0, 7_500, 0, 1_000))
      .to.include("royalty 75 %")
      .and.include("0 % to 10 %");
    expect(tell("ParameterControllerBudgetSpent", 3, 86_400, 21_600))
      .to.include("1 d")
      .and.include("6 h");
    expect(tell("ParameterControllerUnchanged", 1, 3)).to.include("3 works");
  });

  it("leaves alone what has no unit, and slots that there are not", () => {
    expect(tell("ParameterControllerTooSoon", 0, 1)).to.equal(undefined);
    expect(tell("ParameterControllerUnchanged", 6, 1)).to.equal(undefined);
  });
});
