import { crc32, inflateSync } from "node:zlib";

import { expect } from "chai";
import fc from "fast-check";

import { createApng } from "../../../offchain/generator/apng.ts";
import { encodePng } from "../../../offchain/generator/png.ts";
import { thrownBy } from "../../kit/thrown.ts";

interface Shown {
  readonly rgb: Uint8Array;
  readonly delay: number;
}

/** An independent reader: the platform's inflate and checksum, the specification's sequence of chunks, and filters undone. */
function decode(file: Uint8Array): { frames: Shown[]; plays: number } {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const canvas = new Uint8Array(width * height * 3);
  const frames: Shown[] = [];
  let sequence = 0;
  let [declared, plays] = [0, -1];
  let box = { width, height, left: 0, top: 0, delay: 0 };
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const body = file.subarray(at + 4, at + 8 + length);
    const type = new TextDecoder().decode(body.subarray(0, 4));
    const data = body.subarray(4);
    const words = new DataView(data.buffer, data.byteOffset, data.length);
    expect(crc32(body), type).to.equal(view.getUint32(at + 8 + length));
    if (type === "acTL") {
      [declared, plays] = [words.getUint32(0), words.getUint32(4)];
      expect(frames).to.deep.equal([]);
    }
    if (type === "fcTL") {
      expect(words.getUint32(0)).to.equal(sequence++);
      const [w, h, left, top] = [4, 8, 12, 16].map((n) => words.getUint32(n));
      box = {
        width: w!,
        height: h!,
        left: left!,
        top: top!,
        delay: (1000 * words.getUint16(20)) / words.getUint16(22),
      };
      expect([data[24], data[25]]).to.deep.equal([0, 0]);
    }
    if (type === "fdAT") expect(words.getUint32(0)).to.equal(sequence++);
    if (type === "IDAT" || type === "fdAT") {
      const rows = unfilter(
        inflateSync(data.subarray(type === "IDAT" ? 0 : 4)),
        box.width,
      );
      expect(rows).to.have.length(box.width * box.height * 3);
      for (let y = 0; y < box.height; y++)
        canvas.set(
          rows.subarray(y * box.width * 3, (y + 1) * box.width * 3),
          ((box.top + y) * width + box.left) * 3,
        );
      frames.push({ rgb: canvas.slice(), delay: box.delay });
    }
    at += 12 + length;
  }
  expect(frames).to.have.length(declared);
  return { frames, plays };
}

function unfilter(raw: Uint8Array, width: number): Uint8Array {
  const stride = width * 3;
  const rows = raw.length / (stride + 1);
  const rgb = new Uint8Array(stride * rows);
  for (let y = 0; y < rows; y++)
    for (let i = 0; i < stride; i++) {
      const at = y * stride + i;
      const left = i < 3 ? 0 : rgb[at - 3]!;
      const up = y === 0 ? 0 : rgb[at - stride]!;
      const corner = i < 3 || y === 0 ? 0 : rgb[at - stride - 3]!;
      const [a, b, c] = [left, up, corner].map((n) =>
        Math.abs(left + up - corner - n),
      ) as [number, number, number];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const predicted = [0, left, up, (left + up) >> 1, paeth];
      rgb[at] =
        raw[y * (stride + 1) + 1 + i]! + predicted[raw[y * (stride + 1)]!]!;
    }
  return rgb;
}

const size = { width: 7, height: 5 };
const frame = fc.uint8Array({ minLength: 105, maxLength: 105 });
const films = fc.array(
  fc.record({ rgb: frame, delay: fc.integer({ min: 1, max: 60_000 }) }),
  { minLength: 1, maxLength: 5 },
);
const write = (shown: readonly Shown[]): Uint8Array => {
  const film = createApng(size);
  for (const { rgb, delay } of shown) film.add(rgb, delay);
  return film.finish();
};

describe("generator/apng", () => {
  it("writes what an independent reader reads back, and runs for ever", () => {
    fc.assert(
      fc.property(films, (shown) => {
        const { frames, plays } = decode(write(shown));
        expect(plays).to.equal(0);
        expect(frames).to.deep.equal(shown);
      }),
      { numRuns: 60 },
    );
  });

  it("holds of a frame no more than the rectangle that changed", () => {
    const rgb = Uint8Array.from({ length: 105 }, (_, i) => (i * 37) & 255);
    const next = rgb.slice();
    next[(2 * 7 + 3) * 3 + 1]! ^= 255;
    next[(4 * 7 + 5) * 3]! ^= 255;
    const file = write([
      { rgb, delay: 40 },
      { rgb: next, delay: 40 },
      { rgb: next, delay: 40 },
    ]);
    expect(boxes(file)).to.deep.equal([
      [7, 5, 0, 0],
      [3, 3, 3, 2],
      [1, 1, 0, 0],
    ]);
    const { frames } = decode(file);
    expect(frames[2]?.rgb).to.deep.equal(next);
  });

  it("takes no part of a frame that is changed after it was added", () => {
    const film = createApng(size);
    const rgb = new Uint8Array(105).fill(9);
    film.add(rgb, 10);
    rgb.fill(200);
    film.add(rgb, 10);
    const { frames } = decode(film.finish());
    expect(frames.map((one) => one.rgb[0])).to.deep.equal([9, 200]);
  });

  it("carries the mark of a trained model, as a still does", () => {
    const rgb = new Uint8Array(105);
    const text = (file: Uint8Array): string =>
      new TextDecoder("latin1").decode(file);
    const mark = "trainedAlgorithmicMedia";
    expect(text(encodePng(rgb, size))).to.contain(mark);
    expect(text(write([{ rgb, delay: 1 }]))).to.contain(mark);
  });

  it("refuses frames of another size, delays that none can have, and no frames at all", () => {
    const film = createApng(size);
    const rgb = new Uint8Array(105);
    expect(thrownBy(() => film.finish()).code).to.equal("generator/bad-frame");
    expect(thrownBy(() => film.add(new Uint8Array(104), 10)).code).to.equal(
      "generator/bad-pixels",
    );
    for (const delay of [0, 60_001, 1.5, NaN])
      expect(thrownBy(() => film.add(rgb, delay)).code).to.equal(
        "generator/bad-frame",
      );
  });
});

function boxes(file: Uint8Array): number[][] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const found: number[][] = [];
  for (let at = 8; at < file.length;) {
    const type = new TextDecoder().decode(file.subarray(at + 4, at + 8));
    if (type === "fcTL")
      found.push([12, 16, 20, 24].map((n) => view.getUint32(at + n)));
    at += 12 + view.getUint32(at);
  }
  return found;
}
