import type { Mutant } from "../mutants/runner.ts";
import { batches } from "./batches.ts";
import { dao } from "./dao.ts";
import { epochs } from "./epochs.ts";
import { forging } from "./forging.ts";
import { governance } from "./governance.ts";
import { money } from "./money.ts";
import { oracle } from "./oracle.ts";
import { roles } from "./roles.ts";
import { tokens } from "./tokens.ts";
import { vendors } from "./vendors.ts";

/** A mistake that the field has made, as it would look in our contracts. */
export interface Bug {
  readonly title: string;
  /** Who made it, or what it is called. */
  readonly source: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly replace: string;
}

/** All of them, in the order in which they are planted. */
export const BUGS: readonly Bug[] = [
  ...forging,
  ...batches,
  ...tokens,
  ...roles,
  ...epochs,
  ...vendors,
  ...money,
  ...oracle,
  ...governance,
  ...dao,
];

/** The bug as the runner takes it. */
export function planted({ title, file, find, replace }: Bug): Mutant {
  return { id: title, file, change: { find, replace } };
}
