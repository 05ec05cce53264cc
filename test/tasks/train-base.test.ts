import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { decodeWeights } from "../../offchain/generator/model/weights.ts";
import { FAMILIES } from "../../offchain/generator/training/families/index.ts";
import { trainBase } from "../../tasks/actions/train-base.ts";

describe("train-base", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "train-base-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const train = async (name: string, steps: number): Promise<string[]> => {
    const lines: string[] = [];
    const plan = { steps, images: 4, points: 8, seed: "test", rate: 0.001 };
    await trainBase({
      out: join(folder, name),
      plan,
      every: 3600,
      log: (line) => lines.push(line),
    });
    return lines;
  };

  it("writes weights that the model can load, with a place for every family", async () => {
    const lines = await train("base.weights", 2);
    const { config, values } = decodeWeights(
      await readFile(join(folder, "base.weights")),
    );
    expect(config.families).to.deep.equal(FAMILIES.map(({ name }) => name));
    expect(values.every(Number.isFinite)).to.equal(true);
    expect(lines.at(-1)).to.match(/^step 2\/2 /);
  });

  it("goes on from the checkpoint beside the weights", async () => {
    await train("base.weights", 2);
    const before = await readFile(join(folder, "base.weights"));
    const lines = await train("base.weights", 3);
    expect(lines[0]).to.match(/^from step 2:/);
    expect(
      before.equals(await readFile(join(folder, "base.weights"))),
    ).to.equal(false);
  });
});
