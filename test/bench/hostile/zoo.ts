import { execFileSync } from "node:child_process";
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import {
  chunk,
  png,
  resizedJpeg,
  strangers,
  tinyGif,
  withChunks,
  withSegments,
  zeros,
} from "./bytes.ts";
import { SIDE, sketch, soundFiles } from "./shapes.ts";

/** What must become of a file: it is sound, it must be refused, or either way goes as long as the command stands. */
export type Fate = "taken" | "refused" | "either";

/** Points at which each sound file is cut, and bits that are turned in it. */
const CUTS = 24;
const FLIPS = 40;

/** One sound file of each way to store a picture. */
const MAIMED = [
  "plain.png",
  "interlaced.png",
  "plain.jpg",
  "progressive.jpg",
  "plain.webp",
  "lossless.webp",
  "plain.gif",
  "moving.gif",
  "moving.webp",
];

/** Fills a folder with hostile and odd files; says for each what must become of it, and which kind it is of. */
export async function buildZoo(
  folder: string,
): Promise<
  ReadonlyMap<string, { readonly kind: string; readonly fate: Fate }>
> {
  await mkdir(folder, { recursive: true });
  const zoo = new Map<string, { kind: string; fate: Fate }>();
  const put = async (
    kind: string,
    name: string,
    fate: Fate,
    bytes?: Uint8Array,
  ): Promise<void> => {
    if (bytes !== undefined) await writeFile(join(folder, name), bytes);
    zoo.set(name, { kind, fate });
  };
  const sound = await soundFiles();
  for (const [name, bytes] of sound) await put("sound", name, "taken", bytes);

  for (const name of MAIMED) {
    const bytes = sound.get(name) as Buffer;
    for (let cut = 0; cut < CUTS; cut++) {
      // Evenly, and the last few one byte apart: there a decoder has all the pixels already.
      const length =
        cut < CUTS - 4
          ? Math.floor((bytes.length * (cut + 1)) / (CUTS - 2))
          : bytes.length - (CUTS - cut);
      await put(
        "cut off",
        `cut-${cut}-${name}`,
        "refused",
        bytes.subarray(0, length),
      );
    }
    for (let flip = 0; flip < FLIPS; flip++) {
      const copy = Buffer.from(bytes);
      const bit = Math.floor((flip * 8 * bytes.length) / FLIPS) + 3 * flip;
      const at = Math.min(copy.length - 1, bit >> 3);
      copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7));
      const fate = name.endsWith("png") ? "refused" : "either";
      await put("a bit turned", `flip-${flip}-${name}`, fate, copy);
    }
  }

  for (const [name, bytes] of Object.entries(strangers()))
    await put("another format", name, "refused", bytes);

  const jpeg = await sketch(300).jpeg().toBuffer();
  const plain = await sketch(301).png().toBuffer();
  const gif = await sketch(302).gif().toBuffer();
  const size = "too large or small";
  await put(size, "one.png", "refused", await sketch(303, 1).png().toBuffer());
  await put(
    size,
    "sixty-three.jpg",
    "refused",
    await sketch(304, 63).jpeg().toBuffer(),
  );
  await put(
    size,
    "sixty-four.jpg",
    "taken",
    await sketch(305, 64).jpeg().toBuffer(),
  );
  const huge = { width: 20_000, height: 20_000 };
  await put(
    size,
    "zeros-20000.png",
    "refused",
    png({ ...huge, colour: 0 }, await zeros(20_000 * 20_001)),
  );
  await put(
    size,
    "zeros-20000-bits.png",
    "refused",
    png({ ...huge, depth: 1, colour: 0 }, await zeros(2_501 * 20_000)),
  );
  await put(
    size,
    "claims.png",
    "refused",
    png({ width: 2 ** 31 - 1, height: 2 ** 31 - 1 }, await zeros(100)),
  );
  await put(
    size,
    "claims-nothing.png",
    "refused",
    png({ width: 0, height: 0 }, await zeros(100)),
  );
  await put(size, "claims.jpg", "refused", resizedJpeg(jpeg, 65_500, 65_500));
  await put(size, "claims-nothing.jpg", "refused", resizedJpeg(jpeg, SIDE, 0));
  await put(size, "claims.gif", "refused", tinyGif(65_535, 65_535));
  await put(
    size,
    "long.png",
    "refused",
    png({ width: 16_385, height: 64 }, await zeros(64 * (3 * 16_385 + 1))),
  );

  const bomb = "bombs";
  const deep = { width: 9_000, height: 9_000, depth: 16, colour: 6 };
  const deepBytes = 9_000 * (8 * 9_000 + 1);
  await put(
    bomb,
    "deep-81-million.png",
    "either",
    png(deep, await zeros(deepBytes)),
  );
  await put(
    bomb,
    "interlaced-81-million.png",
    "refused",
    png({ ...deep, interlaced: true }, await zeros(deepBytes + 9_000 * 8)),
  );
  await put(bomb, "screen-99-million.gif", "refused", tinyGif(9_990, 9_990));
  await put(
    bomb,
    "progressive-claims-64-million.jpg",
    "refused",
    resizedJpeg(sound.get("progressive.jpg") as Buffer, 8_000, 8_000),
  );
  await put(
    bomb,
    "more-pixels-than-said.png",
    "either",
    png({ width: 64, height: 64 }, await zeros(50_000_000)),
  );
  await put(
    bomb,
    "fewer-pixels-than-said.png",
    "refused",
    png({ width: 4_000, height: 4_000 }, await zeros(1_000)),
  );
  const profile = Buffer.concat([
    Buffer.from("icc\0\0", "latin1"),
    await zeros(400_000_000),
  ]);
  await put(
    bomb,
    "profile-400-million.png",
    "either",
    withChunks(plain, [chunk("iCCP", profile)]),
  );
  const note = Buffer.concat([
    Buffer.from("Comment\0\0", "latin1"),
    await zeros(400_000_000),
  ]);
  await put(
    bomb,
    "comment-400-million.png",
    "either",
    withChunks(await sketch(306).png().toBuffer(), [chunk("zTXt", note)]),
  );
  const texts = Array.from({ length: 100_000 }, (_, i) =>
    chunk("tEXt", Buffer.from(`a\0${i}`, "latin1")),
  );
  await put(
    bomb,
    "chunks-100000.png",
    "either",
    withChunks(await sketch(307).png().toBuffer(), texts),
  );
  const exif = Array.from(
    { length: 300 },
    () =>
      [
        0xe1,
        Buffer.concat([
          Buffer.from("Exif\0\0", "latin1"),
          Buffer.alloc(65_000),
        ]),
      ] as const,
  );
  await put(bomb, "exif-20-mb.jpg", "either", withSegments(jpeg, exif));
  const icc = Array.from(
    { length: 255 },
    (_, i) =>
      [
        0xe2,
        Buffer.concat([
          Buffer.from(
            `ICC_PROFILE\0${String.fromCharCode(i + 1)}\xff`,
            "latin1",
          ),
          Buffer.alloc(65_000, i),
        ]),
      ] as const,
  );
  await put(
    bomb,
    "icc-16-mb.jpg",
    "either",
    withSegments(await sketch(308).jpeg().toBuffer(), icc),
  );
  await put(
    bomb,
    "icc-noise.jpg",
    "either",
    withSegments(await sketch(309).jpeg().toBuffer(), [
      [
        0xe2,
        Buffer.concat([
          Buffer.from("ICC_PROFILE\0\x01\x01", "latin1"),
          Buffer.alloc(900, 7),
        ]),
      ],
    ]),
  );
  await writeFile(join(folder, "heavy.png"), plain);
  await truncate(join(folder, "heavy.png"), 100_000_000);
  await put(bomb, "heavy.png", "refused");

  const two = "two files in one";
  await put(
    two,
    "png-and-archive.png",
    "taken",
    Buffer.concat([
      await sketch(310).png().toBuffer(),
      Buffer.from("PK\x03\x04", "latin1"),
      Buffer.alloc(500, 65),
    ]),
  );
  await put(
    two,
    "jpeg-and-script.jpg",
    "taken",
    withSegments(await sketch(311).jpeg().toBuffer(), [
      [0xfe, Buffer.from("<?php system($_GET[0]); ?>")],
    ]),
  );
  await put(
    two,
    "gif-and-script.gif",
    "taken",
    Buffer.concat([gif, Buffer.from("*/=1;alert(1)")]),
  );
  await put(
    two,
    "png-in-jpeg.jpg",
    "taken",
    Buffer.concat([await sketch(312).jpeg().toBuffer(), plain]),
  );
  await put(
    two,
    "jpeg-named.png",
    "taken",
    await sketch(313).jpeg().toBuffer(),
  );
  await put(two, "png-named.webp", "taken", await sketch(314).png().toBuffer());
  const still = await sketch(315).png().toBuffer();
  await put(
    two,
    "moving.apng",
    "taken",
    withChunks(still, [chunk("acTL", Buffer.from([0, 0, 0, 9, 0, 0, 0, 0]))]),
  );

  const none = "no plain files";
  await put(none, "empty.png", "refused", Buffer.alloc(0));
  await put(none, "signature.png", "refused", plain.subarray(0, 8));
  await mkdir(join(folder, "folder.png"));
  await put(none, "folder.png", "refused");
  await symlink("plain.png", join(folder, "link.png"));
  await put(none, "link.png", "refused");
  await symlink("/etc/passwd", join(folder, "link-out.png"));
  await put(none, "link-out.png", "refused");
  await symlink("/dev/zero", join(folder, "link-endless.png"));
  await put(none, "link-endless.png", "refused");
  execFileSync("mkfifo", [join(folder, "pipe.png")]);
  await put(none, "pipe.png", "refused");
  await put(
    none,
    "two\nlines.png",
    "refused",
    await sketch(316).png().toBuffer(),
  );
  await put(
    none,
    "left\u202egnp.png",
    "refused",
    await sketch(317).png().toBuffer(),
  );
  await put(
    "odd names",
    "-rf.png",
    "taken",
    await sketch(318).png().toBuffer(),
  );
  await put(
    "odd names",
    "<b>&amp;'\".png",
    "taken",
    await sketch(319).png().toBuffer(),
  );
  await put(
    "odd names",
    "a..b.png",
    "taken",
    await sketch(320).png().toBuffer(),
  );
  await put(
    "odd names",
    "ünï-文.png",
    "taken",
    await sketch(321).png().toBuffer(),
  );
  return zoo;
}
