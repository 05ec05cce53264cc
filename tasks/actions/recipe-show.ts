import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { fileRoles } from "../../offchain/publishing/recipe-manifest.ts";
import { recipeFrom } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { table } from "../console/table.ts";

/** `npx hardhat recipe show`: reads files only; no chain is asked. */
export default async function (
  args: { readonly recipe: string | undefined; readonly json: boolean },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const { id, cid, manifest } = await recipeFrom(hre, args.recipe);
    const files = [...fileRoles(manifest)].map(
      ([role, { path, sha256, bytes }]) => [role, path, `${bytes}`, sha256],
    );
    console.result({ id, cid: cid.toString(), manifest }, () => [
      `${manifest.name}: ${manifest.description}`,
      `Id      ${id}`,
      `CID     ${cid.toString()}`,
      `Engine  ${manifest.engine}, ${manifest.precision}, ${manifest.sizes.join(", ")} pixels (${manifest.defaultSize})`,
      "",
      ...table(["role", "file", "bytes", "sha-256"], files),
    ]);
  });
}
