import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { createRng, type Rng } from "../../../offchain/kernel/rng.ts";
import { FLOWERS, leaf, turned } from "./motifs.ts";

/** Side of a print, SVG units. */
export const PRINT_SIDE = 512;

/** Ground, dark, leaf, flower, heart: the five inks of a print. */
const INKS = [
  ["#f3ead7", "#23362f", "#5b7f5e", "#c8553d", "#f0b84c"],
  ["#1f2f46", "#0f1a2b", "#5f8d83", "#e9d8a6", "#d96c4f"],
  ["#d9dcc4", "#33423a", "#7d9a6a", "#8d4a6b", "#e7c45d"],
  ["#7a2e2b", "#3c1518", "#c98f5a", "#f2e3c6", "#e3a72f"],
  ["#e8c9a9", "#3a2c3f", "#87895a", "#3f6c88", "#f7f0df"],
  ["#27463f", "#132722", "#8fae6b", "#f0d9a0", "#d2693c"],
  ["#f1e0d0", "#4a2436", "#9aa37a", "#b8405e", "#f4c95d"],
  ["#c4d3d6", "#22384a", "#5f8f7a", "#f4f0e2", "#e08e45"],
] as const;

/** Names that the prints go by: ground and flower. */
const GROUNDS = [
  "Linen",
  "Midnight",
  "Lichen",
  "Madder",
  "Clay",
  "Forest",
  "Blush",
  "Mist",
];

/** One print of the set: its name and its SVG. */
export type Print = Readonly<{ name: string; svg: string }>;

/**
 * Twenty-four block prints in one hand, drawn by this code and given to everybody (CC0): flowers and leaves on a half-drop
 * repeat, three flowers on eight grounds. For trying out what tuning makes of a folder of pictures.
 */
export function blockPrints(): readonly Print[] {
  return Array.from({ length: 24 }, (_, i) => {
    const ground = i % 8;
    const kind = Math.floor(i / 8) * 2 + (ground % 2);
    const flower = FLOWERS[kind]!;
    const name = `${GROUNDS[ground]} ${flower.name}`;
    const rng = createRng(keccak256(utf8(`block print ${name}`)));
    return { name, svg: draw(INKS[ground]!, flower.draw, rng) };
  });
}

function draw(
  inks: readonly string[],
  flower: (inks: readonly string[], size: number) => string,
  rng: Rng,
): string {
  const [ground, dark, green] = inks as readonly [string, string, string];
  const columns = 2 + rng.below(2);
  const pitch = PRINT_SIDE / columns;
  const drop = pitch * (1.05 + 0.25 * rng.unit());
  const bend = (rng.unit() < 0.5 ? -1 : 1) * pitch * (0.16 + 0.1 * rng.unit());
  const offset = [rng.unit() * pitch, rng.unit() * drop] as const;
  const size = pitch * (0.27 + 0.05 * rng.unit());
  const leaves = 3 + rng.below(3);
  const slim = 0.3 + 0.2 * rng.unit();
  const berry = rng.unit() < 0.6;
  // One motif: a bent stem with leaves to both sides, its flower on top.
  const stem = `<path d="M0 0 C ${bend} ${-drop * 0.3} ${-bend} ${-drop * 0.55} 0 ${-drop * 0.92}" fill="none" stroke="${dark}" stroke-width="${pitch * 0.032}" stroke-linecap="round"/>`;
  const foliage = Array.from({ length: leaves * 2 }, (_, i) => {
    const t = (Math.floor(i / 2) + 0.6) / (leaves + 0.5);
    const side = i % 2 === 0 ? 1 : -1;
    const x = 3 * t * (1 - t) * (1 - t) * bend - 3 * t * t * (1 - t) * bend;
    const y = -drop * 0.92 * t;
    const angle = side * (52 - 18 * t);
    const ink = i % 3 === 2 ? dark : green;
    const long = pitch * (0.34 - 0.1 * t);
    return `<g transform="translate(${x} ${y})">${turned(angle, leaf(long, long * slim, ink, ground))}</g>`;
  }).join("");
  const berries = berry
    ? [-1, 1]
        .map(
          (side) =>
            `<circle cx="${side * pitch * 0.3}" cy="${-drop * 0.12}" r="${pitch * 0.035}" fill="${inks[4]}"/><circle cx="${side * pitch * 0.24}" cy="${-drop * 0.2}" r="${pitch * 0.026}" fill="${inks[3]}"/>`,
        )
        .join("")
    : "";
  const motif = `${stem}${foliage}${berries}<g transform="translate(0 ${-drop * 0.92})">${flower(inks, size)}</g>`;
  const copies: string[] = [];
  for (let column = -1; column <= columns + 1; column++)
    for (let row = -1; row <= PRINT_SIDE / drop + 2; row++) {
      const x = column * pitch + offset[0] - pitch / 2;
      const y = row * drop + offset[1] + (column % 2 === 0 ? 0 : drop / 2);
      const flip = column % 2 === 0 ? 1 : -1;
      copies.push(
        `<g transform="translate(${x} ${y}) scale(${flip} 1)">${motif}</g>`,
      );
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PRINT_SIDE}" height="${PRINT_SIDE}" viewBox="0 0 ${PRINT_SIDE} ${PRINT_SIDE}"><rect width="100%" height="100%" fill="${ground}"/>${copies.join("")}</svg>`;
}
