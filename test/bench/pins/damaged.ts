import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { isLoopError } from "../../../offchain/kernel/errors.ts";
import { createRng, type Rng } from "../../../offchain/kernel/rng.ts";
import {
  CAR_HEADER_BYTES,
  decodeCarHeader,
} from "../../../offchain/publishing/car-format.ts";
import { checkCar } from "../../../offchain/publishing/car-reader.ts";
import { checkCarStream } from "../../../offchain/publishing/car-stream.ts";
import { rawCid } from "../../../offchain/publishing/cid.ts";
import { carOf, memorySource } from "../../kit/car-bytes.ts";
import { patterned } from "../../kit/unixfs-trees.ts";
import { table } from "../evolution/figures.ts";
import { damage, DAMAGES, type SoundCar } from "./damage.ts";

/** Prints how many damaged archives each reader accepts; false unless only the naive one does. */
export async function benchDamaged(
  count: number,
  seed: string,
): Promise<boolean> {
  const rng = createRng(keccak256(utf8(seed)));
  const cars = await Promise.all([soundCar(rng), soundCar(rng), soundCar(rng)]);
  for (const car of cars)
    for (const [reader, read] of Object.entries(READERS))
      if ((await read(car.bytes, car, rng)) !== undefined)
        throw new Error(`${reader} refuses a sound archive`);
  const strange = patterned(777, 77);
  const foreign = { cid: rawCid(strange, nativeSha256), bytes: strange };
  const kinds = Object.keys(DAMAGES);
  const accepted = new Map<string, number[]>();
  const codes = new Map<string, number>();
  const totals = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const kind = kinds[i % kinds.length] ?? "";
    const car = cars[rng.below(cars.length)] ?? cars[0];
    const bytes = damage(kind, { car, rng, foreign });
    const row = accepted.get(kind) ?? [0, 0, 0, 0];
    accepted.set(kind, row);
    row[0] = (row[0] ?? 0) + 1;
    for (const [r, read] of Object.values(READERS).entries()) {
      const code = await read(bytes, car, rng);
      if (code === undefined) {
        row[r + 1] = (row[r + 1] ?? 0) + 1;
        totals[r] = (totals[r] ?? 0) + 1;
      } else if (r === 1) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  const head = Object.keys(READERS).map((name) => `accepted by ${name}`);
  console.log(
    table(
      ["damaged in one place by", "archives", ...head],
      [...accepted].map(([kind, row]) => [kind, ...row.map(String)]),
    ),
  );
  console.log();
  console.log(
    table(
      ["refused by checkCarStream with", "times"],
      [...codes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, times]) => [code, String(times)]),
    ),
  );
  const [whole, stream, naive] = totals;
  console.log(
    `\n${count} archives damaged in one place each: checkCar accepts ${whole}, checkCarStream ${stream}, the naive control (size and root) ${naive}\n`,
  );
  return whole === 0 && stream === 0 && (naive ?? 0) > 0;
}

type Read = (
  bytes: Uint8Array,
  car: SoundCar,
  rng: Rng,
) => Promise<string | undefined>;

/** Each gives the code it refuses with, or undefined. */
const READERS: Readonly<Record<string, Read>> = {
  checkCar: (bytes, { root }) =>
    codeOf(() => checkCar(memorySource(bytes), { root, hash: nativeSha256 })),
  checkCarStream: (bytes, { root, blocks }, rng) =>
    codeOf(() =>
      checkCarStream(inPieces(bytes, rng), {
        root,
        expected: blocks.map(({ cid }) => cid.toString()),
        exact: true,
        hash: nativeSha256,
      }),
    ),
  "size and root": (bytes, car) =>
    codeOf(async () => {
      const root = decodeCarHeader(bytes.slice(0, CAR_HEADER_BYTES));
      if (bytes.length !== car.bytes.length || !root.equals(car.root))
        throw new Error("another size or root");
    }, true),
};

async function codeOf(
  work: () => Promise<unknown>,
  naive = false,
): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isLoopError(error)) return error.code;
    if (naive) return "refused";
    // Nothing but our own errors may come out of a reader.
    throw error;
  }
}

async function* inPieces(
  bytes: Uint8Array,
  rng: Rng,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const length = 1 + rng.below(8_192);
    yield bytes.slice(at, at + length);
    at += length;
  }
}

async function soundCar(rng: Rng): Promise<SoundCar> {
  const works = Array.from({ length: 6 }, (_, i) => i);
  return carOf({
    ...Object.fromEntries(
      works.map((i) => [
        `${i}.json`,
        patterned(900 + rng.below(900), rng.u32()),
      ]),
    ),
    images: Object.fromEntries(
      works.map((i) => [
        `${i}.png`,
        patterned(4_000 + rng.below(9_000), rng.u32()),
      ]),
    ),
  });
}
