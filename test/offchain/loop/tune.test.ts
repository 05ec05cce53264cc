import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createDatasets } from "../../../offchain/adapters/dataset-files.ts";
import { createFiles } from "../../../offchain/adapters/files-fs.ts";
import { readRecipeFiles } from "../../../offchain/adapters/recipe-files.ts";
import { createTunerThreads } from "../../../offchain/adapters/tuner-threads.ts";
import type {
  TunePorts,
  TuningBase,
} from "../../../offchain/loop/ports-tune.ts";
import type { TuningRun } from "../../../offchain/loop/ports-tuning.ts";
import {
  tune,
  type TuneReport,
  type TuneRequest,
} from "../../../offchain/loop/tune.ts";
import { datasetRoot } from "../../../offchain/publishing/recipe-manifest.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { expectCode } from "../../kit/rejection.ts";
import { writeTinyDataset } from "../../kit/tiny-dataset.ts";

const at = (path: string) =>
  new URL(`../../../offchain/${path}`, import.meta.url);

async function tuningBase(): Promise<TuningBase> {
  const read = async (path: string) => new Uint8Array(await readFile(at(path)));
  return {
    kernels: await read("generator/kernels/tuned.wasm"),
    weights: await read("recipes/genesis/base.weights"),
    holderLicence: await readFile(
      at("recipes/genesis/holder-licence.md"),
      "utf8",
    ),
  };
}

describe("loop/tune", function () {
  this.timeout(60_000);
  let folder: string;
  let base: TuningBase;
  const notes: string[] = [];
  /** One run that nothing interrupted. */
  let home: string;
  let whole: TuneReport;
  before(async () => {
    base = await tuningBase();
    home = await mkdtemp(join(tmpdir(), "loop-tuned-"));
    await writeTinyDataset(join(home, "dataset"), 4);
    whole = await tune(request({}, home), ports());
  });
  after(() => rm(home, { recursive: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-tune-"));
    notes.length = 0;
    await writeTinyDataset(join(folder, "dataset"), 4);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const ports = (change: Partial<TunePorts> = {}): TunePorts => ({
    datasets: createDatasets(() => new Date(0)),
    tuners: createTunerThreads(),
    artefacts: createFiles(),
    base,
    // Odds and bounds have a test of their own; here it matters only that they enter the recipe.
    calibrate: async ({ pictures }) => ({
      traits: { of: pictures.length },
      guard: { version: 1 },
    }),
    progress: { stage: () => undefined, note: (line) => notes.push(line) },
    // Every slice is saved.
    clock: { elapsed: () => (now += 20_000), now: () => new Date(0) },
    ...change,
  });
  let now = 0;
  const request = (
    change: Partial<TuneRequest> = {},
    at = folder,
  ): TuneRequest => ({
    dataset: join(at, "dataset"),
    rank: 2,
    steps: 50,
    precision: "int8",
    previewEvery: 25,
    out: join(at, "out"),
    ...change,
  });
  const everything = async (out: string): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const entry of await readdir(out, {
      recursive: true,
      withFileTypes: true,
    })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile())
        found.set(path.slice(out.length), await readFile(path, "base64"));
    }
    return found;
  };

  it("makes a whole recipe, its curve and previews out of a dataset", async () => {
    const report = whole;
    const out = join(home, "out");
    expect((await readdir(out)).sort()).to.deep.equal([
      "adapter-f32.safetensors",
      "adapter.safetensors",
      "loss.svg",
      "previews",
      "recipe",
      "tuning.json",
    ]);
    expect((await readdir(join(out, "previews"))).sort()).to.deep.equal([
      "step-000025.png",
      "step-000050.png",
    ]);
    const recipe = await buildRecipe(await readRecipeFiles(report.recipe));
    expect(recipe.id).to.equal(report.id);
    expect(datasetRoot(recipe.manifest)).to.equal(report.dataset);
    expect(recipe.manifest.name).to.equal("Tiny drawings");
    expect(new TextDecoder().decode(recipe.file("traits"))).to.equal(
      '{"of":4}',
    );
    expect(new TextDecoder().decode(recipe.file("holderLicence"))).to.contain(
      "- Drawing of arches, Nobody: CC0-1.0",
    );
    expect(report.result.history.map(({ step }) => step)).to.deep.equal([
      25, 50,
    ]);
    const [first, last] = report.result.history;
    expect(last?.loss).to.be.lessThan(first?.loss ?? 0);

    // The same command again has nothing to do.
    const again = await tune(
      request({ out }),
      ports({
        tuners: { begin: () => Promise.reject(new Error("nothing to learn")) },
      }),
    );
    expect(again).to.deep.include({ id: report.id, from: undefined });
  });

  it("ends with the same bytes wherever it was interrupted", async () => {
    const expected = await everything(join(home, "out"));
    // Ctrl-C after the first slice, then a kill that loses the second, then a Ctrl-C in calibration.
    const broken = request({ out: join(folder, "broken") });
    const stop = new AbortController();
    const threads = createTunerThreads();
    let slices = 0;
    const stopping = ports({
      signal: stop.signal,
      tuners: {
        begin: async (job) => {
          const run = await threads.begin(job);
          return watched(run, () => {
            if (++slices === 1) stop.abort();
          });
        },
      },
    });
    await expectCode(tune(broken, stopping), "tune/interrupted");
    expect(await readdir(broken.out)).not.to.include("recipe");
    const dying = ports({
      tuners: {
        begin: async (job) =>
          watched(await threads.begin(job), () => {
            throw new Error("killed");
          }),
      },
    });
    await tune(broken, dying).then(
      () => expect.fail("should have died"),
      () => undefined,
    );
    const late = new AbortController();
    const calibrating = ports({
      signal: late.signal,
      calibrate: async (_, progress) => {
        late.abort();
        progress.stage("calibrate", 1, 2);
        throw new Error("went on");
      },
    });
    await expectCode(tune(broken, calibrating), "tune/interrupted");
    const hopeless = ports({
      calibrate: () =>
        Promise.resolve({
          traits: {},
          guard: {},
          check: { works: 0, tried: 3, reasons: { blank: 3 } } as never,
        }),
    });
    await expectCode(tune(broken, hopeless), "tune/nothing-passes");
    const resumed = await tune(broken, ports());
    expect(notes).to.include("Going on from step 25.");
    expect(resumed.id).to.equal(whole.id);
    expect(await everything(broken.out)).to.deep.equal(expected);
  });

  it("refuses what it cannot learn from, or has begun with something else", async () => {
    await writeTinyDataset(join(folder, "few"), 3);
    const few = request({ dataset: join(folder, "few") });
    await expectCode(tune(few, ports()), "tune/too-few-pictures");
    await expectCode(tune(request({ rank: 0 }), ports()), "tuning/bad-plan");
    await expectCode(tune(request({ rank: 65 }), ports()), "tuning/bad-plan");
    const revoked = ports({
      revoked: (root) => Promise.resolve(root === whole.dataset),
    });
    await expectCode(tune(request(), revoked), "tune/dataset-revoked");
    const none = request({ dataset: join(folder, "none") });
    await expectCode(tune(none, ports()), "files/missing");

    const stop = new AbortController();
    stop.abort();
    const stopped = ports({ signal: stop.signal });
    await expectCode(tune(request(), stopped), "tune/interrupted");
    for (const change of [{ rank: 3 }, { name: "Other" }, { steps: 75 }])
      await expectCode(tune(request(change), ports()), "tune/other-inputs");
    const partial = join(folder, "out/tuning.partial");
    const bytes = await readFile(partial);
    await writeFile(partial, bytes.subarray(0, bytes.length - 1));
    await expectCode(tune(request(), ports()), "tune/bad-partial");
    await writeFile(join(folder, "out/tuning.json"), "{}");
    await expectCode(tune(request(), ports()), "tune/bad-book");

    const picture = join(folder, "dataset/images/arches.png");
    const altered = await readFile(picture);
    altered[altered.length - 20] = (altered.at(-20) ?? 0) ^ 1;
    await writeFile(picture, altered);
    await expectCode(
      tune(request({ out: join(folder, "new") }), ports()),
      "dataset/damaged",
    );
  });

  it("moves what lies under its names aside, and overwrites nothing of others", async () => {
    const out = join(folder, "out");
    await createFiles().write(join(out, "recipe/recipe.json"), "of somebody");
    const stop = new AbortController();
    stop.abort();
    const stopped = ports({ signal: stop.signal });
    await expectCode(tune(request(), stopped), "tune/interrupted");
    const aside = (await readdir(out)).find((name) =>
      name.startsWith("recipe."),
    );
    expect(
      await readFile(join(out, aside ?? "", "recipe.json"), "utf8"),
    ).to.equal("of somebody");
    expect(await readdir(out)).not.to.include("recipe");
  });
});

function watched(run: TuningRun, after: () => void): TuningRun {
  return {
    ...run,
    async advance(steps) {
      const progress = await run.advance(steps);
      after();
      return progress;
    },
  };
}
