import { expect } from "chai";

import { planWork } from "../../../../offchain/generator/work/plan.ts";
import {
  CHANNELS,
  GENESIS,
  type WorkState,
} from "../../../../offchain/generator/evolution/state.ts";
import { VOCABULARY } from "../../../../offchain/generator/work/traits.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../../../offchain/kernel/observation.ts";
import { utf8 } from "../../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../../offchain/kernel/digest.ts";
import { createRng } from "../../../../offchain/kernel/rng.ts";
import type { Traits } from "../../../../offchain/kernel/traits.ts";

const TRAITS: Traits = {
  family: "dunes",
  order: "five",
  palette: "harbour",
  light: "day",
  symmetry: "single",
  inlay: "scales",
  finish: "flat",
  line: "none",
  frame: "mat",
};
const digest = keccak256(utf8("a work"));
const plan = (
  traits: Traits = TRAITS,
  observation: Observation = NEUTRAL_OBSERVATION,
) => planWork({ digest, traits, observation });
const evolved = (state: Partial<WorkState>, traits: Traits = TRAITS) =>
  planWork({
    digest,
    traits,
    observation: NEUTRAL_OBSERVATION,
    state: { ...GENESIS, ...state },
  });
const market = (fields: Partial<Observation>): Observation => ({
  ...NEUTRAL_OBSERVATION,
  ...fields,
});

describe("planWork", () => {
  it("is a pure function of digest, traits and observation", () => {
    expect(plan()).to.deep.equal(plan());
    const other = planWork({
      digest: keccak256(utf8("another")),
      traits: TRAITS,
      observation: NEUTRAL_OBSERVATION,
    });
    expect(other.layer.style).to.not.deep.equal(plan().layer.style);
  });

  it("plans whatever the vocabulary allows", () => {
    for (let i = 0; i < 500; i++) {
      const seed = keccak256(utf8(`plan ${i}`));
      const rng = createRng(seed);
      const traits = Object.fromEntries(
        Object.entries(VOCABULARY).map(([name, values]) => [
          name,
          values[rng.below(values.length)]!,
        ]),
      );
      const { layer, inlay, hardness } = planWork({
        digest: seed,
        traits,
        observation: market({ volatility: 65535, trend: -32768, sentiment: 0 }),
      });
      expect(
        [...layer.style, ...layer.view.turn, ...layer.view.pan, hardness].every(
          Number.isFinite,
        ),
      ).to.equal(true);
      expect(layer.style.every((u) => Math.abs(u) <= 1)).to.equal(true);
      expect(
        inlay === null || inlay.tones.length === inlay.slots.length,
      ).to.equal(true);
    }
  });

  it("keeps a work's identity whatever the market does", () => {
    const calm = plan();
    const wild = plan(
      TRAITS,
      market({ volatility: 1500, trend: 6000, sentiment: 9000, change: 800 }),
    );
    expect(wild.layer.family).to.equal(calm.layer.family);
    expect(wild.layer.order).to.equal(calm.layer.order);
    expect(wild.inlay?.slots).to.deep.equal(calm.inlay?.slots);
    expect(wild.layer.view.phases).to.deep.equal(calm.layer.view.phases);
    expect([wild.frame, wild.finish, wild.line, wild.grain]).to.deep.equal([
      calm.frame,
      calm.finish,
      calm.line,
      calm.grain,
    ]);
  });

  it("answers volatility with sway and hardness, the trend with zoom and style, sentiment with warmth", () => {
    const calm = plan();
    const restless = plan(TRAITS, market({ volatility: 800 }));
    expect(restless.layer.view.sway).to.be.greaterThan(calm.layer.view.sway);
    expect(restless.hardness).to.be.greaterThan(calm.hardness);
    expect(restless.layer.style).to.deep.equal(calm.layer.style);
    const rising = plan(TRAITS, market({ trend: 3000 }));
    expect(rising.layer.view.zoom).to.be.lessThan(calm.layer.view.zoom);
    expect(rising.layer.style).to.not.deep.equal(calm.layer.style);
    const greedy = plan(TRAITS, market({ sentiment: 9500 }));
    expect(greedy.colours.slots[3]![0]).to.be.greaterThan(
      calm.colours.slots[3]![0],
    );
  });

  it("moves smoothly: one basis point never jumps", () => {
    for (let volatility = 0; volatility < 3000; volatility += 37) {
      const a = plan(TRAITS, market({ volatility }));
      const b = plan(TRAITS, market({ volatility: volatility + 1 }));
      expect(Math.abs(a.layer.view.sway - b.layer.view.sway)).to.be.lessThan(
        0.001,
      );
      a.colours.slots
        .flat()
        .forEach((x, i) =>
          expect(Math.abs(x - b.colours.slots.flat()[i]!)).to.be.at.most(1),
        );
    }
  });

  it("is the genesis plan where nothing evolved, in every channel by itself", () => {
    expect(evolved({})).to.deep.equal(plan());
    for (const channel of CHANNELS)
      expect(evolved({ [channel]: 1 }), channel).to.not.deep.equal(plan());
  });

  it("keeps a work's identity however far it evolved", () => {
    for (let i = 0; i < 300; i++) {
      const rng = createRng(keccak256(utf8(`identity ${i}`)));
      const traits = Object.fromEntries(
        Object.entries(VOCABULARY).map(([name, values]) => [
          name,
          values[rng.below(values.length)]!,
        ]),
      );
      const state = Object.fromEntries(
        CHANNELS.map((channel) => [channel, rng.below(33) - 16]),
      );
      const [then, now] = [plan(traits), evolved(state, traits)];
      const identity = ({ layer, inlay, ...rest }: typeof then) => ({
        family: layer.family,
        order: layer.order,
        folds: layer.view.folds,
        symmetry: layer.view.symmetry,
        flip: layer.view.flip,
        pan: layer.view.pan,
        turn: layer.view.turn,
        regions: inlay?.slots,
        textile: inlay?.layer.family,
        frame: rest.frame,
        finish: rest.finish,
        line: rest.line,
        hatch: rest.hatch,
        grain: rest.grain,
      });
      expect(identity(now)).to.deep.equal(identity(then));
      expect(now.layer.style.every((u) => Math.abs(u) <= 1)).to.equal(true);
      expect(now.hardness).to.be.greaterThan(0.3);
      expect(now.weight).to.be.greaterThan(0.3);
      expect(now.layer.view.sway).to.be.at.least(0);
      expect(now.layer.view.zoom).to.be.greaterThan(0.4);
    }
  });

  it("bends with unrest, leans with the trend, nears with distance", () => {
    const still = plan().layer.view;
    const storm = evolved({ unrest: 6 });
    expect(storm.layer.view.gust).to.be.greaterThan(0.05);
    expect(storm.weight).to.be.greaterThan(1);
    expect(evolved({ unrest: -6 }).layer.view.sway).to.be.lessThan(still.sway);
    expect(evolved({ drift: 6 }).layer.view.lean).to.be.greaterThan(0);
    expect(evolved({ drift: -6 }).layer.view.lean).to.be.lessThan(0);
    expect(evolved({ distance: 6 }).layer.view.zoom).to.be.lessThan(still.zoom);
    expect(evolved({ distance: -6 }).layer.view.zoom).to.be.greaterThan(
      still.zoom,
    );
  });

  it("bends what is dense less than what is open", () => {
    const gust = (family: string): number =>
      evolved({ unrest: 8 }, { ...TRAITS, family }).layer.view.gust;
    expect(gust("scales")).to.be.lessThan(gust("dunes") / 2 + 0.01);
  });

  it("fills no region with the family that it lies in", () => {
    expect(plan({ ...TRAITS, family: "scales" }).inlay).to.equal(null);
    expect(plan({ ...TRAITS, inlay: "none" }).inlay).to.equal(null);
    expect(plan().inlay).to.not.equal(null);
  });

  it("refuses words that it does not know", () => {
    for (const traits of [
      { ...TRAITS, family: "petals" },
      { ...TRAITS, order: "two" },
      {},
    ]) {
      expect(() => plan(traits))
        .to.throw()
        .with.property("code", "generator/unknown-trait");
    }
  });
});
