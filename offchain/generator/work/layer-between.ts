import type { Layer } from "./plan.ts";

/** Whether two layers are one field looked at in two ways, so that one can bend into the other. */
export function isOneField(a: Layer, b: Layer): boolean {
  return (
    a.family === b.family &&
    a.order === b.order &&
    a.view.symmetry === b.view.symmetry &&
    a.view.folds === b.view.folds &&
    a.view.flip === b.view.flip &&
    // Opposite turns have no way between them.
    a.view.turn[0] * b.view.turn[0] + a.view.turn[1] * b.view.turn[1] > -0.5
  );
}

/** A field so far, 0..1, between two looks at it. */
export function layerBetween(from: Layer, to: Layer, t: number): Layer {
  const mix = (a: number, b: number): number => a + (b - a) * t;
  const [a, b] = [from.view, to.view];
  const x = mix(a.turn[0], b.turn[0]);
  const y = mix(a.turn[1], b.turn[1]);
  const length = Math.sqrt(x * x + y * y);
  return {
    ...from,
    style: from.style.map((at, i) => mix(at, to.style[i] ?? at)),
    view: {
      ...a,
      zoom: mix(a.zoom, b.zoom),
      turn: [x / length, y / length],
      pan: [mix(a.pan[0], b.pan[0]), mix(a.pan[1], b.pan[1])],
      sway: mix(a.sway, b.sway),
      gust: mix(a.gust, b.gust),
      lean: mix(a.lean, b.lean),
      phases: [
        mix(a.phases[0], b.phases[0]),
        mix(a.phases[1], b.phases[1]),
        mix(a.phases[2], b.phases[2]),
        mix(a.phases[3], b.phases[3]),
      ],
    },
  };
}
