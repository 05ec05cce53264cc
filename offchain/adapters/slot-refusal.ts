import type { ErrorDescription } from "ethers";

import { SLOTS } from "../kernel/slots.ts";
import { slotText } from "../loop/slot-text.ts";

/** What the controller's numbers say, in the slot's own unit; undefined for every other error. */
export function slotRefusal({
  name,
  args,
}: Pick<ErrorDescription, "name" | "args">): string | undefined {
  const [first, ...numbers]: unknown[] = [...args];
  const slot = SLOTS[Number(first)];
  if (slot === undefined) return undefined;
  const [one = "", two = "", three = ""] = numbers.map((number) =>
    slotText(slot, Number(number)),
  );
  switch (name) {
    case "ParameterControllerOutOfBounds":
      return `${slot} ${one} is outside ${two} to ${three}`;
    case "ParameterControllerUnchanged":
      return `${slot} is ${one} already`;
    case "ParameterControllerStepTooLong":
      return `a move of ${slot} by ${one} is longer than the step of ${two}`;
    case "ParameterControllerBudgetSpent":
      return `a move of ${slot} by ${one} is more than the ${two} left of its budget`;
    default:
      return undefined;
  }
}
