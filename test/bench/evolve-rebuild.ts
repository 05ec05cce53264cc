/**
 * Publishes epochs and has a stranger rebuild them: `node test/bench/evolve-rebuild.ts [works] [epochs] [size]` (200, 12, 128).
 * On a chain in this process (build the contracts first) two batches of the built-in recipe follow the synthetic market, one round a
 * month, while their holder attunes, pins and burns; every CID of every work at every epoch is then compared with what a fresh process
 * makes of the chain's data and the recipe alone.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import { createEnginePool } from "../../offchain/adapters/engine-pool.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import { openJournal } from "../../offchain/adapters/journal-sqlite.ts";
import { readRecipeFiles } from "../../offchain/adapters/recipe-files.ts";
import { openStateIndex } from "../../offchain/adapters/states-sqlite.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import { packObservation } from "../../offchain/kernel/observation.ts";
import { tokenId } from "../../offchain/kernel/ids.ts";
import type { Chain } from "../../offchain/loop/chain.ts";
import { evolve } from "../../offchain/loop/evolve.ts";
import type { EvolvePorts } from "../../offchain/loop/evolve-task.ts";
import { mint } from "../../offchain/loop/mint.ts";
import { loadRecipe, type Recipe } from "../../offchain/loop/recipe.ts";
import { replay } from "../../offchain/loop/replay.ts";
import { epochLayers } from "../../offchain/loop/verify-epoch.ts";
import { createWorkshops } from "../../offchain/loop/workshop.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import { observe } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import { digestToCid } from "../../offchain/publishing/cid.ts";
import { chainData } from "../kit/fake-chain.ts";
import { startLocalChain } from "../kit/local-chain.ts";
import type { Answer } from "./evolve-rebuild/stranger.ts";

const at = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));
const WORKERS = 2;
/** Days between two rounds: about a month. */
const STEP = 30;

/** One line of the table. */
interface Row {
  readonly epoch: number;
  readonly evolved: number;
  readonly painted: number;
  readonly blocksWritten: number;
  readonly bytesWritten: number;
  readonly seconds: number;
}

/** The market of the bench: what the batches are opened on, and the rounds after it. */
async function marketOf(
  epochs: number,
  size: number,
): Promise<{ conditions: Hex; rounds: Hex[] }> {
  const text = await readFile(
    at("offchain/market/sample/synthetic-daily.csv"),
    "utf8",
  );
  const series = parseMarketCsv(text, { name: "synthetic-daily.csv" });
  const last = observe(series).time;
  const opening = last - epochs * STEP * DAY;
  const moments = replay(series, {
    first: opening + STEP * DAY,
    count: epochs,
    step: STEP,
    after: opening,
  });
  return {
    conditions: packObservation({
      ...observe(series, { at: opening }),
      sizeLog2: 31 - Math.clz32(size),
    }),
    rounds: moments.flatMap((moment) =>
      "packed" in moment ? [moment.packed] : [],
    ),
  };
}

/** What holders do before a round: some dials, a pin, a burning. */
async function act(
  { chain, holder }: { readonly chain: Chain; readonly holder: Hex },
  epoch: number,
  works: number,
): Promise<void> {
  const half = Math.ceil(works / 2);
  const token = (i: number): string =>
    `${tokenId(1 + (i % 2), Math.floor(i / 2) % Math.max(1, works - half))}`;
  const key = (name: string): { key: string } => ({ key: `${name}-${epoch}` });
  await chain.attune(
    { holder, token: token(3 * epoch), act: epoch % 8 },
    key("attune"),
  );
  if (epoch % 3 === 0)
    await chain.pin(
      { holder, token: token(epoch), epoch: epoch - 2 },
      key("pin"),
    );
  if (epoch % 6 === 5)
    await chain.burn({ holder, token: token(7 * epoch) }, key("burn"));
}

async function publish(
  ports: EvolvePorts & { readonly out: string; readonly holder: Hex },
  recipe: Recipe,
  { works, epochs, size }: Record<"works" | "epochs" | "size", number>,
): Promise<Row[]> {
  const { chain, out } = ports;
  const { conditions, rounds } = await marketOf(epochs, size);
  const half = Math.ceil(works / 2);
  const { pool } = await ports.workshops(recipe.id, "0x");
  const begin = performance.now();
  for (const [i, count] of [half, works - half].entries())
    await mint(
      { count, to: ports.holder, conditions, out: join(out, `mint-${i}`) },
      recipe,
      { ...ports, pool },
    );
  const minted = (performance.now() - begin) / 1000;
  console.log(
    `minted ${works} works of ${size} pixels in ${minted.toFixed(1)} s, verified`,
  );
  const rows: Row[] = [];
  for (const [i, observation] of rounds.entries()) {
    await act(ports, i + 1, works);
    const { round } = await chain.bringRound(observation, {
      key: `bring-${i}`,
    });
    const start = performance.now();
    const report = await evolve({ round: round.round, out }, ports);
    const row = { ...report, seconds: (performance.now() - start) / 1000 };
    rows.push(row);
    console.log(
      `epoch ${`${row.epoch}`.padStart(2)}  evolved ${`${row.evolved}`.padStart(4)}  painted ${`${row.painted}`.padStart(4)}  blocks ${`${row.blocksWritten}`.padStart(5)}  bytes ${`${row.bytesWritten}`.padStart(9)}  ${row.seconds.toFixed(1)} s`,
    );
  }
  return rows;
}

/** What was published, read from the archives through their roots. */
async function published(ports: EvolvePorts): Promise<Answer[]> {
  const answers: Answer[] = [];
  const { count } = await ports.chain.epochs();
  for (let epoch = 1; epoch <= count; epoch++) {
    const layers = await epochLayers(ports, epoch);
    const { root } = await ports.chain.epochAt(epoch);
    if (layers === undefined) throw new Error(`no archive of epoch ${epoch}`);
    const works: Answer["works"][number][] = [];
    const tops = await layers.list(root, "");
    for (const batch of [...tops.keys()].sort(
      (a, b) => Number(a) - Number(b),
    )) {
      const files = await layers.list(root, batch);
      const images = await layers.list(root, `${batch}/images`);
      const tokens = [...images.keys()]
        .map((name) => name.slice(0, -".png".length))
        .sort((a, b) => Number(a) - Number(b));
      for (const token of tokens)
        works.push([
          token,
          images.get(`${token}.png`)?.cid ?? "",
          files.get(`${token}.json`)?.cid ?? "",
        ]);
    }
    await layers.close();
    answers.push({ epoch, root, works });
  }
  return answers;
}

async function main(): Promise<void> {
  const [works = 200, epochs = 12, size = 128] = process.argv
    .slice(2)
    .map(Number);
  const folder = await mkdtemp(join(tmpdir(), "loop-rebuild-"));
  const store = join(folder, "cars");
  const recipe = await loadRecipe(
    await readRecipeFiles(at("offchain/recipes/genesis")),
  );
  const pool = createEnginePool({ files: recipe.files, workers: WORKERS });
  const archives = createCarArchives({ store });
  const states = openStateIndex(join(store, "states.sqlite"));
  const journal = openJournal(":memory:");
  const local = await startLocalChain();
  const chain = local.chain({ journal });
  await chain.registerRecipe(recipe.id, { key: "register" });
  const ports = {
    chain,
    holder: local.wallet.address,
    journal,
    artefacts: createFiles(),
    archives,
    states,
    workshops: createWorkshops({
      recipes: [recipe],
      archives,
      pool: () => pool,
    }),
    progress: { stage: () => {}, note: (text: string) => console.log(text) },
    clock: { elapsed: () => performance.now(), now: () => new Date() },
    hash: nativeSha256,
    pins: async () => [],
    out: join(folder, "out"),
  };
  try {
    await publish(ports, recipe, { works, epochs, size });
    const ours = await published(ports);
    const roots = new Map<number, string>();
    const [data, answer] = [
      join(folder, "chain.json"),
      join(folder, "answer.json"),
    ];
    await writeFile(data, await chainData(ports.chain));
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [at("test/bench/evolve-rebuild/stranger.ts"), data, answer],
      { stdio: "inherit" },
    );
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`the stranger ended with code ${code}`);
    const seconds = (performance.now() - start) / 1000;
    const theirs = JSON.parse(await readFile(answer, "utf8")) as Answer[];
    let [compared, equal] = [0, 0];
    for (const { epoch, works: mine } of ours) {
      const other = theirs.find((one) => one.epoch === epoch);
      const [a, b] = [mine, other?.works ?? []].map((list) =>
        list.toSorted((x, y) => Number(x[0]) - Number(y[0])),
      );
      roots.set(epoch, other?.root ?? "");
      for (const [i, work] of (a ?? []).entries()) {
        compared += 2;
        const twin = b?.[i];
        if (twin?.[0] !== work[0]) continue;
        equal += (twin[1] === work[1] ? 1 : 0) + (twin[2] === work[2] ? 1 : 0);
      }
    }
    let same = 0;
    for (const { epoch } of ours) {
      const { root } = await ports.chain.epochAt(epoch);
      if (digestToCid(root).toString() === roots.get(epoch)) same += 1;
    }
    console.log(
      `rebuilt by a fresh process from ${(await readFile(data)).length} bytes of chain data and the recipe in ${seconds.toFixed(1)} s`,
    );
    console.log(`roots equal  ${same} of ${ours.length}`);
    console.log(`CIDs equal   ${equal} of ${compared}`);
    if (same !== ours.length || equal !== compared) process.exitCode = 1;
  } finally {
    await pool.close();
    await states.close();
    await journal.close();
    await local.close();
    await rm(folder, { recursive: true, force: true });
  }
}

// Test runners load every file below test/; only a direct call measures.
if (import.meta.main) await main();
