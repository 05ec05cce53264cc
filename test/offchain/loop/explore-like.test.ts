import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import type { PictureKey } from "../../../offchain/loop/engine.ts";
import {
  searchLike,
  type Search,
} from "../../../offchain/loop/explore-like.ts";
import { workOfDigest } from "../../../offchain/loop/explore-works.ts";
import {
  distanceOf,
  LOOK_SIZE,
  lookAt,
  shrinkToLook,
} from "../../../offchain/loop/picture-distance.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { createFakePool } from "../../kit/fake-pool.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";

/** A disc: the digest says where, the palette in which colour, the zoom how large. */
function disc({ digest, traits, steer }: PictureKey): Uint8Array {
  const rgb = new Uint8Array(LOOK_SIZE * LOOK_SIZE * 3).fill(230);
  const [x, y] = [16 + (digest[0]! % 32), 16 + (digest[1]! % 32)];
  const radius = 9 + (steer?.["zoom"] ?? 0) / 160;
  const ink = traits["palette"] === "ember" ? [200, 40, 20] : [20, 60, 160];
  for (let i = 0; i < LOOK_SIZE * LOOK_SIZE; i++) {
    const [dx, dy] = [(i % LOOK_SIZE) - x, Math.floor(i / LOOK_SIZE) - y];
    if (dx * dx + dy * dy < radius * radius) rgb.set(ink, 3 * i);
  }
  return rgb;
}

describe("searchLike", () => {
  let recipe: Recipe;
  before(async () => {
    const path = "../../../offchain/recipes/genesis/traits.json";
    const table = await readFile(new URL(path, import.meta.url), "utf8");
    recipe = await mintableRecipe(JSON.parse(table) as Record<string, unknown>);
  });
  const search = (example: Uint8Array) =>
    searchLike(
      {
        pool: { ...createFakePool(), pixels: async (key) => disc(key) },
        progress: { stage: () => undefined, note: () => undefined },
        recipe,
      },
      {
        example,
        seed: new Uint8Array(32).fill(7),
        candidates: 40,
        observation: NEUTRAL_OBSERVATION,
      },
    );
  const wanted = (): PictureKey => {
    const digest = new Uint8Array(32).fill(11);
    const key = workOfDigest(recipe, digest, NEUTRAL_OBSERVATION);
    const traits = { ...key.traits, palette: "ember" };
    return { ...key, traits, steer: { zoom: 610 } };
  };

  let first: Search;
  it("comes nearer with each stage: a place by seed, a colour by words, a size by dials", async () => {
    first = await search(disc(wanted()));
    const { seed, words, dials } = first;
    expect(words.distance).to.be.at.most(seed.distance);
    expect(dials.distance).to.be.below(words.distance);
    expect(dials.key.traits["palette"]).to.equal("ember");
    expect(Math.abs((dials.key.steer?.["zoom"] ?? NaN) - 610)).to.be.at.most(
      160,
    );
  });

  it("finds the same work again", async () => {
    expect(await search(disc(wanted()))).to.deep.equal(first);
  });
});

describe("the distance of two pictures", () => {
  const red = lookAt(disc({ ...key(), traits: { palette: "ember" } }));
  const blue = lookAt(disc(key()));
  const far = lookAt(disc({ ...key(), digest: new Uint8Array(32).fill(30) }));

  it("is nothing between equals, and the same both ways", () => {
    expect(distanceOf(red, red)).to.equal(0);
    expect(distanceOf(red, blue)).to.equal(distanceOf(blue, red));
  });

  it("grows with what differs: place, colour", () => {
    expect(distanceOf(blue, red)).to.be.above(0.02);
    expect(distanceOf(blue, far)).to.be.above(0.02);
    expect(distanceOf(red, far)).to.be.above(distanceOf(red, blue));
  });

  it("is told of pictures of any side, each pixel the mean of what it covers", () => {
    const large = new Uint8Array(128 * 128 * 3);
    large.forEach((_, i) => (large[i] = (Math.floor(i / 3) % 2) * 100));
    const small = shrinkToLook(large, 128);
    expect(new Set(small)).to.deep.equal(new Set([50]));
  });

  function key(): PictureKey {
    const digest = utf8("0123456789abcdef0123456789abcdef");
    return { digest, traits: {}, observation: NEUTRAL_OBSERVATION };
  }
});
