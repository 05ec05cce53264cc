import type { Signer } from "ethers";

import { word, type BenchChain, type Cost } from "./chain.ts";
import { CONDITIONS, type OurSubject } from "./subjects.ts";

/** Works of the measured batch, as many as in the table of mints. */
const WORKS = 100;

/** Recipes of a dataset that is revoked. */
const RECIPES = [1, 100] as const;

/** What a dataset costs: registered, named by a recipe, asked about at an opening and a sealing, revoked. */
export async function measureDatasets(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Record<string, Cost>> {
  const subject = await create();
  const { book, contract } = subject;
  const holder = chain.signers[1] as Signer;
  await subject.mint(holder, 1);
  const dataset = word("dataset");
  const recipe = word("tuned recipe");
  const registered = await chain.cost(book.registerDataset!(dataset));
  const plain = await chain.cost(book.register!(word("another recipe")));
  const named = await chain.cost(book.registerWithDataset!(recipe, dataset));
  const opened = await chain.cost(
    contract.open!(await holder.getAddress(), recipe, WORKS, CONDITIONS),
  );
  const sealed = await subject.seal((...sealing) => contract.seal!(...sealing));
  const revoked: Record<string, Cost> = {};
  for (const recipes of RECIPES)
    revoked[`revokeDataset, ${recipes} recipes`] = await measureRevoking(
      chain,
      await create(),
      recipes,
    );

  return {
    registerDataset: registered,
    "register, no dataset": plain,
    registerWithDataset: named,
    "open, recipe with a dataset": opened,
    [`seal ${WORKS}, recipe with a dataset`]: sealed,
    ...revoked,
  };
}

async function measureRevoking(
  chain: BenchChain,
  { book }: OurSubject,
  recipes: number,
): Promise<Cost> {
  const dataset = word("dataset");
  await (await book.registerDataset!(dataset)).wait();
  for (let i = 0; i < recipes; i++)
    await (
      await book.registerWithDataset!(word(`tuned recipe ${i}`), dataset)
    ).wait();
  return chain.cost(book.revokeDataset!(dataset));
}
