import type { Signer } from "ethers";

import { JOBS } from "../../kit/jobs.ts";
import { type BenchChain, type Cost, type Loose } from "./chain.ts";
import { measureDatasets } from "./datasets.ts";
import { measureEpochs } from "./epochs.ts";
import { measureGovernance } from "./governance.ts";
import {
  CONDITIONS,
  RECIPE,
  withoutValidator,
  type OurSubject,
} from "./subjects.ts";

/** What only our collection does, by name. Every account that takes part holds other tokens. */
export async function measureFeatures(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Record<string, Cost>> {
  return {
    ...(await measureApproval(chain, await create())),
    ...(await measureValidator(chain, await create())),
    ...(await measureWithoutSlot(chain)),
    ...(await measureForge(chain, await create(), 2)),
    ...(await measureForge(chain, await create(), 3)),
    ...(await measureRoyalty(chain, await create())),
    ...(await measureSplitter(chain)),
    ...(await measureEpochs(chain, create)),
    ...(await measureDatasets(chain, create)),
    ...(await measureGovernance(chain, await create())),
  };
}

const as = (contract: Loose, signer: Signer) =>
  contract.connect(signer) as Loose;

async function measureApproval(chain: BenchChain, subject: OurSubject) {
  const [holder, trader] = chain.signers.slice(1, 3) as [Signer, Signer];
  const { first } = await subject.mint(holder, 2);
  const approve = async (token: bigint) =>
    chain.cost(
      as(subject.contract, holder).approve!(await trader.getAddress(), token),
    );

  return { approve: await approve(first) };
}

/** The same transfers that the table of moves shows with the validator off. */
async function measureValidator(chain: BenchChain, subject: OurSubject) {
  const validator = await chain.deploy("BlockingValidator");
  const parameters = as(
    subject.contract,
    chain.signers[JOBS.parameterAuthority] as Signer,
  );
  const set = await chain.cost(
    parameters.setTransferValidator!(await validator.contract.getAddress()),
  );
  return {
    "setTransferValidator, on": set,
    ...(await measureTransfers(chain, subject, "validator on")),
  };
}

/** What the same transfers would cost if nobody could ever be asked. */
async function measureWithoutSlot(chain: BenchChain) {
  const subject = await withoutValidator(chain);
  return measureTransfers(chain, subject, "no validator's slot");
}

async function measureTransfers(
  chain: BenchChain,
  subject: OurSubject,
  name: string,
) {
  const [holder, trader, other] = chain.signers.slice(1, 4) as [
    Signer,
    Signer,
    Signer,
  ];
  for (const account of [trader, other]) await subject.mint(account, 1);
  const { first } = await subject.mint(holder, 100);
  const move = async (from: Signer, to: Signer, token: bigint) =>
    chain.cost(
      as(subject.contract, from).transferFrom!(
        await from.getAddress(),
        await to.getAddress(),
        token,
      ),
    );

  return {
    [`first transfer, ${name}`]: await move(holder, trader, first + 50n),
    [`later transfer, ${name}`]: await move(trader, other, first + 50n),
  };
}

/** Forging `parents` works that never moved, then `parents` that did; sealing each. */
async function measureForge(
  chain: BenchChain,
  subject: OurSubject,
  parents: number,
) {
  const [holder, trader] = chain.signers.slice(1, 3) as [Signer, Signer];
  await subject.mint(trader, 1);
  const { first } = await subject.mint(holder, 100);
  const terms = { recipe: RECIPE, conditions: CONDITIONS, parents };
  const parameters = as(
    subject.contract,
    chain.signers[JOBS.parameterAuthority] as Signer,
  );
  await (await parameters.setForgeTerms!(terms)).wait();

  const untouched = tokens(first + 10n, parents);
  const touched = tokens(first + 50n, parents);
  for (const token of touched) {
    await (
      await as(subject.contract, holder).transferFrom!(
        await holder.getAddress(),
        await trader.getAddress(),
        token,
      )
    ).wait();
  }
  const run = async (signer: Signer, ids: readonly bigint[], name: string) => {
    const forge = await chain.cost(
      as(subject.contract, signer).forge!(ids, terms),
    );
    const seal = await subject.seal((batch, root, blockHash) =>
      subject.contract.sealForged!(batch, root, blockHash, ids),
    );
    return {
      [`forge ${parents}, ${name}`]: forge,
      [`sealForged ${parents}, ${name}`]: seal,
    };
  };

  return {
    ...(await run(holder, untouched, "never moved")),
    ...(await run(trader, touched, "moved before")),
  };
}

/** One fresh slot more than {@link Subject.mint}'s opening. */
async function measureRoyalty(chain: BenchChain, subject: OurSubject) {
  const holder = chain.signers[1] as Signer;
  await subject.mint(holder, 1);
  const royalty = [await holder.getAddress(), 250] as const;
  const parameters = as(
    subject.contract,
    chain.signers[JOBS.parameterAuthority] as Signer,
  );
  await (await parameters.offerRoyalty!(...royalty, true)).wait();

  return {
    openWithRoyalty: await chain.cost(
      subject.contract.openWithRoyalty!(
        await holder.getAddress(),
        RECIPE,
        100,
        CONDITIONS,
        ...royalty,
      ),
    ),
  };
}

/** Two artists; each draws twice. */
async function measureSplitter(chain: BenchChain) {
  const [first, second] = chain.signers.slice(1, 3) as [Signer, Signer];
  const payees = [await first.getAddress(), await second.getAddress()];
  const { contract } = await chain.deploy("RoyaltySplitter", payees, [7, 3]);
  const pay = async () =>
    (
      await (chain.signers[0] as Signer).sendTransaction({
        to: await contract.getAddress(),
        value: 10n ** 18n,
      })
    ).wait();
  const draw = async (artist: Signer, to: string) =>
    chain.cost(
      as(contract, artist).getFunction("release(address)")(to) as ReturnType<
        Loose[string]
      >,
    );

  await pay();
  const drawn = { "release, first": await draw(first, payees[0] as string) };
  await draw(second, payees[1] as string);
  await pay();
  return {
    ...drawn,
    "release, later": await draw(first, payees[0] as string),
  };
}

const tokens = (first: bigint, count: number): bigint[] =>
  Array.from({ length: count }, (_, i) => first + BigInt(i));
