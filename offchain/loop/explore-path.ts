import { WHOLE } from "../generator/work/colours-between.ts";
import { FatalError } from "../kernel/errors.ts";
import type { PictureKey } from "./engine.ts";
import type { Drawing } from "./explore-draw.ts";
import { inOrder } from "./in-order.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Progress } from "./ports-progress.ts";

/** Side of the pictures by which a way is paced, and how many parts of it are looked at. */
const PACE_SIZE = 64;
const PACE_PARTS = 16;

/** Milliseconds that a frame on the way is shown, and a work where the way arrives. */
const FRAME = 60;
const WORK = 900;

/** A leg of a path: two works, and where its frames lie, thousandths of the way, without its ends. */
export interface Leg {
  readonly from: PictureKey;
  readonly to: PictureKey;
  readonly shares: readonly number[];
}

interface Ports {
  readonly pool: EnginePool;
  readonly progress: Progress;
}

/**
 * The legs from work to work. Frames are spread so that each step changes the picture about equally, slower where a work is left and
 * where the next is reached: mixed evenly, all would happen in the middle.
 * @throws FatalError `explore/short-path`.
 */
export async function legsOf(
  ports: Ports,
  works: readonly PictureKey[],
  { frames, closed }: { readonly frames: number; readonly closed: boolean },
): Promise<readonly Leg[]> {
  if (works.length < 2) {
    throw new FatalError(
      "explore/short-path",
      `A path of ${works.length} works leads nowhere; name at least two, commas between them.`,
    );
  }
  const ends = works.map((from, i) => ({ from, to: works[i + 1] ?? works[0] }));
  const legs: Leg[] = [];
  for (const { from, to } of closed ? ends : ends.slice(0, -1)) {
    if (to === undefined) continue;
    const changes = await changesOn(ports, from, to);
    ports.progress.stage(
      "pace",
      legs.length + 1,
      ends.length - (closed ? 0 : 1),
    );
    legs.push({ from, to, shares: pace(changes, frames) });
  }
  return legs;
}

/** A frame on a leg. */
export function onTheWay({ from, to }: Leg, share: number): PictureKey {
  const { towards: _, ...key } = to;
  return share === 0 ? from : { ...from, towards: { key, share } };
}

/** A row for each leg, with both of its works. */
export function pathSheet(legs: readonly Leg[], size: number): Drawing {
  const columns = (legs[0]?.shares.length ?? 0) + 2;
  return {
    form: { kind: "sheet", columns },
    size,
    pictures: legs.flatMap((leg) => [
      leg.from,
      ...leg.shares.map((share) => onTheWay(leg, share)),
      leg.to,
    ]),
  };
}

/** All legs as one animation that rests at every work. */
export function pathFilm(legs: readonly Leg[], size: number): Drawing {
  const frames = legs.flatMap((leg) => [
    { key: leg.from, delay: WORK },
    ...leg.shares.map((share) => ({ key: onTheWay(leg, share), delay: FRAME })),
  ]);
  return {
    form: { kind: "animation", delays: frames.map(({ delay }) => delay) },
    size,
    pictures: frames.map(({ key }) => key),
  };
}

/** How much a picture changes in each of the parts of a way. */
async function changesOn(
  { pool }: Ports,
  from: PictureKey,
  to: PictureKey,
): Promise<readonly number[]> {
  const leg = { from, to, shares: [] };
  const looks: Uint8Array[] = [];
  const places = Array.from({ length: PACE_PARTS + 1 }, (_, i) => i);
  await inOrder(places, 2 * pool.workers, async (i) => {
    const share = Math.round((WHOLE * i) / PACE_PARTS);
    const key = i === PACE_PARTS ? to : onTheWay(leg, share);
    looks[i] = await pool.pixels(key, PACE_SIZE);
  });
  return looks.slice(1).map((look, i) => differenceOf(looks[i] ?? look, look));
}

/** Root mean square of the difference of two pictures, 1 from black to white. */
export function differenceOf(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = (a[i] ?? 0) - (b[i] ?? 0);
    sum += d * d;
  }
  return Math.sqrt(sum / a.length) / 255;
}

/** Places of `frames` frames between the ends of a way whose parts change so much: even steps, eased at both ends. */
export function pace(
  changes: readonly number[],
  frames: number,
): readonly number[] {
  // Where nothing is seen to change, time still passes.
  const least = Math.max(1e-6, changes.reduce((a, b) => a + b, 0) / 50);
  const parts = changes.map((change) => change + least);
  const whole = parts.reduce((a, b) => a + b, 0);
  return Array.from({ length: frames }, (_, k) => {
    let rest = ease((k + 1) / (frames + 1)) * whole;
    let part = 0;
    while (part < parts.length - 1 && rest > (parts[part] ?? 0))
      rest -= parts[part++] ?? 0;
    const at = (part + rest / (parts[part] ?? 1)) / parts.length;
    return Math.max(1, Math.min(WHOLE - 1, Math.round(WHOLE * at)));
  });
}

/** Half even, half slow at both ends. */
const ease = (t: number): number => (t + t * t * (3 - 2 * t)) / 2;
