import sharp, { type Sharp } from "sharp";

/** Side of the sound pictures of the zoo. */
export const SIDE = 160;

/** A picture that no other number draws: blots and bars from a linear congruence, so the same on every machine. */
export function drawing(number: number, side = SIDE): Uint8Array {
  let state = (number + 1) * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const rgb = new Uint8Array(side * side * 3);
  const fill = (
    inside: (x: number, y: number) => boolean,
    colour: readonly number[],
  ): void => {
    for (let i = 0; i < side * side; i++)
      if (inside(i % side, Math.floor(i / side))) rgb.set(colour, 3 * i);
  };
  const colour = (): number[] => [0, 0, 0].map(() => Math.floor(next() * 256));
  fill(() => true, colour());
  for (let blot = 0; blot < 7; blot++) {
    const [u, v] = [next() * side, next() * side];
    const [w, h] = [(0.1 + next() / 3) * side, (0.1 + next() / 3) * side];
    const round = next() < 0.5;
    fill(
      (x, y) =>
        round
          ? ((x - u) / w) ** 2 + ((y - v) / h) ** 2 < 1
          : Math.abs(x - u) < w && Math.abs(y - v) < h / 2,
      colour(),
    );
  }
  return rgb;
}

/** The same as an image of the encoder. */
export function sketch(number: number, side = SIDE): Sharp {
  return sharp(drawing(number, side), {
    raw: { width: side, height: side, channels: 3 },
  });
}

/** One sound file of each kind, by the name that it gets. */
export async function soundFiles(): Promise<ReadonlyMap<string, Buffer>> {
  let number = 0;
  const one = (): Sharp => sketch(number++);
  const frames = async (): Promise<Buffer> =>
    Buffer.concat([drawing(number++), drawing(number++), drawing(number++)]);
  const moving = async (): Promise<Sharp> =>
    sharp(await frames(), {
      raw: { width: SIDE, height: 3 * SIDE, channels: 3, pageHeight: SIDE },
    });
  const holes = (): Sharp =>
    one().composite([
      {
        input: Buffer.from(
          `<svg width="${SIDE}" height="${SIDE}"><circle cx="80" cy="80" r="60"/></svg>`,
        ),
        blend: "dest-in",
      },
    ]);
  const files: Record<string, Promise<Buffer>> = {
    "plain.png": one().png().toBuffer(),
    "interlaced.png": one().png({ progressive: true }).toBuffer(),
    "palette.png": one().png({ palette: true }).toBuffer(),
    "deep.png": one().toColourspace("rgb16").png().toBuffer(),
    "grey.png": one().toColourspace("b-w").png().toBuffer(),
    "grey-deep.png": one().toColourspace("grey16").png().toBuffer(),
    "alpha.png": holes().ensureAlpha().png().toBuffer(),
    "plain.jpg": one().jpeg({ quality: 90 }).toBuffer(),
    "progressive.jpg": one().jpeg({ progressive: true }).toBuffer(),
    "grey.jpg": one().toColourspace("b-w").jpeg().toBuffer(),
    "cmyk.jpg": one().toColourspace("cmyk").jpeg().toBuffer(),
    "profile.jpg": one().withIccProfile("p3").jpeg().toBuffer(),
    "plain.webp": one().webp().toBuffer(),
    "lossless.webp": one().webp({ lossless: true }).toBuffer(),
    "alpha.webp": holes().webp().toBuffer(),
    "moving.webp": moving().then((image) => image.webp().toBuffer()),
    "plain.gif": one().gif().toBuffer(),
    "moving.gif": moving().then((image) => image.gif().toBuffer()),
  };
  for (let turn = 1; turn <= 8; turn++) {
    files[`turned-${turn}.jpg`] = one()
      .withMetadata({ orientation: turn })
      .jpeg()
      .toBuffer();
  }
  const made = new Map<string, Buffer>();
  for (const [name, file] of Object.entries(files)) made.set(name, await file);
  return made;
}
