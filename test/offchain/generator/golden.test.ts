import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";

import { expect } from "chai";

import { decodeAdapter } from "../../../offchain/generator/adapter/decode.ts";
import { weaveVocabulary } from "../../../offchain/generator/loom/vocabulary.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import { parseTraitTable } from "../../../offchain/rarity/table.ts";
import { differencesInChromium } from "../../vectors/chromium.ts";
import {
  generatorFiles,
  readGolden,
  readTunedGolden,
} from "../../vectors/files.ts";
import type { Golden } from "../../vectors/golden.ts";
import { tunedDifferences } from "../../vectors/tuned.ts";
import { tunedModelFiles } from "../../kit/tuned-recipe.ts";

describe("golden vectors", () => {
  let golden: Golden;
  before(async () => {
    golden = await readGolden();
  });

  it("belong to the built-in recipe's kernels and weights", async () => {
    const { kernels, weights } = await generatorFiles();
    expect(toHex(sha256(kernels))).to.equal(golden.kernels);
    expect(toHex(sha256(weights))).to.equal(golden.weights);
  });

  it("hold every value of every trait, and at least 64 works that all differ", async () => {
    const path = new URL(
      "../../../offchain/recipes/genesis/traits.json",
      import.meta.url,
    );
    for (const { name, values } of parseTraitTable(await readFile(path))
      .traits) {
      const seen = new Set(golden.works.map(({ traits }) => traits[name]));
      expect(
        values.map((value) => value.name).filter((value) => !seen.has(value)),
        name,
      ).to.deep.equal([]);
    }
    expect(new Set(golden.works.map(({ png }) => png)).size)
      .to.equal(golden.works.length)
      .and.to.be.at.least(64);
    expect(new Set(golden.fields.map(({ logits }) => logits)).size).to.equal(
      golden.fields.length,
    );
  });

  for (const workers of [1, 2, 4]) {
    it(`agree on ${workers} worker${workers === 1 ? "" : "s"}`, async () => {
      const lines = await Promise.all(
        Array.from({ length: workers }, async (_, first) =>
          check(first, workers),
        ),
      );
      expect(lines.flat()).to.deep.equal([]);
    });
  }

  it("agree on woven works, whose traits show every composition and way", async () => {
    const tuned = await readTunedGolden();
    expect(
      await tunedDifferences(await tunedModelFiles(), tuned),
    ).to.deep.equal([]);
    for (const name of ["composition", "liberty", "repeat"] as const) {
      const { adapter } = await tunedModelFiles();
      const seen = new Set(tuned.works.map(({ traits }) => traits[name]));
      expect([...seen], name).to.have.members([
        ...weaveVocabulary(decodeAdapter(adapter))[name],
      ]);
    }
    expect(new Set(tuned.works.map(({ png }) => png)).size).to.equal(
      tuned.works.length,
    );
  });

  it("agree in headless Chromium", async () => {
    const { lines } = await differencesInChromium();
    expect(lines).to.deep.equal([]);
  });
});

async function check(first: number, stride: number): Promise<string[]> {
  const worker = new Worker(
    new URL("../../vectors/worker.ts", import.meta.url),
    { workerData: { first, stride } },
  );
  return new Promise<string[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
