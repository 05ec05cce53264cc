import type {
  Layout,
  ModelConfig,
} from "../../offchain/generator/model/layout.ts";

/** One picture of a training step. */
export type TrainingPicture = {
  readonly latent: Float32Array;
  readonly family: number;
  readonly xy: Float32Array;
  readonly target: Float32Array;
};

type Vector = readonly number[];

/** Mean cross-entropy of the base network, written plainly in double precision: what finite differences are taken of. */
export function trainingLoss(
  config: ModelConfig,
  layout: Layout,
  values: Float64Array,
  pictures: readonly TrainingPicture[],
): number {
  const { layers, waves } = config;
  const times = (x: Vector, name: string): Vector => {
    const { at, columns } = layout.tensor(name);
    return Array.from({ length: columns }, (_, j) =>
      x.reduce((sum, xi, i) => sum + xi * values[at + i * columns + j]!, 0),
    );
  };
  const plus = (x: Vector, name: string): Vector => {
    const { at } = layout.tensor(name);
    return x.map((xi, i) => xi + values[at + i]!);
  };
  let loss = 0;
  let points = 0;
  for (const { latent, family, xy, target } of pictures) {
    const a = plus(times([...latent], "mapping1"), "mapping1Bias").map(
      Math.sin,
    );
    const m = plus(times(a, "mapping2"), "mapping2Bias").map(
      (x, i) => a[i]! + Math.sin(x),
    );
    const mod = plus(times(m, "modulation"), "modulationBias");
    const wave = (u: Vector, gain: number, shift: number): Vector =>
      u.map((x, i) => Math.sin(x * mod[gain + i]! + mod[shift + i]!));
    for (let p = 0; p < xy.length / 2; p++, points++) {
      const [x, y] = [xy[2 * p]!, xy[2 * p + 1]!];
      const start = [x, y, Math.sqrt(x * x + y * y + 0.0001), 1];
      const warp = wave(
        times(start, "warpIn"),
        layout.warpGainAt,
        layout.warpShiftAt,
      );
      const moved = times(warp, "warpOut");
      const features = see(x + moved[0]!, y + moved[1]!, waves, (i) => {
        return values[layout.tensor("waves").at + i]!;
      });
      let h: Vector = wave(
        times(features, "layer0"),
        layout.gainAt(0),
        layout.shiftAt(0),
      );
      for (let l = 1; l < layers; l++) {
        const u = times(h, `family${family}.layer${l}`);
        const sine = wave(u, layout.gainAt(l), layout.shiftAt(l));
        h = h.map((x0, i) => x0 + sine[i]!);
      }
      const logits = times(h, `family${family}.head`).map(
        (x0, i) => x0 + mod[layout.headBiasAt + i]!,
      );
      const top = Math.max(...logits);
      const sum = logits.reduce((s, x0) => s + Math.exp(x0 - top), 0);
      logits.forEach((x0, i) => {
        loss -= target[8 * p + i]! * (x0 - top - Math.log(sum));
      });
    }
  }
  return loss / points;
}

/** What the first layer sees of a point; see `features` in the kernels. */
function see(
  x: number,
  y: number,
  waves: number,
  frequency: (i: number) => number,
): Vector {
  const phases = Array.from(
    { length: waves },
    (_, j) => Math.PI * (x * frequency(j) + y * frequency(waves + j)),
  );
  const square = x * x + y * y;
  const length = Math.sqrt(square + 0.05);
  const [c1, s1] = [x / length, y / length];
  const harmonics: number[] = [];
  let [c, s] = [c1, s1];
  for (let k = 0; k < 8; k++) {
    harmonics.push(c, s);
    [c, s] = [c * c1 - s * s1, c * s1 + s * c1];
  }
  return [
    ...phases.map(Math.sin),
    ...phases.map(Math.cos),
    x,
    y,
    Math.sqrt(square + 0.01),
    1,
    ...Array.from({ length: 8 }, () => 0),
    ...harmonics,
    0,
    0,
    0,
    0,
  ];
}
