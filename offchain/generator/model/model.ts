/** A loaded network with its own wasm memory. Not shared between workers: each loads its own. */
export type Model = {
  /** Family names; the place in the list is the place in the latent. */
  readonly families: readonly string[];
  /** Exact elementary functions, vector and scalar, for compositions: no JS Math is used. */
  readonly math: VectorMath;
};

/** Exact elementary functions in f32. Arguments in radians. `out` may be `x`. */
export type VectorMath = {
  readonly sin: (x: Float32Array, out: Float32Array) => void;
  readonly cos: (x: Float32Array, out: Float32Array) => void;
  /** exp for x in [-87, 88]; values outside are clamped. */
  readonly exp: (x: Float32Array, out: Float32Array) => void;
  readonly sin1: (x: number) => number;
  readonly cos1: (x: number) => number;
  readonly exp1: (x: number) => number;
};

/** Compiles the kernels and loads the weights. */
export declare function loadModel(files: {
  kernels: Uint8Array;
  weights: Uint8Array;
}): Promise<Model>;
