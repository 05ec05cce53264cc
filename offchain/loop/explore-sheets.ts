import { wave } from "../generator/work/view.ts";
import { readSteer, STEER_END, type Steer } from "../generator/work/steer.ts";
import { FatalError } from "../kernel/errors.ts";
import type { PictureKey } from "./engine.ts";
import type { Drawing } from "./explore-draw.ts";
import type { Dial } from "./explore-dials.ts";

/** A picture and where its dials stand, so that whoever likes it can ask for it. */
export type Steered = PictureKey & { readonly steer: Steer };

/** Milliseconds that a frame of a walk is shown. */
const FRAME = 60;

/** A work with one dial or more set anew. */
export function steered(key: PictureKey, dials: Steer): Steered {
  const steer = { ...key.steer, ...dials };
  return { ...key, steer: readSteer(steer, Object.keys(steer)) };
}

/** Places of a dial from `reach` below where it stands to `reach` above, within its ends; of an odd number that place is the middle one. */
export function stopsAround(
  at: number,
  reach: number,
  stops: number,
): readonly number[] {
  const [low, high] = [within(at - reach), within(at + reach)];
  return Array.from({ length: stops }, (_, i) => {
    const t = (2 * i) / Math.max(1, stops - 1) - 1;
    return at + Math.round(t < 0 ? t * (at - low) : t * (high - at));
  });
}

/** A sheet around a work: to the right along one dial, upwards along another; the work itself in the middle. */
export function gridAround(
  key: PictureKey,
  [across, up]: readonly [Dial, Dial],
  { stops, reach }: { readonly stops: number; readonly reach: number },
): Steered[] {
  if (across.name === up.name) {
    throw new FatalError(
      "explore/one-dial",
      `A grid has two dials, and \`${across.name}\` is named twice; name another.`,
    );
  }
  const along = (dial: Dial): readonly number[] =>
    stopsAround(key.steer?.[dial.name] ?? 0, reach, stops);
  return along(up)
    .toReversed()
    .flatMap((y) =>
      along(across).map((x) =>
        steered(key, { [across.name]: x, [up.name]: y }),
      ),
    );
}

/** A row for each dial, from one end to the other. */
export function sliders(
  key: PictureKey,
  dials: readonly Dial[],
  { stops, reach }: { readonly stops: number; readonly reach: number },
): Steered[] {
  return dials.flatMap(({ name }) =>
    stopsAround(key.steer?.[name] ?? 0, reach, stops).map((value) =>
      steered(key, { [name]: value }),
    ),
  );
}

/** Once around a work, on the ring that two dials span: an animation that ends where it began. */
export function ringAround(
  key: PictureKey,
  [across, up]: readonly [Dial, Dial],
  { frames, reach }: { readonly frames: number; readonly reach: number },
): Steered[] {
  return Array.from({ length: frames }, (_, k) =>
    steered(key, {
      [across.name]: swing(key, across, reach * wave(k / frames + 0.25)),
      [up.name]: swing(key, up, reach * wave(k / frames)),
    }),
  );
}

/** Every dial in turn, up and down and back to where it stood. */
export function swings(
  key: PictureKey,
  dials: readonly Dial[],
  { frames, reach }: { readonly frames: number; readonly reach: number },
): Steered[] {
  const each = Math.max(2, Math.floor(frames / dials.length));
  return dials.flatMap((dial) =>
    Array.from({ length: each }, (_, k) =>
      steered(key, {
        [dial.name]: swing(key, dial, reach * wave(k / each + 0.5)),
      }),
    ),
  );
}

/** An animation of steered works, all shown equally long. */
export function film(pictures: readonly Steered[], size: number): Drawing {
  const delays = pictures.map(() => FRAME);
  return { form: { kind: "animation", delays }, size, pictures };
}

function swing(key: PictureKey, { name }: Dial, by: number): number {
  return within((key.steer?.[name] ?? 0) + Math.round(by));
}

const within = (value: number): number =>
  Math.max(-STEER_END, Math.min(STEER_END, value));
