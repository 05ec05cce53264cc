import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  buildPage,
  keepPage,
  type PagePicture,
} from "../../offchain/loop/describe-collection.ts";
import { pinArchive } from "../../offchain/loop/pin-archive.ts";
import { setParameter } from "../../offchain/loop/set-parameter.ts";
import { COLLECTION_FILE } from "../../offchain/publishing/collection-metadata.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseFolder, parseAddresses } from "../console/options.ts";
import { heldLines } from "../console/table.ts";
import { requireLasting } from "../lasting.ts";
import { placesOf } from "../places.ts";

interface DescribeArguments {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly image: string | undefined;
  readonly banner: string | undefined;
  readonly featured: string | undefined;
  readonly externalLink: string | undefined;
  readonly collaborators: string | undefined;
  readonly recipe: string | undefined;
  readonly out: string | undefined;
  readonly pin: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat describe-collection`: makes the page that marketplaces show, has it held, and names it on chain. */
export default async function (
  args: DescribeArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const out = parseFolder(args.out);
    const collaborators = parseAddresses(args.collaborators);
    const recipe = await recipeFrom(hre, args.recipe);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      requireLasting(deps, "A collection");
      const { name, description, externalLink } = args;
      const page = await buildPage(
        {
          name,
          description,
          externalLink,
          collaborators,
          image: await pictureAt(deps, args.image),
          banner: await pictureAt(deps, args.banner),
          featured: await pictureAt(deps, args.featured),
        },
        recipe,
        deps,
      );
      const car = join(out, "collection.car");
      const files = [...page.files.keys()].toSorted();
      const told = {
        network: deps.network,
        uri: page.uri,
        root: page.root,
        image: page.image,
        files,
        metadata: JSON.parse(
          new TextDecoder().decode(page.files.get(COLLECTION_FILE)),
        ) as unknown,
      };
      if (args.dryRun) {
        console.result({ dryRun: true, ...told }, () => [
          `Would name ${page.uri} on ${deps.network}; nothing was written or sent.`,
          new TextDecoder().decode(page.files.get(COLLECTION_FILE)),
        ]);
        return;
      }

      const places = await placesOf(deps, args.pin);
      await deps.artefacts.prepare(out);
      for (const [file, bytes] of page.files)
        await deps.artefacts.write(join(out, "collection", file), bytes);
      await keepPage(page, car, deps.archives);
      const pins = await pinArchive(
        { ...deps, targets: await places.pins(), progress: console },
        { path: car, part: false },
      );
      const named = await nameOnChain(deps, page.uri);
      console.result({ ...told, car, pins, ...named }, () => [
        `Page    ${page.uri}`,
        `Image   ${page.image}`,
        `Files   ${join(out, "collection")} and ${car}`,
        ...heldLines(pins),
        ...namedLines(named),
      ]);
    } finally {
      await deps.close();
    }
  });
}

/** How a page got its name on the chain, or how it will. */
interface Named {
  /** Whether the collection names it now. */
  readonly named: boolean;
  readonly transaction: string | null;
  readonly gasUsed: number;
  /** What the admin runs, where his key is not here. */
  readonly command: string | null;
}

/** Only after every place holds the page: what the chain names must be there. */
async function nameOnChain(deps: Deps, uri: string): Promise<Named> {
  const { chain, network } = deps;
  const nothing = { transaction: null, gasUsed: 0, command: null };
  const { contractURI } = await chain.collectionView();
  if (contractURI === uri) return { named: true, ...nothing };
  if (!(await chain.signsAs("admin"))) {
    const command = `npx hardhat parameters --network ${network} --set contract-uri=${uri}`;
    return { named: false, ...nothing, command };
  }
  const { hash, gasUsed } = await setParameter(
    { name: "contract-uri", uri },
    deps,
  );
  return { ...nothing, named: true, transaction: hash, gasUsed };
}

function namedLines({ transaction, gasUsed, command }: Named): string[] {
  if (command !== null)
    return ["The admin's key is not here; the admin runs:", command];
  return transaction === null
    ? ["Named   already, nothing was sent"]
    : [`Named   for ${gasUsed} gas in ${transaction}`];
}

async function pictureAt(
  { artefacts }: Deps,
  path: string | undefined,
): Promise<PagePicture | undefined> {
  if (path === undefined) return undefined;
  return { name: path, bytes: await artefacts.read(parseFolder(path)) };
}
