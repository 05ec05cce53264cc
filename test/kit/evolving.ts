import { expect } from "chai";

import { readEpochFacts } from "../../offchain/loop/epoch-facts.ts";
import type { EvolveReport } from "../../offchain/loop/evolve-task.ts";
import { rebuildEpoch } from "../../offchain/loop/rebuild-epoch.ts";
import { epochLayers } from "../../offchain/loop/verify-epoch.ts";
import { dyingAt } from "./crash.ts";
import type { FakeWorld } from "./fake-world.ts";

/** Publishes an epoch of the round in a world where nothing crashes. */
export async function finishEpoch(
  world: FakeWorld,
  round: number,
): Promise<EvolveReport> {
  const report = await world.evolve(round);
  if (report === "crashed") throw new Error("nothing crashes here");
  return report;
}

/** The epoch is what a stranger rebuilds, and every work is at its path in the archives. */
export async function expectSoundEpoch(
  world: FakeWorld,
  epoch: number,
): Promise<void> {
  const ports = world.ports();
  const view = await ports.chain.epochAt(epoch);
  const facts = await readEpochFacts(ports.chain, view.round);
  const rebuilt = await rebuildEpoch(ports, facts);
  expect(rebuilt.digest).to.equal(view.root);
  const layers = await epochLayers(ports, epoch);
  if (layers === undefined) throw new Error("no archive");
  for (const { id, imageCid, metadataCid } of rebuilt.works) {
    const batch = id / 1_000_000n;
    const files = await layers.list(view.root, `${batch}`);
    const images = await layers.list(view.root, `${batch}/images`);
    expect(files.get(`${id}.json`)?.cid).to.equal(metadataCid);
    expect(images.get(`${id}.png`)?.cid).to.equal(imageCid);
    await layers.read(view.root, `${batch}/images/${id}.png`);
  }
  await layers.close();
  await ports.close();
}

/** Dies at the boundaries of a run whose labels match. */
export function dyingWith(pattern: RegExp) {
  return (label: string): void => {
    if (pattern.test(label)) dyingAt(label)(label);
  };
}
