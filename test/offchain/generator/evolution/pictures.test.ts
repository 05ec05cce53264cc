import { expect } from "chai";

import {
  CHANNELS,
  GENESIS,
  type Channel,
} from "../../../../offchain/generator/evolution/state.ts";
import {
  loadModel,
  type Model,
} from "../../../../offchain/generator/model/model.ts";
import { planWork } from "../../../../offchain/generator/work/plan.ts";
import { renderWork } from "../../../../offchain/generator/work/render.ts";
import { fromHex } from "../../../../offchain/kernel/bytes.ts";
import { unpackObservation } from "../../../../offchain/kernel/observation.ts";
import { rms } from "../../../bench/evolution/figures.ts";
import { generatorFiles, readGolden } from "../../../vectors/files.ts";
import type { WorkVector } from "../../../vectors/golden.ts";

/** One work of each family. */
const WORKS = 16;
const SIZE = 64;
/** Root mean squares, 1 is black to white. Apart from chance: the widest single step measured was 0.10. */
const WIDEST_STEP = 0.12;
const LEAST_VISIBLE = 0.02;

describe("evolved pictures", () => {
  let model: Model;
  let works: readonly WorkVector[];
  before(async () => {
    model = await loadModel(await generatorFiles());
    works = (await readGolden()).works.slice(0, WORKS);
  });
  const paint = (
    { digest, traits, conditions }: WorkVector,
    channel: Channel,
    steps: number,
  ): Uint8Array =>
    renderWork(
      model,
      planWork({
        digest: fromHex(digest),
        traits,
        observation: unpackObservation(conditions),
        state: { ...GENESIS, [channel]: steps },
      }),
      SIZE,
    );

  for (const channel of CHANNELS) {
    it(`never jump by a step of ${channel}, and show eight`, function () {
      this.timeout(20_000);
      for (const work of works) {
        const [back, genesis, step, far] = [-1, 0, 1, 8].map((steps) =>
          paint(work, channel, steps),
        ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
        const name = Object.values(work.traits).join(" ");
        for (const neighbour of [back, step])
          expect(rms(genesis, neighbour), name).to.be.within(1e-4, WIDEST_STEP);
        expect(rms(genesis, far), name).to.be.greaterThan(LEAST_VISIBLE);
      }
    });
  }
});
