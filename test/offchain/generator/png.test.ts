import { inflateSync } from "node:zlib";

import { expect } from "chai";
import fc from "fast-check";

import { toHex } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import { encodePng } from "../../../offchain/generator/png.ts";
import { thrownBy } from "../../kit/thrown.ts";

/** An independent reader: the platform's inflate and the specification's unfiltering. */
function decode(png: Uint8Array): {
  width: number;
  height: number;
  rgb: Uint8Array;
  chunks: string[];
} {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: string[] = [];
  const data: Uint8Array[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    chunks.push(type);
    if (type === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * 3;
  const rgb = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = i < 3 ? 0 : (rgb[y * stride + i - 3] ?? 0);
      const up = y === 0 ? 0 : (rgb[(y - 1) * stride + i] ?? 0);
      const corner =
        i < 3 || y === 0 ? 0 : (rgb[(y - 1) * stride + i - 3] ?? 0);
      const estimate = left + up - corner;
      const [a, b, c] = [
        Math.abs(estimate - left),
        Math.abs(estimate - up),
        Math.abs(estimate - corner),
      ];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const predicted =
        filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : paeth;
      rgb[y * stride + i] = (raw[y * (stride + 1) + 1 + i] ?? 0) + predicted;
    }
  }
  return { width, height, rgb, chunks };
}

const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 24 }),
  })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      rgb: fc.uint8Array({
        minLength: width * height * 3,
        maxLength: width * height * 3,
      }),
    }),
  );

describe("generator/png", () => {
  it("writes what an independent reader reads back", () => {
    fc.assert(
      fc.property(pictures, ({ width, height, rgb }) => {
        const read = decode(encodePng(rgb, { width, height }));
        expect({ width: read.width, height: read.height }).to.deep.equal({
          width,
          height,
        });
        expect(read.rgb).to.deep.equal(rgb);
      }),
    );
  });

  it("marks the picture as made by a trained model, and pins its bytes", () => {
    const rgb = Uint8Array.from(
      { length: 64 * 64 * 3 },
      (_, i) => (i * i + (i >> 5)) & 255,
    );
    const png = encodePng(rgb, { width: 64, height: 64 });
    expect(new TextDecoder("latin1").decode(png)).to.contain(
      "digitalsourcetype/trainedAlgorithmicMedia",
    );
    expect(decode(png).chunks).to.deep.equal([
      "IHDR",
      "sRGB",
      "iTXt",
      "IDAT",
      "IEND",
    ]);
    expect(toHex(sha256(png))).to.equal(
      "0xe1dca167e4cef043508e3f6df47f7725c27a5181f3f3dac0d25d33c2323ce5b7",
    );
  });

  it("refuses bytes that are no such picture", () => {
    for (const [length, width, height] of [
      [0, 0, 0],
      [11, 2, 2],
      [13, 2, 2],
    ] as const) {
      const error = thrownBy(() =>
        encodePng(new Uint8Array(length), { width, height }),
      );
      expect(error.code).to.equal("generator/bad-pixels");
    }
  });
});
