/** A place on a drawing, pixels. */
export type Point = Readonly<{ x: number; y: number }>;

/** A number as text, to a hundredth: equal numbers, equal texts. */
export const tidy = (value: number): string =>
  String(Math.round(value * 100) / 100);

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** A line of text; nothing if it is empty. Whatever it holds, it stays text: names may come from strangers. */
export function text(
  words: string,
  x: number,
  y: number,
  {
    size,
    weight,
    fill,
    middle = false,
    end = false,
  }: {
    readonly size: number;
    readonly weight: 400 | 600;
    readonly fill: string;
    readonly middle?: boolean;
    /** The text ends at `x`. */
    readonly end?: boolean;
  },
): string {
  const safe = words
    // XML has no way to say most control characters.
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\ufffe\uffff]/g, " ")
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");
  if (safe === "") return "";
  const anchor = middle
    ? ' text-anchor="middle"'
    : end
      ? ' text-anchor="end"'
      : "";
  return `<text x="${tidy(x)}" y="${tidy(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchor}>${safe}</text>`;
}

/** A picture inside the drawing. */
export function image(
  href: string,
  x: number,
  y: number,
  side: number,
): string {
  return `<image x="${tidy(x)}" y="${tidy(y)}" width="${tidy(side)}" height="${tidy(side)}" href="${href}"/>`;
}

/** A filled rectangle; `round` its corners' radius. */
export function box(
  { x, y, width, height }: Point & Readonly<{ width: number; height: number }>,
  fill: string,
  { opacity = 1, round = 0 }: { opacity?: number; round?: number } = {},
): string {
  const corners = round === 0 ? "" : ` rx="${tidy(round)}"`;
  return `<rect x="${tidy(x)}" y="${tidy(y)}" width="${tidy(width)}" height="${tidy(height)}"${corners} fill="${fill}" fill-opacity="${opacity}"/>`;
}

/** A dot, with a ring of `ring` around it. */
export function dot(
  { x, y }: Point,
  radius: number,
  fill: string,
  ring = fill,
): string {
  return `<circle cx="${tidy(x)}" cy="${tidy(y)}" r="${radius}" fill="${fill}" stroke="${ring}" stroke-width="2"/>`;
}

/** PNG bytes as an address that needs no file. */
export function dataUri(png: Uint8Array): string {
  let binary = "";
  // In pieces: byte by byte, each picture would leave megabytes of garbage.
  for (let at = 0; at < png.length; at += 8192)
    binary += String.fromCharCode(...png.subarray(at, at + 8192));
  return `data:image/png;base64,${btoa(binary)}`;
}

/** A straight stroke. */
export function line(
  from: Point,
  to: Point,
  stroke: string,
  width: number,
  opacity: number,
): string {
  return `<path d="M${tidy(from.x)} ${tidy(from.y)}L${tidy(to.x)} ${tidy(to.y)}" stroke="${stroke}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linecap="round"/>`;
}

/** A stroke through the points. */
export function curve(
  points: readonly Point[],
  stroke: string,
  width: number,
): string {
  return `<path d="${path(points)}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`;
}

/** What lies between the points and a level below them. */
export function area(
  points: readonly Point[],
  base: number,
  fill: string,
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `<path d="${path(points)}L${tidy(last.x)} ${tidy(base)}L${tidy(first.x)} ${tidy(base)}Z" fill="${fill}"/>`;
}

function path(points: readonly Point[]): string {
  return points
    .map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${tidy(x)} ${tidy(y)}`)
    .join("");
}
