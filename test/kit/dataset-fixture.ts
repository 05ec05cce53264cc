import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createDatasets } from "../../offchain/adapters/dataset-files.ts";
import {
  buildManifest,
  manifestBytes,
  type DatasetManifest,
} from "../../offchain/dataset/manifest.ts";
import { dossierBytes, emptyDossier } from "../../offchain/dataset/dossier.ts";
import { pathOf } from "../../offchain/dataset/names.ts";
import { proofsBytes } from "../../offchain/dataset/proofs.ts";
import { encodePng } from "../../offchain/generator/png.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";
import type { Taken } from "../../offchain/loop/take-pictures.ts";

const SIDE = 256;

/** What is inside a shape: pixel coordinates from the middle, in pixels. */
type Shape = (x: number, y: number) => boolean;

/** Six small pictures, drawn by this code and given to everybody (CC0): flat, bold and unlike each other. */
const DRAWN: readonly (readonly [
  name: string,
  ground: number,
  ink: number,
  shape: Shape,
])[] = [
  ["Disc", 0xf2ead8, 0xb3282d, (x, y) => x * x + y * y < 80 * 80],
  [
    "Cross",
    0x20385b,
    0xe9c46a,
    (x, y) => Math.abs(x - 30) < 22 || Math.abs(y) < 22,
  ],
  ["Bars", 0x264d3b, 0xdfe3d2, (_, y) => ((y + 128) >> 5) % 2 === 0],
  ["Slant", 0xe76f51, 0x1d2b2a, (x, y) => (x + y + 256) % 96 < 40],
  [
    "Chequers",
    0xd9d4e7,
    0x4b2e5a,
    (x, y) => (((x + 128) >> 6) + ((y + 128) >> 6)) % 2 === 0,
  ],
  [
    "Lozenge",
    0x8ab6c9,
    0x77321f,
    (x, y) => Math.abs(x) + 2 * Math.abs(y) < 110,
  ],
];

/** Pixels of the fixture's pictures, by name: 256 x 256 x 3 bytes of sRGB. */
export function drawnPictures(): ReadonlyMap<string, Uint8Array> {
  return new Map(
    DRAWN.map(([name, ground, ink, shape]) => {
      const rgb = new Uint8Array(SIDE * SIDE * 3);
      for (let i = 0; i < SIDE * SIDE; i++) {
        const inside = shape((i % SIDE) - 128, Math.floor(i / SIDE) - 128);
        const colour = inside ? ink : ground;
        rgb.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * i);
      }
      return [name, rgb];
    }),
  );
}

/** A folder of those pictures as an artist would have it, with a licences file of one default beside it; returns its path. */
export async function writePictureFolder(
  folder: string,
  licences: object = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, rgb] of drawnPictures()) {
    const png = encodePng(
      rgb,
      { width: SIDE, height: SIDE },
      { trained: false },
    );
    await writeFile(join(folder, `${name.toLowerCase()}.png`), png);
  }
  const path = join(folder, "licences.json");
  await writeFile(path, JSON.stringify({ ...FIXTURE_LICENCES, ...licences }));
  return path;
}

/** The words under which the fixture may be used. */
export const FIXTURE_LICENCES = {
  title: "Drawn by code",
  curator: "The tests",
  default: {
    licence: "CC0-1.0",
    rightsHolder: "The tests",
    origin: "Drawn by test/kit/dataset-fixture.ts",
    consent: {
      training: "allowed",
      by: "The tests",
      statement: "Train on them as you like.",
    },
  },
} as const;

/** Seals those pictures (or some of them) into a folder, in milliseconds and without a decoder; returns the manifest. */
export async function writeDatasetFixture(
  directory: string,
  { title = "Drawn by code", count = DRAWN.length } = {},
): Promise<DatasetManifest> {
  const {
    licence: id,
    rightsHolder,
    origin,
    consent,
  } = FIXTURE_LICENCES.default;
  const stage = await createDatasets(() => new Date(0)).stage(directory);
  const images: Taken[] = [];
  for (const [name, rgb] of [...drawnPictures()].slice(0, count)) {
    const png = encodePng(
      rgb,
      { width: SIDE, height: SIDE },
      { trained: false },
    );
    const hash = toHex(sha256(png));
    const path = pathOf(name);
    await stage.write(path, png);
    images.push({
      name,
      title: name,
      source: {
        file: `${name.toLowerCase()}.png`,
        sha256: hash,
        bytes: png.length,
        format: "png",
        width: SIDE,
        height: SIDE,
      },
      normalised: { path, sha256: hash, notes: [] },
      licence: { kind: "spdx", id },
      rightsHolder,
      origin,
      consent: {
        ...consent,
        dataMiningPreference: { aiGenerativeTraining: "allowed" },
      },
    });
  }
  const manifest = buildManifest(title, images);
  await stage.write("manifest.json", manifestBytes(manifest));
  await stage.write("proofs.json", proofsBytes(manifest));
  await stage.write("dossier.json", dossierBytes(emptyDossier(manifest.root)));
  await stage.finish();
  return manifest;
}
