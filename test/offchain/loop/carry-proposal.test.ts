import { expect } from "chai";

import {
  cancelProposal,
  castVote,
  executeProposal,
  queueProposal,
  type CarryPorts,
} from "../../../offchain/loop/carry-proposal.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { daoAct, DAO } from "../../../offchain/loop/dao-acts.ts";
import {
  addProposal,
  createFakeDao,
  fakeGovernance,
  VOTER,
  type FakeDao,
} from "../../kit/fake-governance.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const DAY = 86_400;
const ID = "7";
const vote = (support: "for" | "against" | "abstain" = "for") =>
  ({ act: "vote", voter: VOTER, id: ID, support, reason: "" }) as const;

function world({ development = true } = {}): {
  dao: FakeDao;
  ports: CarryPorts;
  notes: string[];
} {
  const dao = createFakeDao();
  addProposal(dao, {
    id: ID,
    proposer: VOTER,
    calls: [],
    description: "# Nothing",
  });
  const notes: string[] = [];
  const chain: Chain = fakeChain(createLedger());
  const instance = async () => ({ ...(await chain.instance()), development });
  return {
    dao,
    notes,
    ports: {
      chain: { ...chain, instance },
      journal: openMemoryJournal(),
      governance: fakeGovernance(dao),
      progress: { stage: () => {}, note: (text) => void notes.push(text) },
    },
  };
}

describe("loop/carry-proposal", () => {
  it("carries a proposal through, moving the time of a development chain", async () => {
    const { dao, ports, notes } = world();
    await castVote(vote(), ports);
    await queueProposal(ID, ports);
    await executeProposal(ID, ports);
    expect(dao.sent).to.deep.equal([
      `vote for ${ID}`,
      `queue ${ID}`,
      `execute ${ID}`,
    ]);
    expect(notes.length).to.equal(3);
  });

  it("says when to come back elsewhere, and moves no clock", async () => {
    const { dao, ports } = world({ development: false });
    await expectCode(castVote(vote(), ports), "dao/too-early");
    await expectCode(queueProposal(ID, ports), "dao/too-early");
    dao.time += DAY + 1;
    await castVote(vote(), ports);
    await expectCode(queueProposal(ID, ports), "dao/too-early");
    dao.time += 5 * DAY;
    await expectCode(executeProposal(ID, ports), "dao/wrong-state");
    await queueProposal(ID, ports);
    await expectCode(executeProposal(ID, ports), "dao/too-early");
    dao.time += 2 * DAY;
    await executeProposal(ID, ports);
    await expectCode(castVote(vote(), ports), "dao/too-late");
    await expectCode(executeProposal(ID, ports), "dao/wrong-state");
  });

  it("moves no clock over a vote that is not won", async () => {
    const { dao, ports } = world();
    await castVote(vote("against"), ports);
    const { time } = dao;
    await expectCode(queueProposal(ID, ports), "dao/too-early");
    expect(dao.time).to.equal(time);
    dao.time += 6 * DAY;
    await expectCode(queueProposal(ID, ports), "dao/defeated");
  });

  it("lets nobody vote twice, or without votes", async () => {
    const { dao, ports } = world();
    await castVote(vote(), ports);
    await expectCode(castVote(vote("against"), ports), "dao/already-voted");
    dao.voted.clear();
    dao.votes = 0;
    await expectCode(castVote(vote("abstain"), ports), "dao/no-votes");
    await expectCode(
      castVote({ ...vote(), id: "8" }, ports),
      "dao/no-proposal",
    );
  });

  it("takes back what is not over", async () => {
    const { ports } = world();
    await cancelProposal({ id: ID, account: VOTER }, ports);
    await expectCode(
      cancelProposal({ id: ID, account: VOTER }, ports),
      "dao/wrong-state",
    );
  });

  it("finishes what died under way, though the chain would refuse it anew", async () => {
    const { dao, ports } = world();
    const store = createMemoryStore();
    const dies = {
      ...ports,
      journal: openMemoryJournal({ store }),
      governance: {
        ...ports.governance,
        vote: async (...args: Parameters<typeof ports.governance.vote>) => {
          await ports.governance.vote(...args);
          throw new Error("killed");
        },
      },
    };
    await castVote(vote(), dies).catch(() => undefined);
    expect(store.runs.map(({ kind, state }) => [kind, state])).to.deep.equal([
      [DAO, "open"],
    ]);
    expect(daoAct(store.runs[0]?.input ?? null)).to.deep.equal(vote());
    await castVote(vote(), { ...ports, journal: openMemoryJournal({ store }) });
    expect(store.runs[0]?.state).to.equal("finished");
    expect(dao.voted.size).to.equal(1);
  });

  it("reads no other run as an act of the DAO", () =>
    expectCode(() => daoAct({ act: "vote", id: "x" }), "journal/bad-input"));
});
