import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import {
  claimSigner,
  signClaim,
} from "../../../offchain/adapters/receipts-eip712.ts";
import { walletFromKey } from "../../../offchain/adapters/wallet-ethers.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { MintReport } from "../../../offchain/loop/mint.ts";
import {
  computeRatio,
  verifyReceipts,
  writeReceipts,
  type ReceiptFacts,
  type ReceiptPorts,
} from "../../../offchain/loop/receipts.ts";
import { openRecipe } from "../../../offchain/publishing/recipe.ts";
import { receiptsBytes } from "../../../offchain/publishing/receipts.ts";
import { FIRST_KEY } from "../../kit/local-chain.ts";
import { CLAIM } from "../../kit/receipt.ts";
import { tunedRecipeFixture } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

const wallet = walletFromKey(FIRST_KEY);
const ROOT = CLAIM.batches[0]?.root ?? "";
const nowhere = () => Promise.resolve(undefined);

function facts(change: Partial<MintReport> = {}): ReceiptFacts {
  const { manifest } = openRecipe(tunedRecipeFixture());
  const token = (tries: number) => ({ tries }) as never;
  const report: MintReport = {
    resumed: false,
    batches: [{ batch: 3, root: ROOT, tokens: [token(4), token(1)] } as never],
    seconds: {},
    usage: CLAIM.stages,
    ...change,
  };
  return {
    instance: { chainId: 31_337, collection: CLAIM.chain.collection },
    recipe: { id: CLAIM.recipe, manifest },
    conditions: packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 9 }),
    workers: 2,
    report,
  };
}

describe("loop/receipts", () => {
  let folder: string;
  const notes: string[] = [];
  const { workers: _, ...machine } = CLAIM.machine;
  const ports: ReceiptPorts = {
    artefacts: createFiles(),
    progress: { stage: () => undefined, note: (line) => notes.push(line) },
    clock: { now: () => new Date(0) },
    meter: {
      energy: CLAIM.energy,
      read: () => ({ milliseconds: 0, cpuMilliseconds: 0, microjoules: null }),
    },
    machine,
    signClaim: (claim) => signClaim(wallet, claim),
  };
  const verify = async (
    readBatch: Parameters<typeof verifyReceipts>[1]["readBatch"] = nowhere,
  ) =>
    verifyReceipts(await ports.artefacts.read(join(folder, "receipts.json")), {
      signerOf: claimSigner,
      readBatch,
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-receipts-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("say what a run used, and who says so", async () => {
    const { receipt } = await writeReceipts(folder, facts(), ports);
    expect(receipt.claim).to.deep.equal(CLAIM);
    const [checked] = await verify();
    expect(checked?.receipt.signer).to.equal(wallet.address.toLowerCase());
    expect(checked?.ratio).to.deep.include({
      accepted: 2,
      candidates: 5,
      worksPerCpuSecond: 0.5,
      joulesPerWork: null,
    });
    expect(checked?.ratio.used.cpuMilliseconds).to.equal(4_000);
  });

  it("stand behind those of earlier runs; what is none of ours is moved aside", async () => {
    await writeFile(join(folder, "receipts.json"), "hello");
    await writeReceipts(folder, facts(), ports);
    expect(await readdir(folder)).to.have.length(2);
    expect(notes.at(-1)).to.contain("receipts.json");
    const other = `b${"b".repeat(58)}`;
    const [batch] = facts().report.batches;
    const batches = [{ ...batch, root: other } as never];
    await writeReceipts(folder, facts({ batches }), ports);
    const roots = (await verify()).map(
      ({ receipt }) => receipt.claim.batches[0]?.root,
    );
    expect(roots).to.deep.equal([ROOT, other]);
  });

  it("keep the figures of the process that made the works, and own up where there are none", async () => {
    await writeReceipts(folder, facts(), ports);
    const again = facts({ resumed: true, usage: {} });
    const kept = await writeReceipts(folder, again, ports);
    expect(kept.receipt.claim).to.deep.equal(CLAIM);
    await rm(join(folder, "receipts.json"));
    const { receipt } = await writeReceipts(folder, again, ports);
    expect(receipt.claim.resumed).to.equal(true);
    expect(computeRatio(receipt.claim).worksPerCpuSecond).to.equal(null);
  });

  it("find any changed digit", async () => {
    const { path, receipt } = await writeReceipts(folder, facts(), ports);
    const text = new TextDecoder().decode(await ports.artefacts.read(path));
    for (const [from, to] of [
      ['"milliseconds":900', '"milliseconds":800'],
      ['"accepted":2', '"accepted":3'],
      [`"signer":"${receipt.signer}"`, `"signer":"${CLAIM.chain.collection}"`],
      ['"processor":"A processor"', '"processor":"B processor"'],
    ] as const) {
      const changed = text.replace(from, to);
      expect(changed).not.to.equal(text);
      await ports.artefacts.write(path, utf8(changed));
      await expectCode(verify(), "receipts/bad-signature");
    }
    await ports.artefacts.write(
      path,
      receiptsBytes([{ ...receipt, signature: null }]),
    );
    await expectCode(verify(), "receipts/not-signed");
  });

  it("are held against the archive beside them", async () => {
    await writeReceipts(folder, facts(), ports);
    const { recipe } = CLAIM;
    const found = { root: ROOT, recipe, candidates: 5, accepted: 2 };
    const [same] = await verify(() => Promise.resolve(found));
    expect(same?.compared).to.deep.equal([3]);
    await expectCode(
      verify(() => Promise.resolve({ ...found, candidates: 4 })),
      "receipts/other-batch",
    );
    const foreign = { ...found, root: "another", candidates: 4 };
    const [left] = await verify(() => Promise.resolve(foreign));
    expect(left?.compared).to.deep.equal([]);
  });
});
