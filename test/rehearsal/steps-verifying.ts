import { cp } from "node:fs/promises";
import { join } from "node:path";

import { require } from "./requires.ts";
import type { Copy } from "./stage.ts";
import type { Step, World } from "./steps.ts";

/** A stranger's copy: the repository with the address book that is committed to it, and an archive from one of the places. */
async function strangers({ copy, home, held, batches }: World): Promise<{
  readonly copy: Copy;
  readonly car: string;
  readonly token: string;
}> {
  const made = await copy();
  for (const path of ["ignition/deployments", "ignition/parameters"])
    await cp(home.path(path), made.path(path), { recursive: true });
  const last = batches.at(-1);
  const car = made.path("from-a-place.car");
  await cp(join(held, `${last?.root}.car`), car);
  return { copy: made, car, token: last?.tokens.at(-1)?.tokenId ?? "" };
}

/** What somebody finds who has nothing of the operator's. */
export const VERIFYING: readonly Step[] = [
  {
    name: "verify-token from a clean folder, with the archive",
    async run(world) {
      const { copy, car, token } = await strangers(world);
      world.stranger = copy;
      const { match } = await copy.json([
        ...["verify-token", "--token", token, "--car", car],
      ]);
      require(match === true, `token ${token} does not match`);
      return `token ${token} is what the chain and the archive say`;
    },
  },
  {
    name: "verify-token --deep from a clean folder, with nothing",
    async run({ stranger, batches }) {
      const token = batches.at(-2)?.tokens[0]?.tokenId ?? "";
      const found = await stranger?.json([
        ...["verify-token", "--token", token, "--deep"],
      ]);
      require(found?.["match"] === true, `token ${token} does not match`);
      return `token ${token} follows from the chain`;
    },
  },
];
