import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { provePicture } from "../../offchain/loop/prove-picture.ts";
import { compose } from "../compose.ts";
import { composeDatasets, fileIfThere } from "../compose/datasets.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseDataset } from "../console/dataset-options.ts";
import { requireLasting } from "../lasting.ts";

/** `npx hardhat dataset prove`: exit code 0 only where our own arithmetic and the contract's agree. */
export default async function (
  args: {
    readonly dataset: string | undefined;
    readonly image: string | undefined;
    readonly json: boolean;
  },
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    if (args.image === undefined) {
      throw new FatalError(
        "options/missing",
        "The option --image is missing; give the name of a picture, or its file.",
      );
    }
    const { root, title, image, inclusion, byBytes } = await provePicture(
      { datasets: composeDatasets(), source: fileIfThere },
      { directory: parseDataset(args.dataset), image: args.image },
    );
    const deps = await compose(hre, { deploy: false, keys: false });
    try {
      requireLasting(deps, `Dataset \`${root}\``);
      const { chain, network } = deps;
      const known = (await chain.datasets()).find((set) => set.root === root);
      if (known === undefined) {
        throw new FatalError(
          "dataset/not-registered",
          `Dataset \`${root}\` is not registered on ${network}; run: npx hardhat dataset register --root ${root} --network ${network}`,
        );
      }
      const { leaf, fields, proof } = inclusion;
      const proven = await chain.provesInclusion(root, fields, proof);
      if (!proven) {
        throw new FatalError(
          "dataset/chain-disagrees",
          `The contract on ${network} does not find \`${image.name}\` below ${root}; it is not the registry of this build, so look at: npx hardhat check-deployment --network ${network}`,
        );
      }
      const { number, revoked } = known;
      console.result(
        {
          network,
          proved: true,
          name: image.name,
          root,
          number,
          revoked,
          leaf,
          fields,
          proof,
        },
        () => [
          `${image.name} is in ${title}${byBytes ? ", by the bytes of its file" : ""}: so says the proof here, and the contract on ${network}.`,
          `Dataset ${number} ${root}${revoked ? " (revoked: nothing more is minted from its recipes)" : ""}`,
          `Leaf    ${leaf}`,
          `Proof   ${proof.length === 0 ? "none is needed: the leaf is the root" : `${proof.length} words`}`,
        ],
      );
    } finally {
      await deps.close();
    }
  });
}
