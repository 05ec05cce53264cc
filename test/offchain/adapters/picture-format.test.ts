import { expect } from "chai";

import { looksLike, walk } from "../../../offchain/adapters/picture-format.ts";
import {
  png,
  resizedJpeg,
  strangers,
  tinyGif,
} from "../../bench/hostile/bytes.ts";
import { soundFiles } from "../../bench/hostile/shapes.ts";

describe("adapters/picture-format", () => {
  let sound: ReadonlyMap<string, Buffer>;
  before(async () => {
    sound = await soundFiles();
  });

  it("knows the four formats by their content, with size and number of frames", () => {
    for (const [name, bytes] of sound) {
      const format = name.endsWith("jpg") ? "jpeg" : (name.split(".")[1] ?? "");
      expect(looksLike(bytes), name).to.equal(format);
      expect(walk(bytes), name).to.deep.equal({
        format,
        width: 160,
        height: 160,
        frames: name.startsWith("moving") ? 3 : 1,
        fault: undefined,
      });
    }
  });

  it("takes no other format for one of them", () => {
    const kinds = Object.entries(strangers()).map(([name, bytes]) => {
      expect(walk(bytes), name).to.equal(undefined);
      return looksLike(bytes);
    });
    expect(kinds.slice(0, 3)).to.deep.equal(["SVG", "SVG", "SVG"]);
    for (const kind of [
      "TIFF",
      "AVIF",
      "HEIF or a film",
      "BMP",
      "PDF",
      "JPEG XL",
    ])
      expect(kinds).to.include(kind);
    for (const text of ["# Readme with <svg> in it", "{}", ""])
      expect(looksLike(Buffer.from(text))).to.equal(undefined);
  });

  it("finds every cut, and in a PNG every bit that was turned", () => {
    for (const [name, bytes] of sound) {
      for (let cut = 1; cut < 12; cut++) {
        const length = Math.floor((bytes.length * cut) / 12);
        const found = walk(bytes.subarray(0, length));
        expect(found?.fault ?? "no header", `${name} at ${length}`).to.be.oneOf(
          ["truncated", "no header"],
        );
      }
      const last = walk(bytes.subarray(0, bytes.length - 1));
      expect(last?.fault, name).to.equal("truncated");
    }
    const plain = sound.get("plain.png") ?? Buffer.alloc(0);
    for (let at = 33; at < plain.length; at += 97) {
      const copy = Buffer.from(plain);
      copy[at] = (copy[at] ?? 0) ^ 16;
      expect(walk(copy)?.fault, `byte ${at}`).to.be.oneOf([
        "damaged",
        "truncated",
      ]);
    }
  });

  it("believes no size before it was read, and reads it without decoding", () => {
    const jpeg = sound.get("progressive.jpg") ?? Buffer.alloc(0);
    expect(walk(resizedJpeg(jpeg, 65_500, 1))).to.include({
      width: 65_500,
      height: 1,
    });
    expect(walk(tinyGif(65_535, 3))).to.include({ width: 65_535, height: 3 });
    const large = png({ width: 20_000, height: 20_000 }, Buffer.alloc(0));
    expect(walk(large)).to.include({ width: 20_000, height: 20_000 });
  });
});
