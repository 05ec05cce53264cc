import { cp } from "node:fs/promises";
import { join } from "node:path";

import { require } from "./requires.ts";
import type { Copy } from "./stage.ts";
import type { Step, World } from "./steps.ts";

/** A stranger's copy: the repository with the address book and the parameters that are committed to it, and no key. */
async function strangersCopy({ home, copy }: World): Promise<Copy> {
  const made = await copy();
  for (const path of ["ignition/deployments", "ignition/parameters"])
    await cp(home.path(path), made.path(path), { recursive: true });
  return made;
}

/** What somebody finds who has nothing of the operator's. */
export const VERIFYING: readonly Step[] = [
  {
    name: "verify-token from a clean folder, with the archive",
    async run(world) {
      const { held, batches } = world;
      const stranger = await strangersCopy(world);
      const last = batches.at(-1);
      const car = stranger.path("from-a-place.car");
      await cp(join(held, `${last?.root}.car`), car);
      const token = last?.tokens.at(-1)?.tokenId ?? "";
      const verb = ["verify-token", "--token", token, "--car", car];
      const { match } = await stranger.json(verb);
      require(match === true, `token ${token} does not match`);
      return `token ${token} is what the chain and the archive say`;
    },
  },
  {
    name: "verify-token --deep from a clean folder, with nothing",
    async run(world) {
      const stranger = await strangersCopy(world);
      const token = world.batches.at(-2)?.tokens[0]?.tokenId ?? "";
      const verb = ["verify-token", "--token", token, "--deep"];
      const { match } = await stranger.json(verb);
      require(match === true, `token ${token} does not match`);
      return `token ${token} follows from the chain`;
    },
  },
];

/** Whether all is well in the end. */
export const ENDING: readonly Step[] = [
  {
    name: "doctor",
    async run({ home }) {
      const { healthy } = await home.json(["doctor"]);
      require(healthy === true, "chain, store and places do not agree");
      return "chain, store and both places agree";
    },
  },
];
