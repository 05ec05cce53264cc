import { FatalError } from "../../kernel/errors.ts";
import type { Colour } from "./colours.ts";
import type { Drive } from "./drive.ts";
import type { Layer } from "./plan.ts";

/** How far a dial turns either way. */
export const STEER_END = 1000;

/** Where somebody turned the dials of a work, integers from -1000 to 1000 by name; a dial that is left out stands at 0. */
export type Steer = Readonly<Record<string, number>>;

/** Style directions: each goes from where a work is all the way to an end of what the network learned. */
export const STYLE_DIALS = [
  "style1",
  "style2",
  "style3",
  "style4",
  "style5",
  "style6",
  "style7",
  "style8",
] as const;

/** Every dial of a work that is drawn by the base alone. */
export const WORK_DIALS = [
  ...STYLE_DIALS,
  /** Style pulled to the mean: safer pictures; below 0 pushed away from it. */
  "truncation",
  /** Far to near. */
  "zoom",
  /** Anticlockwise to clockwise: a quarter turn, less for what has a sky above. */
  "turn",
  /** The view moved left to right, and down to up. */
  "across",
  "up",
  /** Leaning left to leaning right. */
  "slant",
  /** Straight to waving. */
  "sway",
  /** Still air to storm, as the market's volatility would have it. */
  "weather",
  /** Night to day. */
  "light",
  /** Cool to warm. */
  "warmth",
  /** Once round the colour circle. */
  "hue",
  /** Grey to vivid. */
  "colour",
  /** Thin to wide drawn lines. */
  "line",
  /** Soft to hard tones. */
  "edge",
  /** Coarse to fine inlays. */
  "textile",
] as const;
export type WorkDial = (typeof WORK_DIALS)[number];

/** A steer that changes nothing. */
export const UNSTEERED: Steer = {};

/**
 * A steer with its dials in the order of `dials`, those at 0 left out: equal pictures, equal steers.
 * @throws FatalError `generator/unknown-dial`, `generator/bad-dial`.
 */
export function readSteer(steer: Steer, dials: readonly string[]): Steer {
  for (const [name, value] of Object.entries(steer)) {
    if (!dials.includes(name)) {
      throw new FatalError(
        "generator/unknown-dial",
        `\`${name}\` is no dial of this work; turn one of ${dials.join(", ")}.`,
      );
    }
    if (!Number.isInteger(value) || Math.abs(value) > STEER_END) {
      throw new FatalError(
        "generator/bad-dial",
        `Dial \`${name}\` stands at ${value}; give a whole number from -${STEER_END} to ${STEER_END}.`,
      );
    }
  }
  return Object.fromEntries(
    dials.flatMap((name) => {
      const value = steer[name] ?? 0;
      return value === 0 ? [] : [[name, value]];
    }),
  );
}

/** A dial as a share, -1..1. */
const share = (steer: Steer, dial: WorkDial): number =>
  (steer[dial] ?? 0) / STEER_END;

/** What `up` adds per unit of a dial above zero, and `down` below. */
const bend = (value: number, up: number, down: number): number =>
  value * (value < 0 ? down : up);

/** A drive with weather added: what moves shapes, tones and lines. */
export function steerWeather(drive: Drive, steer: Steer): Drive {
  const weather = share(steer, "weather");
  if (weather === 0) return drive;
  return { ...drive, unrest: drive.unrest + 1.5 * weather };
}

/** A drive with light and warmth added: what relights a palette. */
export function steerLight(drive: Drive, steer: Steer): Drive {
  const light = share(steer, "light");
  const warmth = share(steer, "warmth");
  if (light === 0 && warmth === 0) return drive;
  return {
    ...drive,
    light: drive.light + 1.3 * light,
    warmth: drive.warmth + 1.1 * warmth,
  };
}

/** A field looked at anew. What has a sky above (`upright`) turns by a tenth of what else does. */
export function steerLayer(
  layer: Layer,
  steer: Steer,
  upright: boolean,
): Layer {
  if (Object.keys(steer).length === 0) return layer;
  const { view } = layer;
  const truncation = share(steer, "truncation");
  const keep = 1 - truncation;
  const zoom = share(steer, "zoom");
  const sway = share(steer, "sway");
  // In a picture that is changed over, right is left.
  const hand = view.flip ? -1 : 1;
  const t = -hand * share(steer, "turn") * (upright ? 0.1 : 1);
  // The half-angle formulas: a turn without sines.
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const turn = [
    view.turn[0] * cos - view.turn[1] * sin,
    view.turn[1] * cos + view.turn[0] * sin,
  ] as const;
  const right = -0.4 * hand * share(steer, "across");
  const up = 0.3 * share(steer, "up");
  const calm = Math.min(1, keep);
  return {
    ...layer,
    style: layer.style.map((at, i) => {
      const mean = Math.max(-1, Math.min(1, at * keep));
      const dial = STYLE_DIALS[i];
      const pull = dial === undefined ? 0 : share(steer, dial);
      return mean + (pull < 0 ? (mean + 1) * pull : (1 - mean) * pull);
    }),
    view: {
      ...view,
      zoom:
        zoom < 0 ? view.zoom * (1 - 0.3 * zoom) : view.zoom / (1 + 0.8 * zoom),
      turn,
      pan: [
        view.pan[0] * calm + right * turn[0] - up * turn[1],
        view.pan[1] * calm + right * turn[1] + up * turn[0],
      ],
      sway: (view.sway + 0.1 * Math.max(0, sway)) * (1 + Math.min(0, sway)),
      lean: view.lean + 0.4 * hand * share(steer, "slant"),
    },
  };
}

const VIEW_DIALS = ["zoom", "turn", "across", "up", "slant", "sway"] as const;

/** What an inlay takes of a steer: it moves with the picture that it lies in, and keeps its own style. */
export const steerOfInlay = (steer: Steer): Steer =>
  Object.fromEntries(
    VIEW_DIALS.flatMap((dial) =>
      steer[dial] === undefined ? [] : [[dial, steer[dial]]],
    ),
  );

/** What an inlay's zoom is multiplied by. */
export const textileOf = (steer: Steer): number => {
  const fine = share(steer, "textile");
  return fine < 0 ? 1 / (1 - fine) : 1 + fine;
};

/** What the drawn lines are widened by, and tones sharpened by, beside everything else. */
export const lineOf = (steer: Steer): number =>
  1 + bend(share(steer, "line"), 2, 0.85);
export const edgeOf = (steer: Steer): number => {
  const hard = share(steer, "edge");
  return hard < 0 ? 1 / (1 - 2 * hard) : 1 + 3 * hard;
};

/** Colours turned about the circle and greyed or enriched; value stays, so that any family still reads. */
export function steerColours(
  colours: readonly Colour[],
  steer: Steer,
): readonly Colour[] {
  const hue = share(steer, "hue");
  const vivid = share(steer, "colour");
  if (hue === 0 && vivid === 0) return colours;
  const t = hue;
  const half = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)] as const;
  // Twice the half-angle turn: a whole circle from one end of the dial to the other.
  const cos = half[0] * half[0] - half[1] * half[1];
  const sin = 2 * half[0] * half[1];
  return colours.map((colour) =>
    turned(colour, cos, sin, 1 + bend(vivid, 0.8, 1)),
  );
}

/** 1 / sqrt(3): the grey axis of the colour cube. */
const AXIS = 0.5773502691896258;

function turned(
  [r, g, b]: Colour,
  cos: number,
  sin: number,
  saturation: number,
): Colour {
  const grey = lumaOf(r, g, b);
  const [x, y, z] = [r - grey, g - grey, b - grey];
  // Rodrigues' turn about the grey axis; what it does to the value is taken back.
  const along = (x + y + z) * AXIS * AXIS * (1 - cos);
  const p = x * cos + (z - y) * AXIS * sin + along;
  const q = y * cos + (x - z) * AXIS * sin + along;
  const s = z * cos + (y - x) * AXIS * sin + along;
  const shift = lumaOf(p, q, s);
  const chroma = [p - shift, q - shift, s - shift].map((c) => c * saturation);
  // What no screen can show is drawn towards grey as a whole, so that hues hold.
  const fit = chroma.reduce((least, c) => {
    if (c > 0) return Math.min(least, (255 - grey) / c);
    return c < 0 ? Math.min(least, -grey / c) : least;
  }, 1);
  const put = (c: number): number =>
    Math.min(255, Math.max(0, Math.floor(grey + c * fit + 0.5)));
  return [put(chroma[0]!), put(chroma[1]!), put(chroma[2]!)];
}

const lumaOf = (r: number, g: number, b: number): number =>
  (r * 299 + g * 587 + b * 114) / 1000;
