import { expect } from "chai";

import {
  calibrate,
  type CalibrationOptions,
} from "../../../offchain/loop/calibrate.ts";
import type { PictureKey } from "../../../offchain/loop/engine.ts";
import { toHex } from "../../../offchain/kernel/bytes.ts";
import { parseTraitTable } from "../../../offchain/rarity/table.ts";
import { discs, flipped, painted } from "../generator/likeness/sets.ts";

const pictures = discs("dataset", 8);

const table = parseTraitTable({
  version: 1,
  traits: [
    {
      name: "composition",
      values: ["new", "copied", "strange", "blank"].map((name) => ({
        name,
        weight: 100,
      })),
    },
    { name: "motif", values: [{ name: "all", weight: 1 }] },
  ],
});

/** An engine's double: new pictures of the dataset's hand, copies of it, another hand, and nothing. */
const pixels = async ({ digest, traits }: PictureKey): Promise<Uint8Array> => {
  const name = toHex(digest);
  const composition = traits["composition"];
  if (composition === "blank") return painted(() => [80, 80, 80]);
  if (composition === "copied")
    return flipped(pictures[(digest[0] ?? 0) % pictures.length]!);
  return composition === "strange" ? checks(digest) : discs(name, 1)[0]!;
};

/** Another hand: fine checks of two colours. */
function checks(digest: Uint8Array): Uint8Array {
  const [a, b] = [[...digest.subarray(0, 3)], [...digest.subarray(3, 6)]];
  return painted((x, y) => (((x >> 1) + (y >> 1)) % 2 === 0 ? a : b));
}

const options: CalibrationOptions = {
  table,
  donors: ["motif"],
  pixels,
  pictures,
  references: pictures,
  candidates: 24,
  works: 4,
};

describe("loop/calibrate", () => {
  it("leaves odds only for what looks like the dataset and is no copy of it", async function () {
    this.timeout(60_000);
    const stages: string[] = [];
    const progress = {
      stage: (name: string, done: number, total: number) =>
        stages.push(`${name} ${done}/${total}`),
      note: () => undefined,
    };
    const {
      table: odds,
      guard,
      check,
      dropped,
    } = await calibrate({ ...options, progress });
    const values = odds.traits[0]?.values ?? [];
    expect(
      values.filter(({ weight }) => weight > 0).map(({ name }) => name),
    ).to.deep.equal(["new"]);
    expect(dropped.length).to.equal(3);
    expect(guard.quotation).to.not.equal(undefined);
    expect(check.works).to.equal(4);
    expect(check.alike).to.equal(true);
    expect(check.nearestWhole).to.be.above(0.5);
    expect(stages).to.include("calibrate 24/24");
    expect(stages).to.include("check 4/4");
  });

  it("gives the same in whatever order the drawings come", async function () {
    this.timeout(60_000);
    const few = { ...options, candidates: 5, works: 2 };
    const slow: CalibrationOptions["pixels"] = async (key) => {
      for (let i = 0; i < (key.digest[1] ?? 0) % 7; i++)
        await Promise.resolve();
      return pixels(key);
    };
    expect(await calibrate({ ...few, pixels: slow })).to.deep.equal(
      await calibrate(few),
    );
  });

  it("says so when nothing that can be drawn looks like the dataset", async function () {
    this.timeout(60_000);
    const strange = async ({ digest }: PictureKey): Promise<Uint8Array> =>
      checks(digest);
    const { check } = await calibrate({
      ...options,
      pixels: strange,
      candidates: 3,
      works: 1,
    });
    expect(check.alike).to.equal(false);
  });
});
