import { expect } from "chai";

import {
  CHANNELS,
  GENESIS,
  type WorkState,
} from "../../../../offchain/generator/evolution/state.ts";
import type { TunedModel } from "../../../../offchain/generator/loom/model.ts";
import { planWeave } from "../../../../offchain/generator/loom/plan.ts";
import { renderWeave } from "../../../../offchain/generator/loom/render.ts";
import { WEAVE_DIALS } from "../../../../offchain/generator/loom/steer.ts";
import { weaveVocabulary } from "../../../../offchain/generator/loom/vocabulary.ts";
import { NEUTRAL_OBSERVATION } from "../../../../offchain/kernel/observation.ts";
import type { Traits } from "../../../../offchain/kernel/traits.ts";
import { difference, smallLoom, WOVEN } from "../../../kit/small-loom.ts";

const digest = new Uint8Array(32).fill(77);

describe("woven pictures", function () {
  this.timeout(120_000);

  let pattern: TunedModel;
  let pictures: TunedModel;

  before(async () => {
    pattern = await smallLoom();
    pictures = await smallLoom(6);
  });

  const draw = (
    model: TunedModel,
    changes: Traits = {},
    size = 32,
    more: { state?: WorkState; steer?: Record<string, number> } = {},
  ): Uint8Array =>
    renderWeave(
      model,
      planWeave(
        {
          digest,
          traits: { ...WOVEN, ...changes },
          observation: NEUTRAL_OBSERVATION,
          ...more,
        },
        model.adapter,
      ),
      size,
    );

  it("are the same bytes whatever was woven before, in another instance too", async () => {
    const first = draw(pattern);
    draw(pattern, { motif: "third", liberty: "joined" });
    expect(draw(pattern)).to.deep.equal(first);
    expect(draw(await smallLoom())).to.deep.equal(first);
  });

  it("are the same picture at any size", () => {
    const [small, large] = [draw(pattern, {}, 64), draw(pattern, {}, 192)];
    const mean = Uint8Array.from(small, (_, at) => {
      const [c, x, y] = [at % 3, Math.floor(at / 3) % 64, Math.floor(at / 192)];
      let sum = 0;
      for (let v = 0; v < 3; v++)
        for (let u = 0; u < 3; u++)
          sum += large[((3 * y + v) * 192 + 3 * x + u) * 3 + c]!;
      return Math.round(sum / 9);
    });
    expect(difference(small, mean)).to.be.below(9);
  });

  it("change with every value of every trait", () => {
    const vocabulary = Object.entries(weaveVocabulary(pattern.adapter));
    for (const [name, values] of vocabulary) {
      const seen = new Set<string>();
      for (const value of values) {
        // A third donor recolours, a light division needs one, and pictures are joined rather than repeated.
        const around =
          name === "third" || name === "palette"
            ? { composition: "recoloured" }
            : name === "liberty"
              ? { repeat: "plain" }
              : {};
        seen.add(
          Buffer.from(draw(pattern, { ...around, [name]: value })).toString(
            "base64",
          ),
        );
      }
      // An undivided sheet is given a roundel where a composition needs a division; own colours are those of a donor,
      // and the word for them only decides which palettes may be drawn.
      const same = ["division", "colours", "palette"].includes(name) ? 1 : 0;
      expect(seen.size, name).to.equal(values.length - same);
    }
  });

  it("join and charge pictures with a layout", () => {
    const all = ["whole", "charged", "gathered", "counterchange"].flatMap(
      (composition) =>
        ["kept", "joined", "woven"].map((liberty) =>
          draw(pictures, { composition, liberty, repeat: "plain" }),
        ),
    );
    for (const picture of all)
      expect(new Set(picture).size, "tones").to.be.greaterThan(8);
  });

  it("are bent a little by every market state, and stay themselves", () => {
    const still = draw(pattern);
    const other = draw(pattern, { motif: "third", palette: "second-2" });
    expect(draw(pattern, {}, 32, { state: GENESIS })).to.deep.equal(still);
    for (const channel of CHANNELS)
      for (const steps of [-8, -1, 1, 8]) {
        const state = { ...GENESIS, [channel]: steps };
        const moved = difference(draw(pattern, {}, 32, { state }), still);
        expect(moved, `${channel} ${steps}`).to.be.greaterThan(0);
        if (Math.abs(steps) === 1)
          expect(moved, `${channel} ${steps}`).to.be.below(
            difference(other, still) / 2,
          );
      }
  });

  it("are turned by every dial, and by none at zero", () => {
    const still = draw(pattern);
    for (const dial of WEAVE_DIALS) {
      const turned = draw(pattern, {}, 32, { steer: { [dial]: 600 } });
      expect(difference(turned, still), dial).to.be.greaterThan(0);
      const zero = draw(pattern, {}, 32, { steer: { [dial]: 0 } });
      expect(zero, dial).to.deep.equal(still);
    }
  });
});
