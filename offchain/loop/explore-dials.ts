import { WEAVE_DIALS } from "../generator/loom/steer.ts";
import {
  readSteer,
  STYLE_DIALS,
  WORK_DIALS,
  type Steer,
  type WorkDial,
} from "../generator/work/steer.ts";
import { STYLE_WORDS } from "../generator/work/style-words.ts";
import { readTraits } from "../generator/work/traits.ts";
import { FatalError } from "../kernel/errors.ts";
import type { Traits } from "../kernel/traits.ts";
import type { Recipe } from "./recipe.ts";

/** A dial as a person sees it. */
export interface Dial {
  /** What a steer calls it. */
  readonly name: string;
  /** What it does, upwards. */
  readonly words: string;
  /** Whether it is a direction of the style, rather than of view, light or print. */
  readonly style: boolean;
}

/** What the dials of view, light and print do, upwards. */
const PLAIN: Readonly<Partial<Record<WorkDial, string>>> = {
  truncation: "nearer to the mean",
  zoom: "nearer",
  turn: "turned clockwise",
  across: "moved to the right",
  up: "moved up",
  slant: "leaning to the right",
  sway: "waving",
  weather: "stormier",
  light: "brighter",
  warmth: "warmer",
  hue: "round the colours",
  colour: "more vivid",
  line: "wider lines",
  edge: "harder tones",
  textile: "finer textiles",
};

/** What the dials of woven works do, upwards. */
const WOVEN: Readonly<Partial<Record<string, string>>> = {
  ...PLAIN,
  down: "moved down",
  truncation: "plainer",
  ...Object.fromEntries(
    [
      "first",
      "second",
      "third",
      "fourth",
      "fifth",
      "sixth",
      "seventh",
      "eighth",
    ].map((word, i) => [
      `style${i + 1}`,
      `along the dataset's ${word} direction`,
    ]),
  ),
};

/**
 * The dials that a work of these traits has under a recipe. A style that its family has no use for, and what it does not show, is left
 * out.
 */
export function dialsOf(
  { manifest }: Pick<Recipe, "manifest">,
  traits: Traits,
): readonly Dial[] {
  return manifest.version === 1
    ? dialsOfBase(traits)
    : WEAVE_DIALS.map((name) => ({
        name,
        words: WOVEN[name] ?? name,
        style: name.startsWith("style"),
      }));
}

function dialsOfBase(traits: Traits): readonly Dial[] {
  const { family, inlay, line, finish } = readTraits(traits);
  const idle = new Set<string>([
    ...(inlay === "none" || inlay === family ? ["textile"] : []),
    ...(line === "none" ? ["line"] : []),
    ...(finish === "flat" || finish === "cutout" ? ["edge"] : []),
  ]);
  const styles: readonly string[] = STYLE_DIALS;
  return WORK_DIALS.flatMap((name, i) => {
    const style = styles.includes(name);
    const words = style ? (STYLE_WORDS[family][i] ?? "") : (PLAIN[name] ?? "");
    return words === "" || idle.has(name) ? [] : [{ name, words, style }];
  });
}

/** A name or words as they are compared: "Sun lower" and "sun-lower" are one. */
const plain = (text: string): string =>
  text.toLowerCase().replaceAll(/[\s_-]+/g, "-");

/**
 * The dial that a person means, by name or by words.
 * @throws FatalError `explore/unknown-dial`.
 */
export function findDial(dials: readonly Dial[], text: string): Dial {
  const wanted = plain(text);
  const found = dials.find(
    ({ name, words }) => plain(name) === wanted || plain(words) === wanted,
  );
  if (found !== undefined) return found;
  throw new FatalError(
    "explore/unknown-dial",
    `\`${text}\` is no dial of this work; turn one of ${dials.map(({ name, words }) => `${name} (${words})`).join(", ")}.`,
  );
}

/**
 * A steer as a person gives it, by names or words.
 * @throws FatalError `explore/unknown-dial`, `generator/bad-dial`.
 */
export function steerOf(
  dials: readonly Dial[],
  turned: readonly (readonly [dial: string, value: number])[],
): Steer {
  const steer = Object.fromEntries(
    turned.map(([text, value]) => [findDial(dials, text).name, value]),
  );
  return readSteer(
    steer,
    dials.map(({ name }) => name),
  );
}
