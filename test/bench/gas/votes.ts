import {
  id,
  type ContractTransactionResponse,
  type JsonRpcApiProvider,
  type Signer,
} from "ethers";

import type { BenchChain, Loose } from "./chain.ts";
import type { OurSubject } from "./subjects.ts";

const DAY = 86_400;
const SETTINGS = [DAY, 5 * DAY, DAY, 2, 4, 200];
const FOR = 1;

/** What a holder pays for votes and who takes part in a proposal of one call, gas by name; and what a holder pays who does not. */
export async function measureVotes(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Record<string, number>> {
  const subject = await create();
  const works = subject.contract;
  const [founder, holder, friend] = chain.signers as [Signer, Signer, Signer];
  const own = await holder.getAddress();
  const { first } = await subject.mint(holder, 30);
  const dao = await deploy(chain, subject, await founder.getAddress());
  const votes = as(dao.votes, holder);
  const at = (index: number, count = 1) =>
    Array.from({ length: count }, (_, i) => first + BigInt(index + i));
  const give = async (contract: Loose, index: number) =>
    gasOf(
      as(contract, holder).transferFrom!(
        own,
        await friend.getAddress(),
        first + BigInt(index),
      ),
    );

  return {
    "approve the wrapper": await gasOf(
      as(works, holder).setApprovalForAll!(await votes.getAddress(), true),
    ),
    "wrap the first work": await gasOf(votes.depositFor!(own, at(0))),
    "wrap another": await gasOf(votes.depositFor!(own, at(1))),
    "wrap ten": await gasOf(votes.depositFor!(own, at(2, 10))),
    "unwrap one": await gasOf(votes.withdrawTo!(own, at(11))),
    "give a work that is not wrapped": await give(works, 20),
    "give a wrapped one, to one who never had any": await give(votes, 10),
    "give another": await give(votes, 9),
    "pin, not wrapped": await gasOf(
      as(works, friend).pinTokenURI!(at(20)[0], 0),
    ),
    "pin, wrapped": await gasOf(votes.pinTokenURI!(at(0)[0], 0)),
    delegate: await gasOf(votes.delegate!(await friend.getAddress())),
    ...(await measureProposal(dao, friend)),
  };
}

async function measureProposal(
  { governor, provider }: Awaited<ReturnType<typeof deploy>>,
  proposer: Signer,
) {
  const mine = as(governor, proposer);
  const description =
    "Lower the quorum#proposer=" + (await proposer.getAddress());
  const call = [
    [await governor.getAddress()],
    [0],
    [governor.interface.encodeFunctionData("updateQuorumNumerator", [3])],
  ] as const;
  const later = (seconds: number) =>
    provider.send("evm_increaseTime", [seconds]);

  await later(1);
  const propose = await gasOf(mine.propose!(...call, description));
  const proposal = await governor
    .getFunction("getProposalId")
    .staticCall(...call, id(description));
  await later(DAY + 1);
  const vote = await gasOf(mine.castVote!(proposal, FOR));
  await later(5 * DAY);
  const queue = await gasOf(mine.queue!(...call, id(description)));
  await later(2 * DAY);
  const execute = await gasOf(mine.execute!(...call, id(description)));

  return { propose, vote, queue, execute };
}

async function deploy(chain: BenchChain, subject: OurSubject, founder: string) {
  const collection = await subject.contract.getAddress();
  const { contract: votes } = await chain.deploy(
    "LoopVotes",
    collection,
    "Wrapped",
    "W",
  );
  const { contract: timelock } = await chain.deploy(
    "LoopTimelock",
    subject.registry,
    2 * DAY,
    founder,
  );
  const { contract: governor } = await chain.deploy(
    "LoopGovernor",
    await votes.getAddress(),
    await timelock.getAddress(),
    collection,
    SETTINGS,
  );
  await (await timelock.appoint!(await governor.getAddress())).wait();
  const provider = chain.signers[0]?.provider as JsonRpcApiProvider;

  return { votes, governor, provider };
}

const as = (contract: Loose, signer: Signer) =>
  contract.connect(signer) as Loose;

const gasOf = async (sent: Promise<ContractTransactionResponse>) =>
  Number((await (await sent).wait())?.gasUsed);
