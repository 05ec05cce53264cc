import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createDatasets } from "../../../offchain/adapters/dataset-files.ts";
import { openDossier, recordAct } from "../../../offchain/loop/record-act.ts";
import { writeDatasetFixture } from "../../kit/dataset-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("loop/record-act", () => {
  let set: string;
  beforeEach(async () => {
    set = join(await mkdtemp(join(tmpdir(), "act-")), "set");
    await writeDatasetFixture(set, { count: 1 });
  });
  afterEach(() => rm(join(set, ".."), { recursive: true }));
  const datasets = createDatasets(() => new Date(0));
  const act = (words: string) => ({
    time: "2026-01-02T03:04:05Z",
    who: "Ada",
    act: "explored",
    words,
  });

  it("adds one act behind another", async () => {
    await recordAct(datasets, set, act("one"));
    const { dossier } = await recordAct(datasets, set, act("two"));
    expect(dossier.entries.map(({ words }) => words)).to.deep.equal([
      "one",
      "two",
    ]);
    expect((await openDossier(datasets, set)).dossier).to.deep.equal(dossier);
  });

  it("adds nothing to a chain that is broken, nor what is no act", async () => {
    await recordAct(datasets, set, act("one"));
    await expectCode(recordAct(datasets, set, act("")), "dataset/bad-act");
    const path = join(set, "dossier.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"one"', '"none"'));
    await expectCode(
      recordAct(datasets, set, act("two")),
      "dataset/broken-chain",
    );
    await expectCode(openDossier(datasets, set), "dataset/broken-chain");
  });
});
