import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { governanceCodec } from "../../../offchain/adapters/governance-codec.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import type { GovernedChange } from "../../../offchain/loop/governed-change.ts";
import { listParameters } from "../../../offchain/loop/list-parameters.ts";
import { listProposals } from "../../../offchain/loop/list-proposals.ts";
import {
  planProposal,
  reasonsOf,
  sendProposal,
} from "../../../offchain/loop/propose.ts";
import { readReasons } from "../../../offchain/loop/publish-reasons.ts";
import { ADDRESSES, at } from "../../kit/governed.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import {
  addProposal,
  createFakeDao,
  fakeGovernance,
  VOTER,
  type FakeDao,
} from "../../kit/fake-governance.ts";
import { openMemoryJournal } from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const TEXT = { title: "Raise it", body: "Because." };
const RAISE: GovernedChange = { kind: "slot", slot: "royalty", value: 750 };

describe("loop/propose, loop/list-proposals, loop/list-parameters", () => {
  let folder: string;
  let dao: FakeDao;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "loop-"))));
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => void (dao = createFakeDao()));

  const archives = () => createCarArchives({ store: join(folder, "store") });
  const ports = () => {
    const chain = fakeChain(createLedger());
    return {
      chain: {
        ...chain,
        collectionView: async () => ({
          ...({} as Awaited<ReturnType<typeof chain.collectionView>>),
          name: "Loop",
          jobs: {} as never,
        }),
      },
      governance: fakeGovernance(dao),
      codec: governanceCodec,
      targets: { look: async () => ({ kind: "contract" as const }) },
      registry: ADDRESSES.registry,
      journal: openMemoryJournal(),
      archives: archives(),
      hash: nativeSha256,
      progress: { stage: () => {}, note: () => {} },
      pins: async () => [],
    };
  };
  const request = (changes: readonly GovernedChange[] = [RAISE]) => {
    const asked = { changes, text: TEXT, proposer: VOTER };
    const { controller } = dao;
    const chain = { chainId: 31_337, collection: at("7"), controller };
    return { ...asked, reasons: reasonsOf(asked, chain) };
  };

  it("plans calls that name the published reasons, and a description that names the proposer", async () => {
    const plan = await planProposal(request(), ports());
    expect(plan.decoded.map(({ sentence }) => sentence)).to.deep.equal([
      "Set the royalty from 5 % to 7.5 %.",
    ]);
    expect(plan.calls[0]?.data.endsWith(plan.reasonsHash.slice(2))).to.equal(
      true,
    );
    expect(plan.description).to.equal(
      `# Raise it\n\nBecause.\n\nReasons: ipfs://${plan.reasonsCid}\n\n#proposer=${VOTER}`,
    );
    expect(dao.sent).to.deep.equal([]);

    const proposed = await sendProposal(plan, ports(), join(folder, "r.car"));
    expect(proposed.id).to.equal("1");
    const kept = await readReasons(plan.reasonsHash, archives());
    expect(toHex(sha256(kept ?? new Uint8Array()))).to.equal(plan.reasonsHash);
    expect(JSON.parse(new TextDecoder().decode(kept))).to.include({
      title: "Raise it",
      proposer: VOTER,
    });
  });

  it("refuses what would fail now, what nobody could read, and who may not", async () => {
    await expectCode(
      planProposal(request([]), ports()),
      "dao/nothing-proposed",
    );
    const twice = request([RAISE, { ...RAISE, value: 700 }]);
    await expectCode(planProposal(twice, ports()), "dao/repeated-change");
    const many = Array.from({ length: 11 }, (): GovernedChange => RAISE);
    await expectCode(
      planProposal(request(many), ports()),
      "dao/too-many-changes",
    );
    dao.refusal = "no";
    await expectCode(planProposal(request(), ports()), "chain/refused");
    dao.refusal = "";
    dao.votes = 1;
    await expectCode(planProposal(request(), ports()), "dao/too-few-votes");
    dao.votes = 5;
    await sendProposal(
      await planProposal(request(), ports()),
      ports(),
      join(folder, "r.car"),
    );
    await expectCode(planProposal(request(), ports()), "dao/live-proposal");
  });

  it("lists a stranger's junk safely, and doubts what it calls", async () => {
    const like = `${ADDRESSES.controller.slice(0, 6)}${"9".repeat(32)}${ADDRESSES.controller.slice(-4)}`;
    addProposal(dao, {
      id: "66",
      proposer: at("d"),
      calls: [{ target: like as `0x${string}`, value: 5n, data: "0xdeadbeef" }],
      description: `\u001b[2J# Free works\u202e\u0007\n${"\u001b]0;x\u0007y\n".repeat(10_000)}`,
      codeNow: [`0x${"dd".repeat(32)}`],
    });
    const [listed] = await listProposals(ports());
    expect(listed?.title).to.equal("Free works");
    expect(JSON.stringify(listed)).to.not.match(/\\u001b|\u202e|\\u0007/);
    expect(listed?.body.length).to.be.lessThan(5_000);
    expect(
      listed?.calls.flatMap(({ suspicions }) =>
        suspicions.map(({ code }) => code),
      ),
    ).to.deep.equal([
      "look-alike",
      "unverified",
      "unknown-call",
      "value",
      "code-changed",
    ]);
    expect(listed?.next.action).to.equal("wait");
    await expectCode(listProposals(ports(), "1"), "dao/no-proposal");
  });

  it("says what the steward may move, and when next", async () => {
    const royalty = async () =>
      (await listParameters(fakeGovernance(dao))).slots[0];
    expect(await royalty()).to.include({ next: dao.time, hindered: null });
    const slots = dao.controller.slots.map((slot) => ({
      ...slot,
      movedAt: dao.time - 100,
      spent: 100,
    }));
    dao.controller = { ...dao.controller, slots };
    expect(await royalty()).to.include({
      next: dao.time + 86_300,
      budgetLeft: 50,
    });
    dao.controller = { ...dao.controller, frozen: true };
    expect(await royalty()).to.include({ next: null, hindered: "frozen" });
    dao.controller = { ...dao.controller, grantExpires: dao.time };
    expect((await royalty())?.hindered).to.equal("grant-over");
    dao.controller = { ...dao.controller, stewards: [] };
    expect((await royalty())?.hindered).to.equal("none-appointed");
  });
});
