import { expect } from "chai";

import type { Archives } from "../../../offchain/loop/ports-archive.ts";
import type { Recipe } from "../../../offchain/loop/recipe.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { startWorld } from "../../kit/fake-world.ts";
import { mintableRecipe } from "../../kit/recipe-fixture.ts";
import { expectCode } from "../../kit/rejection.ts";

type Listing = Map<string, { readonly cid: string; readonly size: number }>;

/** Archives whose listings of an epoch's own archive are altered. */
const lying =
  (alter: (listing: Listing, path: string) => void) =>
  (archives: Archives): Archives => ({
    ...archives,
    async layers(choice) {
      const layers = await archives.layers(choice);
      if (choice.paths === undefined) return layers;
      return {
        ...layers,
        async list(root, path) {
          const listing = new Map(await layers.list(root, path));
          alter(listing, path);
          return listing;
        },
      };
    },
  });

function swap(listing: Listing, a: string, b: string): void {
  const [one, other] = [listing.get(a), listing.get(b)];
  if (one === undefined || other === undefined) return;
  listing.set(a, other);
  listing.set(b, one);
}

describe("loop/evolve-read-back", () => {
  let recipe: Recipe;
  before(async () => {
    recipe = await mintableRecipe();
  });

  const lies: Record<string, (listing: Listing, path: string) => void> = {
    "two pictures in each other's place": (listing, path) => {
      if (path === "1/images") swap(listing, "1000000.png", "1000001.png");
    },
    "two works in each other's place": (listing, path) => {
      if (path === "1") swap(listing, "1000000.json", "1000001.json");
    },
    "a work that is not there": (listing, path) => {
      if (path === "1") listing.delete("1000001.json");
    },
    "a picture too many": (listing, path) => {
      if (path === "1/images") listing.set("x", { cid: "x", size: 1 });
    },
    "a batch too many": (listing, path) => {
      if (path === "") listing.set("9", { cid: "x", size: 1 });
    },
    "another batch in the place of one that was linked": (listing, path) => {
      if (path === "") swap(listing, "1", "2");
    },
  };
  for (const [what, alter] of Object.entries(lies)) {
    it(`sends nothing that reads back with ${what}`, async () => {
      const ledger = createLedger();
      let lie = false;
      const world = await startWorld(
        [recipe],
        (own) => fakeChain(ledger, own),
        lying((listing, path) => {
          if (lie) alter(listing, path);
        }),
      );
      try {
        await world.mint(2);
        await world.mint(2);
        // Once for directories to link, and once with the lie; a resting market changes nothing of the second batch.
        await world.evolve((await world.bring(0)).round);
        await fakeChain(ledger).attune(
          { holder: "0x11", token: "1000000", act: 1 },
          { key: "attune" },
        );
        const { round } = await world.bring(0);
        lie = true;
        await expectCode(world.evolve(round), "evolve/read-back");
        expect(ledger.epochs.length).to.equal(1);
        lie = false;
        expect(await world.evolve(round)).to.include({ epoch: 2, linked: 1 });
      } finally {
        await world.close();
      }
    });
  }
});
