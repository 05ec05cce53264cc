import { expect } from "chai";
import sharp from "sharp";

import {
  decodePicture,
  turnUpright,
} from "../../../offchain/adapters/picture-decode.ts";
import { png, tinyGif, zeros } from "../../bench/hostile/bytes.ts";
import { drawing, sketch, soundFiles } from "../../bench/hostile/shapes.ts";
import { expectCode } from "../../kit/rejection.ts";

const at = (rgb: Uint8Array, x: number, y: number): number[] => [
  ...rgb.subarray((y * 256 + x) * 3, (y * 256 + x) * 3 + 3),
];

describe("adapters/picture-decode", () => {
  it("takes every kind of sound file, and notes what it did", async () => {
    const notes = new Map<string, string>();
    for (const [name, bytes] of await soundFiles()) {
      const picture = await decodePicture(bytes, name);
      expect(picture.rgb, name).to.have.length(256 * 256 * 3);
      notes.set(name, picture.notes.join(" "));
    }
    expect(Object.fromEntries(notes)).to.include({
      "plain.png": "enlarged",
      "deep.png": "enlarged from-16-bit",
      "grey-deep.png": "enlarged from-grey from-16-bit",
      "alpha.png": "enlarged laid-on-white",
      "moving.gif": "first-frame enlarged",
      "moving.webp": "first-frame enlarged",
      "grey.jpg": "enlarged from-grey",
      "turned-6.jpg": "turned-upright enlarged from-profile",
      "turned-1.jpg": "enlarged from-profile",
    });
    expect(notes.get("cmyk.jpg")).to.contain("from-cmyk");
    expect(notes.get("profile.jpg")).to.contain("from-profile");
  });

  it("keeps the pixels of a picture that is as it should be", async () => {
    const rgb = drawing(1, 256);
    const raw = { width: 256, height: 256, channels: 3 } as const;
    const picture = await decodePicture(
      await sharp(rgb, { raw }).png().toBuffer(),
      "a.png",
    );
    expect(picture.notes).to.deep.equal([]);
    expect(Buffer.from(picture.rgb).equals(Buffer.from(rgb))).to.equal(true);
  });

  it("takes the centre square, and lays what is transparent on white", async () => {
    const bars = await sharp({
      create: { width: 768, height: 256, channels: 4, background: "#ff0000ff" },
    })
      .composite([
        {
          input: {
            create: {
              width: 256,
              height: 256,
              channels: 3,
              background: "#0000ff",
            },
          },
          left: 256,
          top: 0,
        },
        {
          input: {
            create: {
              width: 20,
              height: 20,
              channels: 4,
              background: "#ffffffff",
            },
          },
          left: 300,
          top: 30,
          blend: "dest-out",
        },
      ])
      .png()
      .toBuffer();
    const { rgb, notes } = await decodePicture(bars, "a.png");
    expect(at(rgb, 3, 128)).to.deep.equal([0, 0, 255]);
    expect(at(rgb, 252, 128)).to.deep.equal([0, 0, 255]);
    expect(at(rgb, 54, 40)).to.deep.equal([255, 255, 255]);
    expect(notes).to.deep.equal(["cropped", "laid-on-white"]);
  });

  it("turns as the decoder's own way of turning does, for all eight", async () => {
    const rgb = drawing(2, 256);
    const raw = { width: 256, height: 256, channels: 3 } as const;
    for (let orientation = 1; orientation <= 8; orientation++) {
      const tagged = await sharp(rgb, { raw })
        .withMetadata({ orientation })
        .png()
        .toBuffer();
      const expected = await sharp(tagged).autoOrient().raw().toBuffer();
      expect(
        Buffer.from(turnUpright(rgb, orientation)).equals(expected),
        `orientation ${orientation}`,
      ).to.equal(true);
    }
    expect(turnUpright(rgb, 9)).to.equal(rgb);
  });

  it("refuses by the header what is too large or too small", async () => {
    const bits = { width: 20_000, height: 20_000, depth: 1, colour: 0 };
    await expectCode(
      decodePicture(png(bits, await zeros(1000)), "a.png"),
      "picture/too-large",
    );
    await expectCode(
      decodePicture(tinyGif(65_535, 65_535), "a.gif"),
      "picture/too-large",
    );
    for (const side of [1, 63])
      await expectCode(
        decodePicture(await sketch(1, side).png().toBuffer(), "a.png"),
        "picture/too-small",
      );
    expect(
      (await decodePicture(await sketch(1, 64).png().toBuffer(), "a.png"))
        .width,
    ).to.equal(64);
  });

  it("refuses what is cut off, damaged, empty or something else", async () => {
    const jpeg = await sketch(3).jpeg().toBuffer();
    const fewer = png({ width: 200, height: 200 }, await zeros(300));
    const cases: readonly (readonly [Buffer, `picture/${string}`])[] = [
      [Buffer.alloc(0), "picture/empty"],
      [jpeg.subarray(0, jpeg.length - 2), "picture/truncated"],
      [jpeg.subarray(0, 12), "picture/damaged"],
      [fewer, "picture/damaged"],
      [Buffer.from("<svg/>"), "picture/wrong-format"],
      [Buffer.from("II*\0", "latin1"), "picture/wrong-format"],
      [Buffer.from("hello"), "picture/wrong-format"],
    ];
    for (const [bytes, code] of cases) {
      const { message } = await expectCode(
        decodePicture(bytes, "my.png"),
        code,
      );
      expect(message).to.contain("my.png");
    }
  });
});
