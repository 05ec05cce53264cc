/** What two pictures are compared by: where which colours lie, which colours there are, and which way edges run. */
export interface Look {
  /** [cells][3]: mean light and two differences of colour, each 0..1 or about -0.5..0.5. */
  readonly layout: Float64Array;
  /** Shares of colours, 4 x 4 x 4. */
  readonly colours: Float64Array;
  /** [4 x 4 cells][4]: how much light changes along, across and on both diagonals. */
  readonly edges: Float64Array;
}

/** Side of the pictures that are compared, pixels. */
export const LOOK_SIZE = 64;
const CELLS = 16;
const EDGE_CELLS = 4;
/** What the three are worth. */
const WORTH = { layout: 1, colours: 0.22, edges: 0.9 } as const;
/** Differences of colour count for more than those of light. */
const CHROMA = 1.4;

/** Looks at a picture of {@link LOOK_SIZE} squared, RGB. */
export function lookAt(rgb: Uint8Array): Look {
  const layout = new Float64Array(CELLS * CELLS * 3);
  const colours = new Float64Array(64);
  const edges = new Float64Array(EDGE_CELLS * EDGE_CELLS * 4);
  const part = LOOK_SIZE / CELLS;
  const light = new Float64Array(LOOK_SIZE * LOOK_SIZE);
  for (let y = 0; y < LOOK_SIZE; y++)
    for (let x = 0; x < LOOK_SIZE; x++) {
      const at = (y * LOOK_SIZE + x) * 3;
      const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      const grey = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
      light[y * LOOK_SIZE + x] = grey;
      const cell = Math.floor(y / part) * CELLS + Math.floor(x / part);
      const each = 1 / (part * part);
      add(layout, cell * 3, grey * each);
      add(layout, cell * 3 + 1, (r / 255 - grey) * each * CHROMA);
      add(layout, cell * 3 + 2, (b / 255 - grey) * each * CHROMA);
      add(colours, (r >> 6) * 16 + (g >> 6) * 4 + (b >> 6), 1 / light.length);
    }
  const wide = LOOK_SIZE / EDGE_CELLS;
  const of = (x: number, y: number): number => light[y * LOOK_SIZE + x] ?? 0;
  for (let y = 1; y < LOOK_SIZE - 1; y++)
    for (let x = 1; x < LOOK_SIZE - 1; x++) {
      const cell = Math.floor(y / wide) * EDGE_CELLS + Math.floor(x / wide);
      const each = 1 / (wide * wide);
      const step = (i: number, dx: number, dy: number): void =>
        add(
          edges,
          cell * 4 + i,
          Math.abs(of(x + dx, y + dy) - of(x - dx, y - dy)) * each,
        );
      step(0, 1, 0);
      step(1, 0, 1);
      step(2, 1, 1);
      step(3, 1, -1);
    }
  return { layout, colours, edges };
}

/** How far apart two looks are: 0 for the same, about 0.4 for two works that have nothing in common. */
export function distanceOf(a: Look, b: Look): number {
  let tones = 0;
  for (let i = 0; i < a.colours.length; i++)
    tones += Math.abs((a.colours[i] ?? 0) - (b.colours[i] ?? 0));
  return (
    WORTH.layout * root(a.layout, b.layout) +
    (WORTH.colours * tones) / 2 +
    WORTH.edges * root(a.edges, b.edges)
  );
}

function root(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = (a[i] ?? 0) - (b[i] ?? 0);
    sum += d * d;
  }
  return Math.sqrt(sum / a.length);
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] ?? 0) + value;
}

/** A square picture as {@link LOOK_SIZE} squared, each pixel the mean of what it covers; `side` is a multiple of that. */
export function shrinkToLook(rgb: Uint8Array, side: number): Uint8Array {
  const out = new Uint8Array(LOOK_SIZE * LOOK_SIZE * 3);
  const part = side / LOOK_SIZE;
  for (let y = 0; y < LOOK_SIZE; y++)
    for (let x = 0; x < LOOK_SIZE; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let v = y * part; v < (y + 1) * part; v++)
          for (let u = x * part; u < (x + 1) * part; u++)
            sum += rgb[(v * side + u) * 3 + c] ?? 0;
        out[(y * LOOK_SIZE + x) * 3 + c] = Math.floor(
          sum / (part * part) + 0.5,
        );
      }
  return out;
}
