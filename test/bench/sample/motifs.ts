/** A piece of SVG turned by degrees about its origin. */
export const turned = (degrees: number, svg: string): string =>
  `<g transform="rotate(${degrees})">${svg}</g>`;

/** A leaf that grows up from its origin, with a vein of another ink. */
export function leaf(
  long: number,
  wide: number,
  ink: string,
  vein: string,
): string {
  return (
    `<path d="M0 0 C ${wide} ${-long * 0.3} ${wide * 0.8} ${-long * 0.75} 0 ${-long} C ${-wide * 0.8} ${-long * 0.75} ${-wide} ${-long * 0.3} 0 0Z" fill="${ink}"/>` +
    `<path d="M0 ${-long * 0.08} L0 ${-long * 0.82}" stroke="${vein}" stroke-width="${long * 0.035}" stroke-linecap="round"/>`
  );
}

type Inks = readonly string[];

/** `count` copies around the origin. */
const around = (count: number, svg: string, from = 0): string =>
  Array.from({ length: count }, (_, i) =>
    turned(from + (360 * i) / count, svg),
  ).join("");

const petal = (long: number, wide: number, ink: string): string =>
  `<path d="M0 0 C ${wide} ${-long * 0.45} ${wide} ${-long} 0 ${-long} C ${-wide} ${-long} ${-wide} ${-long * 0.45} 0 0Z" fill="${ink}"/>`;

const dot = (r: number, ink: string, y = 0): string =>
  `<circle cx="0" cy="${y}" r="${r}" fill="${ink}"/>`;

/** The flowers of the set: each in five inks (ground, dark, leaf, flower, heart) and about `size` from middle to rim. */
export const FLOWERS: readonly Readonly<{
  name: string;
  draw: (inks: Inks, size: number) => string;
}>[] = [
  {
    name: "Daisy",
    draw: ([ground, dark, , flower, heart], s) =>
      around(11, petal(s, s * 0.24, flower!)) +
      dot(s * 0.36, dark!) +
      dot(s * 0.27, heart!) +
      around(7, dot(s * 0.045, ground!, -s * 0.16)),
  },
  {
    name: "Tulip",
    draw: ([ground, dark, , flower, heart], s) =>
      `<g transform="translate(0 ${s * 0.35})">` +
      turned(-24, petal(s * 1.35, s * 0.42, flower!)) +
      turned(24, petal(s * 1.35, s * 0.42, flower!)) +
      petal(s * 1.4, s * 0.36, heart!) +
      petal(s * 0.85, s * 0.2, flower!) +
      `<path d="M0 0 L0 ${-s * 0.6}" stroke="${ground}" stroke-width="${s * 0.06}" stroke-linecap="round"/>` +
      dot(s * 0.14, dark!) +
      "</g>",
  },
  {
    name: "Poppy",
    draw: ([, dark, , flower, heart], s) =>
      around(4, petal(s * 1.05, s * 0.75, flower!), 45) +
      around(4, petal(s * 0.55, s * 0.22, dark!), 0) +
      dot(s * 0.26, heart!) +
      around(8, dot(s * 0.05, dark!, -s * 0.38)),
  },
  {
    name: "Thistle",
    draw: ([ground, dark, green, flower], s) =>
      [-42, -28, -14, 0, 14, 28, 42]
        .map((a) => turned(a, petal(s * 1.15, s * 0.12, flower!)))
        .join("") +
      `<ellipse cx="0" cy="${s * 0.16}" rx="${s * 0.46}" ry="${s * 0.42}" fill="${green}"/>` +
      [-0.2, 0, 0.2]
        .map(
          (x) =>
            `<path d="M${s * (x - 0.12)} ${s * 0.16} l ${s * 0.12} ${s * 0.16} l ${s * 0.12} ${-s * 0.16}" fill="none" stroke="${ground}" stroke-width="${s * 0.05}"/>`,
        )
        .join("") +
      dot(s * 0.1, dark!, s * 0.55),
  },
  {
    name: "Rosette",
    draw: ([ground, dark, green, flower, heart], s) =>
      around(8, petal(s, s * 0.34, green!)) +
      around(8, petal(s * 0.8, s * 0.28, flower!), 22.5) +
      around(8, petal(s * 0.48, s * 0.18, ground!)) +
      dot(s * 0.24, heart!) +
      dot(s * 0.1, dark!),
  },
  {
    name: "Pomegranate",
    draw: ([ground, dark, , flower, heart], s) =>
      around(3, petal(s * 1.1, s * 0.2, dark!), 0)
        .replaceAll("rotate(120)", "rotate(22)")
        .replaceAll("rotate(240)", "rotate(-22)") +
      dot(s * 0.72, flower!, s * 0.1) +
      `<ellipse cx="0" cy="${s * 0.12}" rx="${s * 0.34}" ry="${s * 0.5}" fill="${ground}"/>` +
      [-0.2, 0.02, 0.24, 0.46]
        .flatMap((y) =>
          [-0.13, 0.13].map(
            (x) =>
              `<circle cx="${s * x}" cy="${s * y}" r="${s * 0.09}" fill="${heart}"/>`,
          ),
        )
        .join(""),
  },
];
