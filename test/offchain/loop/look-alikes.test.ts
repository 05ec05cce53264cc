import { expect } from "chai";

import {
  createLookAlikes,
  viewsOf,
} from "../../../offchain/loop/look-alikes.ts";
import { drawing } from "../../bench/hostile/shapes.ts";

describe("loop/look-alikes", () => {
  const pictures = Array.from({ length: 12 }, (_, i) => drawing(i, 256));
  const fill = async () => {
    const alike = createLookAlikes<number>(async (place) => pictures[place]!);
    for (const [place, rgb] of pictures.entries()) {
      const views = viewsOf(rgb);
      expect(await alike.find(views), `${place}`).to.equal(undefined);
      alike.add(place, views);
    }
    return alike;
  };
  const drawn = (draw: (x: number, y: number) => readonly [number, number]) =>
    pictures.map((rgb) => {
      const copy = new Uint8Array(rgb.length);
      for (let i = 0; i < 65_536; i++) {
        const [x, y] = draw(i % 256, i >> 8);
        const from = (y * 256 + x) * 3;
        copy.set(rgb.subarray(from, from + 3), 3 * i);
      }
      return copy;
    });

  it("finds each picture again, mirrored, turned or cropped, and says how", async () => {
    const alike = await fill();
    const inner = (v: number): number => 12 + Math.floor((v * 232) / 256);
    const ways: Record<string, Uint8Array[]> = {
      "the same picture as": pictures.map((rgb) =>
        rgb.map((value) => Math.min(255, value + 8)),
      ),
      "the mirror image of": drawn((x, y) => [255 - x, y]),
      "a turned copy of": drawn((x, y) => [255 - y, x]),
      "a part of": drawn((x, y) => [inner(x), inner(y)]),
    };
    for (const [how, copies] of Object.entries(ways))
      for (const [place, rgb] of copies.entries()) {
        const found = await alike.find(viewsOf(rgb));
        expect(found?.earlier, `${how} ${place}`).to.equal(place);
        // A small crop is also nearly the same picture.
        if (how !== "a part of") expect(found?.how).to.equal(how);
      }
  });

  it("finds a picture of which an earlier one was a part", async () => {
    const alike = createLookAlikes<number>(async () => part);
    const [part] = drawn((x, y) => [
      24 + Math.floor((x * 232) / 256),
      Math.floor((y * 232) / 256),
    ]) as [Uint8Array];
    alike.add(0, viewsOf(part));
    expect((await alike.find(viewsOf(pictures[0]!)))?.earlier).to.equal(0);
  });
});
