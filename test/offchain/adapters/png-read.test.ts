import { expect } from "chai";
import sharp from "sharp";

import { readOwnPng } from "../../../offchain/adapters/png-read.ts";
import { encodePng } from "../../../offchain/generator/png.ts";
import { png, zeros } from "../../bench/hostile/bytes.ts";
import { drawing } from "../../bench/hostile/shapes.ts";
import { expectCode } from "../../kit/rejection.ts";

const SIDE = 96;
const where = { side: SIDE, path: "images/a.png" };

describe("adapters/png-read", () => {
  it("reads what our encoder writes, and every filter of another's", async () => {
    const rgb = drawing(5, SIDE).map((value, i) => value ^ (i % 7));
    const own = encodePng(
      rgb,
      { width: SIDE, height: SIDE },
      { trained: false },
    );
    expect(readOwnPng(own, where)).to.deep.equal(rgb);
    const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
    const other = await sharp(rgb, { raw })
      .png({ adaptiveFiltering: true })
      .toBuffer();
    expect(readOwnPng(other, where)).to.deep.equal(rgb);
  });

  it("says of a person's picture that no model made it", () => {
    const rgb = drawing(5, SIDE);
    const words = (trained: boolean): boolean =>
      Buffer.from(
        encodePng(rgb, { width: SIDE, height: SIDE }, { trained }),
      ).includes("trainedAlgorithmicMedia");
    expect([true, false].map(words)).to.deep.equal([true, false]);
  });

  it("refuses every other kind, what is cut, damaged, or inflates to more", async () => {
    const own = encodePng(drawing(5, SIDE), { width: SIDE, height: SIDE });
    const turned = Uint8Array.from(own);
    turned[own.length - 30] = (turned[own.length - 30] ?? 0) ^ 1;
    const size = { width: SIDE, height: SIDE };
    const bytes = SIDE * (3 * SIDE + 1);
    const bad = [
      new Uint8Array(),
      own.subarray(0, own.length - 1),
      own.subarray(0, 40),
      turned,
      encodePng(drawing(5, 64), { width: 64, height: 64 }),
      png({ ...size, depth: 16 }, await zeros(2 * bytes)),
      png({ ...size, interlaced: true }, await zeros(bytes)),
      png(size, await zeros(bytes - 1)),
      png(size, await zeros(50_000_000)),
      png(size, Buffer.from("no zlib")),
    ];
    for (const file of bad)
      await expectCode(() => readOwnPng(file, where), "dataset/damaged");
    expect(readOwnPng(png(size, await zeros(bytes)), where)).to.have.length(
      SIDE * SIDE * 3,
    );
  });
});
