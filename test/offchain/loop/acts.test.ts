import { expect } from "chai";

import { createAccountCourier } from "../../../offchain/adapters/courier-account.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import {
  actRequest,
  isHalfDone,
  perform,
  type Act,
  type SentAct,
} from "../../../offchain/loop/acts.ts";
import {
  bringRounds,
  roundsRequest,
  type BroughtRound,
} from "../../../offchain/loop/bring-rounds.ts";
import { listEpochs } from "../../../offchain/loop/epoch-list.ts";
import { noPoint } from "../../../offchain/loop/journal.ts";
import { dyingAt, isCrash } from "../../kit/crash.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const ROOT: Hex = `0x${"cd".repeat(32)}`;
const TOKEN = "1000000";
const observed = (time: number): Hex =>
  packObservation({ ...NEUTRAL_OBSERVATION, time });

describe("small journalled runs", () => {
  let local: LocalChain;
  let store: MemoryStore;
  beforeEach(async () => {
    local = await startLocalChain();
    store = createMemoryStore();
  });
  afterEach(() => local.close());

  /** One process over what survives. */
  const ports = (point = noPoint) => {
    const journal = openMemoryJournal({ store, point });
    const chain = local.chain({ journal, point });
    return {
      chain,
      courier: createAccountCourier(chain),
      journal,
      progress: { stage: () => {}, note: () => {} },
    };
  };
  const openRuns = async (): Promise<readonly string[]> => {
    const { chain, journal } = ports();
    const { id } = await chain.instance();
    return (await journal.openRuns(id)).map(({ kind }) => kind);
  };
  async function seal(): Promise<void> {
    const { chain } = ports();
    const conditions = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });
    const to = local.wallet.address;
    const opening = { to, recipe: RECIPE, count: 1, conditions };
    await chain.openBatch(opening, { key: "open" });
    const { seedBlock } = await chain.batchOf(1);
    const { hash } = await chain.reachBlock(seedBlock);
    const sealing = { batch: 1, root: ROOT, blockHash: hash };
    await chain.sealBatch(sealing, { key: "seal" });
  }
  async function dies(work: Promise<unknown>): Promise<void> {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(isCrash(error), String(error)).to.equal(true);
  }
  const turns = (times: number): Act => ({
    kind: "attune",
    token: TOKEN,
    holder: local.wallet.address,
    acts: Array.from({ length: times }, () => 1),
  });
  async function performed(
    request: Act,
    with_ = ports(),
  ): Promise<readonly SentAct[]> {
    let shown: readonly SentAct[] = [];
    await perform(request, with_, async (sent) => {
      shown = sent;
    });
    return shown;
  }
  const dials = async (): Promise<readonly string[]> => {
    const { chain } = ports();
    const acts = await chain.attunedEvents(await chain.height());
    return acts.map(({ attunement }) => attunement.slice(-2));
  };

  for (const at of ["attune-0/stored", "attune-1/worked"])
    it(`turns a dial as often as asked when it dies at ${at}`, async () => {
      await seal();
      await dies(performed(turns(3), ports(dyingAt(at))));
      expect(await openRuns()).to.deep.equal(["attune"]);
      expect(await isHalfDone(turns(3), ports())).to.equal(true);
      expect(await isHalfDone(turns(2), ports())).to.equal(false);
      const sent = await performed(turns(3));
      expect(new Set(sent.map(({ hash }) => hash)).size).to.equal(3);
      expect(await dials()).to.deep.equal(["01", "02", "03"]);
      expect(await openRuns()).to.deep.equal([]);
    });

  it("takes the same command again for another turn", async () => {
    await seal();
    await performed(turns(1));
    await performed(turns(1));
    expect(await dials()).to.deep.equal(["01", "02"]);
  });

  it("gives a run up that the chain refuses", async () => {
    await seal();
    await performed(turns(8));
    await expectCode(performed(turns(1)), "chain/refused");
    expect(await openRuns()).to.deep.equal([]);
  });

  it("keeps a run whose key is not here", async () => {
    await seal();
    const holder: Hex = `0x${"77".repeat(20)}`;
    const pin: Act = { kind: "pin", token: TOKEN, holder, epoch: 0 };
    await expectCode(performed(pin), "chain/no-key");
    expect(await openRuns()).to.deep.equal(["pin"]);
  });

  it("reads back from the journal what was asked for, and nothing else", async () => {
    for (const act of [
      turns(2),
      { kind: "pin", token: TOKEN, holder: local.wallet.address, epoch: null },
      { kind: "void-epoch", epoch: 3 },
    ] as const)
      expect(actRequest({ ...act })).to.deep.equal(act);
    for (const input of [
      {},
      { kind: "burn", token: TOKEN },
      { kind: "void-epoch", epoch: 0 },
      { ...turns(1), acts: [8] },
      { ...turns(1), acts: [] },
    ])
      await expectCode(() => actRequest(input), "journal/bad-input");
    const observations = [ROOT];
    for (const adapter of ["cre", "account"])
      expect(roundsRequest({ adapter, observations })).to.deep.equal({
        adapter,
        observations,
      });
    // What was interrupted before there was a choice.
    expect(roundsRequest({ observations }).adapter).to.equal("account");
    for (const input of [
      {},
      { observations: [] },
      { observations: ["0x"] },
      { adapter: "pigeon", observations },
    ])
      await expectCode(() => roundsRequest(input), "journal/bad-input");
  });

  it("brings each round once when it dies in between, and pauses between them", async () => {
    const observations = [observed(10), observed(20), observed(30)];
    await dies(
      bringRounds(
        observations,
        ports(dyingAt("round-1/worked")),
        async () => {},
      ),
    );
    let pauses = 0;
    const pause = async (): Promise<void> => void pauses++;
    let shown: readonly BroughtRound[] = [];
    const heir = { ...ports(), pause };
    await bringRounds(observations, heir, async (rounds) => {
      shown = rounds;
    });
    expect(pauses).to.equal(2);
    expect(shown.map(({ round }) => round)).to.deep.equal([1, 2, 3]);
    const rounds = await ports().chain.rounds();
    expect(rounds.map(({ observation }) => observation)).to.deep.equal(
      observations,
    );
    await expectCode(
      bringRounds([observed(30)], ports(), async () => {}),
      "round/not-newer",
    );
    expect(await openRuns()).to.deep.equal([]);
  });

  it("lists epochs with the market they were made of, and rounds that wait", async () => {
    await seal();
    const empty = await listEpochs(ports().chain);
    expect(empty).to.deep.equal({ epochs: [], shown: 0, waiting: [] });
    await bringRounds([observed(10), observed(20)], ports(), async () => {});
    const { chain } = ports();
    await chain.reachBlock((await chain.height()) + 1);
    await chain.evolve({ root: ROOT, round: 1 }, { key: "evolve" });
    const [first] = (await listEpochs(chain)).epochs;
    expect(first).to.include({ epoch: 1, observed: 10, shown: true });
    await performed({ kind: "void-epoch", epoch: 1 });
    const { epochs, shown, waiting } = await listEpochs(chain);
    expect(epochs[0]).to.include({ voided: true, shown: false });
    expect([shown, waiting]).to.deep.equal([0, [2]]);
  });
});
