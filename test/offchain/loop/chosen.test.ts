import { expect } from "chai";

import { GENESIS } from "../../../offchain/generator/evolution/state.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { canonicalBytes, type Json } from "../../../offchain/kernel/json.ts";
import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import {
  choose,
  chosenBytes,
  drawingOf,
  factsOf,
  parseChosen,
  type Chosen,
} from "../../../offchain/loop/chosen.ts";
import type { Drawing } from "../../../offchain/loop/explore-draw.ts";
import { thrownBy } from "../../kit/thrown.ts";

const one = {
  digest: keccak256(utf8("one")),
  traits: { family: "dunes", palette: "fjord" },
  observation: NEUTRAL_OBSERVATION,
};
const two = {
  ...one,
  digest: keccak256(utf8("two")),
  state: { ...GENESIS, light: -3 },
  steer: { zoom: 200, hue: -5 },
};
const drawing: Drawing = {
  form: { kind: "animation", delays: [900, 60, 900] },
  size: 64,
  pictures: [one, { ...one, towards: { key: two, share: 480 } }, two],
};
const recipe = `0x${"ab".repeat(32)}` as const;
const document = async (): Promise<Chosen> =>
  choose(recipe, drawing, await factsOf(utf8("the file")));

describe("chosen works", () => {
  it("are read back as they were drawn, each named once", async () => {
    const written = await document();
    expect(written.works).to.have.length(2);
    expect(drawingOf(parseChosen(chosenBytes(written)))).to.deep.equal(drawing);
  });

  it("say the same whatever order dials were turned in", async () => {
    const turned = {
      ...drawing,
      pictures: [one, one, { ...two, steer: { hue: -5, zoom: 200 } }],
    };
    const other = { ...drawing, pictures: [one, one, two] };
    const file = await factsOf(utf8("the file"));
    expect(chosenBytes(choose(recipe, turned, file))).to.deep.equal(
      chosenBytes(choose(recipe, other, file)),
    );
  });

  const refuses = (what: string, change: (good: Chosen) => unknown): void =>
    void it(`refuses ${what}`, async () => {
      const bytes = canonicalBytes(change(await document()) as Json);
      expect(thrownBy(() => parseChosen(bytes)).code).to.equal(
        "explore/bad-chosen",
      );
    });
  const withWork = (good: Chosen, change: object): unknown => ({
    ...good,
    works: good.works.map((work) => ({ ...work, ...change })),
  });
  refuses("another version", (good) => ({ ...good, version: 2 }));
  refuses("another class", (good) => ({ ...good, class: "minted" }));
  refuses("what has more fields", (good) => ({ ...good, note: "mine" }));
  refuses("a dial beyond its end", (good) =>
    withWork(good, { steer: { zoom: 1001 } }),
  );
  refuses("a dial that stands at 0", (good) =>
    withWork(good, { steer: { zoom: 0 } }),
  );
  refuses("conditions that are none", (good) =>
    withWork(good, { conditions: `0x${"ff".repeat(32)}` }),
  );
  refuses("a work that is not listed", (good) => ({
    ...good,
    pictures: [{ work: 7 }],
    form: { kind: "picture" },
  }));
  refuses("a way to a work that is not listed", (good) => ({
    ...good,
    pictures: [{ work: 0, towards: { work: 2, share: 4 } }],
    form: { kind: "picture" },
  }));
  refuses("frames without delays", (good) => ({
    ...good,
    form: { kind: "animation", delays: [60] },
  }));
  refuses("many pictures as one", (good) => ({
    ...good,
    form: { kind: "picture" },
  }));

  for (const [what, bytes] of [
    ["what is no JSON", utf8("{")],
    ["what is no text", Uint8Array.of(0xff, 0xfe)],
    ["nothing", new Uint8Array(0)],
  ] as const)
    it(`refuses ${what}`, () => {
      expect(thrownBy(() => parseChosen(bytes)).code).to.equal(
        "explore/bad-chosen",
      );
    });

  it("refuses what is not in the canonical text", async () => {
    const text = JSON.stringify(await document(), null, 2);
    expect(thrownBy(() => parseChosen(utf8(text))).code).to.equal(
      "explore/bad-chosen",
    );
  });
});
