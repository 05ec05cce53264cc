import { expect } from "chai";

import {
  CONTROLLER,
  SEAT,
} from "../../../offchain/adapters/chain-abi-governance.ts";
import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { SLOTS } from "../../../offchain/kernel/slots.ts";
import type {
  Governance,
  GovernanceCall,
} from "../../../offchain/loop/ports-governance.ts";
import { GRANT, startLocalDao, type LocalDao } from "../../kit/local-dao.ts";
import { expectCode } from "../../kit/rejection.ts";

const REASONS: Hex = `0x${"ee".repeat(32)}`;
const RECIPE: Hex = `0x${"ba".repeat(32)}`;
const NOBODY: Hex = `0x${"99".repeat(20)}`;
const [ROYALTY, PRICE] = [
  SLOTS.indexOf("royalty"),
  SLOTS.indexOf("mint-price"),
];
const DAY = 86_400;

describe("the DAO over JSON-RPC", function () {
  this.timeout(60_000);
  let local: LocalDao;
  let dao: Governance;
  let holder: Hex;
  let steward: Hex;
  let tokens: string[];
  let keys = 0;
  const once = () => ({ key: `key-${keys++}` });
  before(async () => {
    local = await startLocalDao();
    dao = local.governance();
    [holder, steward] = [local.accounts[15] as Hex, local.accounts[19] as Hex];
    tokens = await local.mint(holder, 4);
  });
  after(() => local.close());

  const govern = (slot: number, value: number): GovernanceCall => ({
    target: local.dao.controller,
    value: 0n,
    data: CONTROLLER.encodeFunctionData("govern", [
      slot,
      value,
      REASONS,
    ]) as Hex,
  });
  const limits = (slot: number, high: number): GovernanceCall => ({
    target: local.dao.controller,
    value: 0n,
    data: CONTROLLER.encodeFunctionData("setLimits", [
      slot,
      { low: 0, high, step: 1, budget: 1, delay: 1, window: 1 },
    ]) as Hex,
  });
  const reasonOf = async (work: Promise<unknown>) =>
    ((await expectCode(work, "chain/refused")) as RefusedError).reason;

  it("tells what the controller holds, and the collection's terms in force", async () => {
    const view = await dao.controller();
    expect(
      view.slots.map(({ slot, value, spent, movedAt }) => [
        slot,
        value,
        spent,
        movedAt,
      ]),
    ).to.deep.equal([
      ["royalty", 500, 0, 0],
      ["burn-count", 3, 0, 0],
      ["mint-price", 0, 0, 0],
      ["epoch-cadence", 3_600, 0, 0],
      ["guard-threshold", 5_000, 0, 0],
      ["odds-sensitivity", 10_000, 0, 0],
    ]);
    expect(view.slots[0]).to.deep.include({
      cap: 1_000,
      limits: {
        low: 0,
        high: 1_000,
        step: 50,
        budget: 150,
        delay: DAY,
        window: 30 * DAY,
      },
    });
    expect(view).to.deep.include({
      receiver: local.accounts[1],
      frozen: false,
      stewards: [],
      offered: [steward],
      breaker: { staleAfter: 2 * DAY, maxChange: 2_000, maxVolatility: 3_000 },
    });
    expect(view.grantExpires - (await dao.now())).to.be.within(1, GRANT);
    expect(await local.chain().termsInForce()).to.deep.equal({
      guardThreshold: 5_000,
      oddsSensitivity: 10_000,
      cadence: 3_600,
    });
    expect(await dao.terms()).to.deep.equal({
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      timelockDelay: 2 * DAY,
      proposalThreshold: 2n,
      quorumPercent: 4,
      floorBps: 200,
      wrapped: 0n,
      everMinted: 4,
    });
  });

  it("wraps into votes, delegates them and unwraps, each once by its key", async () => {
    const wrapping = { holder, tokens: tokens.slice(0, 3) };
    const wrapped = await dao.wrap(wrapping, { key: "wrap" });
    expect(await dao.wrap(wrapping, { key: "wrap" })).to.deep.equal(wrapped);
    expect(await dao.votesOf(holder)).to.equal(3n);
    expect(await dao.delegateOf(holder)).to.equal(holder);

    await dao.unwrap({ holder, tokens: tokens.slice(2, 3) }, once());
    const chain = local.chain();
    expect(await chain.ownerOf(BigInt(tokens[2] ?? 0))).to.equal(holder);
    expect(await chain.ownerOf(BigInt(tokens[0] ?? 0))).to.equal(
      local.dao.votes,
    );

    await dao.delegate({ holder, to: steward }, once());
    expect(await dao.votesOf(steward)).to.equal(2n);
    const before = await dao.now();
    await dao.delegate({ holder, to: holder }, once());
    expect(await dao.votesOf(holder)).to.equal(2n);
    expect(await dao.votesOf(holder, before)).to.equal(0n);
  });

  it("moves in the steward's name within the box, and tells each change", async () => {
    const move = (to: number, round: number) =>
      dao.move(
        { slot: "royalty", to, reasons: REASONS, round, steward },
        once(),
      );
    expect(await reasonOf(move(550, 1))).to.equal(
      "AccessControlUnauthorizedAccount",
    );
    await dao.acceptSteward(steward, once());
    expect(await dao.controller()).to.deep.include({
      stewards: [steward],
      offered: [],
    });
    expect(await reasonOf(move(550, 1))).to.equal(
      "ParameterControllerOtherRound",
    );
    const { present } = NEUTRAL_OBSERVATION;
    const { round } = await local.chain().bringRound(
      packObservation({
        ...NEUTRAL_OBSERVATION,
        present: { ...present, change: true, volatility: true },
        time: await dao.now(),
      }),
      once(),
    );
    expect(await reasonOf(move(551, round.round))).to.equal(
      "ParameterControllerStepTooLong",
    );
    const { block } = await move(550, round.round);
    expect(await reasonOf(move(500, round.round))).to.equal(
      "ParameterControllerTooSoon",
    );
    const changes = await dao.changes();
    expect(changes).to.have.length(1);
    expect(changes[0]).to.deep.include({
      slot: "royalty",
      by: steward,
      from: 500,
      to: 550,
      reasons: REASONS,
      block,
      time: await dao.now(),
    });
    expect((await local.chain().collectionView()).royalty.bps).to.equal(550);
  });

  it("plays calls in order as the timelock, and names the one that would be refused", async () => {
    const raised = [
      limits(PRICE, 20_000_000_000),
      govern(PRICE, 15_000_000_000),
    ];
    await dao.simulate(raised);
    const [, alone] = raised as [GovernanceCall, GovernanceCall];
    const refused = await expectCode(dao.simulate([alone]), "chain/refused");
    expect(refused.message).to.contain("mint-price");
    const second = dao.simulate([limits(ROYALTY, 900), govern(ROYALTY, 901)]);
    expect((await expectCode(second, "chain/refused")).message).to.contain(
      "Call 2 of 2",
    );
    expect((await dao.controller()).slots[PRICE]?.value).to.equal(0);
    const data = SEAT.encodeFunctionData("register", [RECIPE]) as Hex;
    const register = { target: local.dao.registrarSeat, value: 0n, data };
    await dao.simulate([register]);
    const twice = dao.simulate([register, register]);
    expect((await expectCode(twice, "chain/refused")).message).to.contain(
      "RecipeRegistryAlreadyRegistered",
    );
    const delay = (seconds: number): GovernanceCall => ({
      target: local.dao.timelock,
      value: 0n,
      data: `0x64d62353${seconds.toString(16).padStart(64, "0")}`,
    });
    await dao.simulate([delay(3 * DAY), govern(ROYALTY, 600)]);
    const short = dao.simulate([govern(ROYALTY, 600), delay(1)]);
    expect((await expectCode(short, "chain/refused")).message).to.contain(
      "LoopTimelockDelayOutOfRange",
    );
    const paying = { target: NOBODY, value: 1n, data: "0x" } as const;
    await expectCode(dao.simulate([paying]), "chain/refused");
  });

  it("carries a change from proposal to execution", async () => {
    const calls = [govern(ROYALTY, 750), govern(PRICE, 9)];
    const description = "# Royalty 7.5 %\n\nBecause — größer.";
    const proposing = { proposer: holder, calls, description };
    const { id, hash } = await dao.propose(proposing, { key: "propose" });
    const again = await dao.propose(proposing, { key: "propose" });
    expect(again).to.include({ id, hash });
    const pending = await dao.proposal(id);
    expect(pending).to.deep.include({
      id,
      proposer: holder,
      state: "pending",
      calls,
      description,
      eta: 0,
      quorum: undefined,
    });
    expect(pending.codeNow).to.deep.equal(pending.codeAtProposal);
    expect(pending.codeNow).to.have.length(2);
    expect(pending.deadline - pending.snapshot).to.equal(5 * DAY);
    const vote = { voter: holder, id, support: "for", reason: "" } as const;
    expect(await reasonOf(dao.vote(vote, once()))).to.equal(
      "GovernorUnexpectedProposalState",
    );
    expect(
      await reasonOf(dao.propose({ ...proposing, description: "2" }, once())),
    ).to.equal("LoopGovernorProposalLive");

    await dao.reachTime(pending.snapshot + 1);
    expect(await dao.hasVoted(id, holder)).to.equal(false);
    await dao.vote(vote, once());
    expect(await dao.hasVoted(id, holder)).to.equal(true);
    expect(await reasonOf(dao.vote(vote, once()))).to.equal(
      "GovernorAlreadyCastVote",
    );
    const active = await dao.proposal(id);
    expect(active).to.deep.include({
      state: "active",
      quorum: 1n,
      votes: { against: 0n, for: 2n, abstain: 0n },
    });
    await dao.reachTime(active.deadline + 1);
    await dao.queue(id, once());
    const queued = await dao.proposal(id);
    expect(queued.state).to.equal("queued");
    expect(queued.eta - (await dao.now())).to.equal(2 * DAY);
    expect(await reasonOf(dao.execute(id, once()))).to.equal(
      "TimelockUnexpectedOperationState",
    );
    await dao.reachTime(queued.eta);
    await dao.execute(id, once());
    expect((await dao.proposals()).map(({ state }) => state)).to.deep.equal([
      "executed",
    ]);
    expect((await local.chain().collectionView()).royalty.bps).to.equal(750);
    expect((await dao.changes()).at(-1)).to.deep.include({
      slot: "mint-price",
      by: local.dao.timelock,
      to: 9,
    });
  });

  it("cancels what the proposer takes back, and knows no other proposal", async () => {
    const proposing = {
      proposer: holder,
      calls: [govern(ROYALTY, 100)],
      description: "Less",
    };
    const { id } = await dao.propose(proposing, once());
    const other = { id, account: local.accounts[14] as Hex };
    expect(await reasonOf(dao.cancel(other, once()))).to.equal(
      "GovernorUnableToCancel",
    );
    await dao.cancel({ id, account: holder }, once());
    expect((await dao.proposal(id)).state).to.equal("canceled");
    await expectCode(dao.proposal("1"), "dao/no-proposal");
  });

  it("freezes in the guardian's name", async () => {
    await dao.freeze(once());
    expect((await dao.controller()).frozen).to.equal(true);
    const moving = {
      slot: "royalty",
      to: 700,
      reasons: REASONS,
      round: 1,
      steward,
    } as const;
    expect(await reasonOf(dao.move(moving, once()))).to.equal(
      "ParameterControllerFrozen",
    );
  });

  it("says of jobs that contracts do, that the DAO decides", async () => {
    const chain = local.chain();
    const change = { name: "works-per-day", limit: 5 } as const;
    await expectCode(chain.setParameter(change, once()), "dao/decides");
    await expectCode(chain.registerRecipe(RECIPE, once()), "dao/decides");
    await expectCode(
      chain.setParameter({ name: "oracle", oracle: NOBODY }, once()),
      "dao/decides",
    );
  });
});
