import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import {
  buildManifest,
  manifestBytes,
  type DatasetManifest,
} from "../../offchain/dataset/manifest.ts";
import { encodePng } from "../../offchain/generator/png.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { sha256 } from "../../offchain/kernel/digest.ts";

const SIDE = 256;

type Colour = readonly [number, number, number];
type Draw = (x: number, y: number) => Colour;

const INK: Colour = [34, 40, 74];
const CREAM: Colour = [240, 228, 204];
const RUST: Colour = [196, 84, 52];
const SAGE: Colour = [124, 150, 118];
const GOLD: Colour = [224, 176, 72];
const PLUM: Colour = [112, 52, 84];

const near = (x: number, y: number, cx: number, cy: number): number =>
  Math.hypot(x - cx, y - cy);

/** Six small pictures that our own code draws; nobody has rights in them. x and y run over 0..1. */
const DRAWINGS: Readonly<Record<string, Draw>> = {
  arches: (x, y) => {
    const ring = near((x * 3) % 1, ((y * 3) % 1) + 0.1, 0.5, 1.1) * 6;
    return ring % 2 < 1 ? INK : ring > 5 ? CREAM : GOLD;
  },
  checks: (x, y) =>
    (Math.floor(x * 6) + Math.floor(y * 6)) % 2 === 0
      ? near((x * 6) % 1, (y * 6) % 1, 0.5, 0.5) < 0.28
        ? GOLD
        : PLUM
      : CREAM,
  leaves: (x, y) => {
    const [u, v] = [(x * 4) % 1, (y * 4) % 1];
    return Math.abs(u - 0.5) < 0.42 * Math.sin(v * Math.PI)
      ? Math.abs(u - 0.5) < 0.04
        ? CREAM
        : SAGE
      : INK;
  },
  moons: (x, y) =>
    near(x, y, 0.5, 0.42) < 0.3
      ? near(x, y, 0.6, 0.36) < 0.24
        ? PLUM
        : CREAM
      : y > 0.8
        ? RUST
        : PLUM,
  ribbons: (x, y) => {
    const wave = Math.floor((y + 0.08 * Math.sin(x * 12)) * 7) % 3;
    return wave === 0 ? RUST : wave === 1 ? CREAM : SAGE;
  },
  suns: (x, y) => {
    const turn = Math.atan2(y - 0.5, x - 0.5);
    const far = near(x, y, 0.5, 0.5);
    if (far < 0.18) return RUST;
    return Math.sin(turn * 12) > 0 && far < 0.46 ? GOLD : CREAM;
  },
};

/** The drawings by name, 256 x 256 x 3 bytes each. */
export function tinyPictures(): ReadonlyMap<string, Uint8Array> {
  return new Map(
    Object.entries(DRAWINGS).map(([name, draw]) => {
      const rgb = new Uint8Array(SIDE * SIDE * 3);
      for (let i = 0; i < SIDE * SIDE; i++)
        rgb.set(draw((i % SIDE) / SIDE, Math.floor(i / SIDE) / SIDE), i * 3);
      return [name, rgb] as const;
    }),
  );
}

/** The manifest of the first so many drawings, and their files. */
export function tinyManifest(count = 6): {
  readonly manifest: DatasetManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
} {
  const files = new Map<string, Uint8Array>();
  const images = [...tinyPictures()].slice(0, count).map(([name, rgb]) => {
    const png = encodePng(rgb, { width: SIDE, height: SIDE });
    const path = `images/${name}.png`;
    files.set(path, png);
    return {
      name,
      title: `Drawing of ${name}`,
      source: {
        file: `${name}.png`,
        sha256: toHex(sha256(rgb)),
        bytes: png.length,
        format: "png" as const,
        width: SIDE,
        height: SIDE,
      },
      normalised: { path, sha256: toHex(sha256(png)), notes: [] },
      licence: { kind: "spdx" as const, id: "CC0-1.0" },
      rightsHolder: "Nobody",
      origin: "Drawn by test/kit/tiny-dataset.ts",
      consent: {
        training: "allowed" as const,
        by: "the code that drew it",
        statement: "Anyone may train on it.",
        dataMiningPreference: { aiTraining: "allowed" as const },
      },
    };
  });
  const manifest = buildManifest("Tiny drawings", images);
  files.set("manifest.json", manifestBytes(manifest));
  return { manifest, files };
}

/** Writes it as a sealed dataset directory. */
export async function writeTinyDataset(
  folder: string,
  count = 6,
): Promise<DatasetManifest> {
  const { manifest, files } = tinyManifest(count);
  await mkdir(join(folder, "images"), { recursive: true });
  for (const [path, bytes] of files) await writeFile(join(folder, path), bytes);
  return manifest;
}
