import { FatalError } from "../../kernel/errors.ts";

// TypeScript describes WebAssembly only among the browser's types, and this runs in both places.
declare const WebAssembly: {
  instantiate: (
    bytes: Uint8Array,
    imports: object,
  ) => Promise<{ readonly instance: { readonly exports: unknown } }>;
};

/** A place in the kernels' memory, in bytes. */
export type Pointer = number;

/** The exported kernels; what each does is said beside its source in `assembly/`. */
export type KernelExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly alloc: (bytes: number) => Pointer;
  readonly mark: () => Pointer;
  readonly release: (to: Pointer) => void;
  readonly zero: (p: Pointer, n: number) => void;
  readonly sinInto: (x: Pointer, y: Pointer, n: number) => void;
  readonly cosInto: (x: Pointer, y: Pointer, n: number) => void;
  readonly expInto: (x: Pointer, y: Pointer, n: number) => void;
  readonly gemm: (
    A: Pointer,
    B: Pointer,
    C: Pointer,
    M: number,
    K: number,
    N: number,
    accumulate: number,
  ) => void;
  readonly gemmTransposed: (
    A: Pointer,
    D: Pointer,
    G: Pointer,
    M: number,
    K: number,
    N: number,
  ) => void;
  readonly transpose: (A: Pointer, T: Pointer, M: number, N: number) => void;
  readonly modulate: (
    U: Pointer,
    gain: Pointer,
    shift: Pointer,
    skip: Pointer,
    h: Pointer,
    cos: Pointer,
    M: number,
    N: number,
  ) => void;
  readonly modulateBackward: (
    dh: Pointer,
    U: Pointer,
    gain: Pointer,
    cos: Pointer,
    dgain: Pointer,
    dshift: Pointer,
    M: number,
    N: number,
  ) => void;
  readonly waves: (
    u: Pointer,
    skip: Pointer,
    h: Pointer,
    cos: Pointer,
    n: number,
  ) => void;
  readonly multiplyInto: (x: Pointer, y: Pointer, n: number) => void;
  readonly scaleInto: (x: Pointer, y: Pointer, s: number, n: number) => void;
  readonly addScaled: (x: Pointer, y: Pointer, s: number, n: number) => void;
  readonly addBias: (X: Pointer, bias: Pointer, M: number, N: number) => void;
  readonly addBiasBackward: (
    X: Pointer,
    bias: Pointer,
    M: number,
    N: number,
  ) => void;
  readonly features: (
    Q: Pointer,
    B: Pointer,
    X: Pointer,
    M: number,
    waves: number,
    stride: number,
  ) => void;
  readonly featuresBackward: (
    dX: Pointer,
    X: Pointer,
    B: Pointer,
    dQ: Pointer,
    M: number,
    waves: number,
    stride: number,
  ) => void;
  readonly softmax: (
    L: Pointer,
    bias: Pointer,
    temperature: number,
    M: number,
  ) => void;
  readonly mixPalette: (
    W: Pointer,
    palette: Pointer,
    rgb: Pointer,
    M: number,
  ) => void;
  readonly crossEntropyBackward: (
    W: Pointer,
    T: Pointer,
    dbias: Pointer,
    temperature: number,
    scale: number,
    M: number,
  ) => number;
  readonly quantize: (rgb: Pointer, out: Pointer, n: number) => void;
  readonly expandPoints: (xy: Pointer, P: Pointer, M: number) => void;
  readonly displace: (P: Pointer, D: Pointer, Q: Pointer, M: number) => void;
  readonly displaceBackward: (dQ: Pointer, dD: Pointer, M: number) => void;
  readonly productLayer: (
    W: Pointer,
    X: Pointer,
    out: Pointer,
    fives: number,
    fours: number,
    K: number,
    panels: number,
  ) => void;
  readonly waveLayer: (
    U: Pointer,
    gain: Pointer,
    shift: Pointer,
    skip: Pointer,
    channels: number,
    panels: number,
  ) => void;
  readonly fieldScratch: (
    T: number,
    waveCount: number,
    width: number,
    warpWidth: number,
  ) => number;
  readonly fieldForward: (
    xy: Pointer,
    W: Pointer,
    rgb: Pointer,
    palette: Pointer,
    M: number,
    T: number,
    table: Pointer,
    scratch: Pointer,
    temperature: number,
  ) => void;
  readonly adam: (
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    mean: Pointer,
    n: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    clip: number,
    follow: number,
  ) => void;
  readonly sumSquares: (p: Pointer, n: number) => number;
  readonly multiplyAddLoop: (turns: number, p: Pointer) => void;
  readonly sharedProductLoop: (turns: number, p: Pointer) => void;
};

/** What `tuned.wasm` exports beyond the first engine's kernels. */
export type TunedKernelExports = KernelExports & {
  readonly gatherCodes: (
    grid: Pointer,
    columns: number,
    rows: number,
    wrap: number,
    uv: Pointer,
    out: Pointer,
    n: number,
  ) => void;
  readonly scatterCodes: (
    grid: Pointer,
    columns: number,
    rows: number,
    uv: Pointer,
    d: Pointer,
    n: number,
  ) => void;
  readonly decodeScratch: (T: number, width: number) => number;
  readonly decodeForward: (
    codes: Pointer,
    W: Pointer,
    M: number,
    T: number,
    table: Pointer,
    scratch: Pointer,
    temperature: number,
  ) => void;
  readonly colourBackward: (
    W: Pointer,
    palette: Pointer,
    rgb: Pointer,
    target: Pointer,
    dpalette: Pointer,
    dbias: Pointer,
    scale: number,
    M: number,
  ) => number;
  readonly descend: (
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    n: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ) => void;
  readonly heldOut: (x: number, y: number) => number;
  readonly drawPoints: (
    uv: Pointer,
    n: number,
    side: number,
    seedX: number,
    seedY: number,
  ) => void;
  readonly sampleColours: (
    picture: Pointer,
    side: number,
    uv: Pointer,
    out: Pointer,
    n: number,
  ) => void;
  readonly addNoise: (
    X: Pointer,
    n: number,
    seed: number,
    scale: number,
  ) => void;
};

/** Short hands for the kernels' memory. Views die when the memory grows: take them, use them, drop them. */
type Shorthands = {
  /** Room for n floats, zeroed. */
  readonly floats: (n: number) => Pointer;
  /** A view of n floats at p. */
  readonly f32: (p: Pointer, n: number) => Float32Array;
  /** A view of n 32-bit integers at p. */
  readonly i32: (p: Pointer, n: number) => Int32Array;
  /** A view of n bytes at p. */
  readonly u8: (p: Pointer, n: number) => Uint8Array;
};

/** The first engine's kernels, with short hands for their memory. */
export type Kernels = KernelExports & Shorthands;

/** The second engine's kernels: they can all that the first's can. */
export type TunedKernels = TunedKernelExports & Shorthands;

/**
 * Compiles the kernels' wasm into an instance with a memory of its own.
 * @throws WebAssembly.CompileError where the bytes are not a module or the host has no SIMD
 */
export async function loadKernels(bytes: Uint8Array): Promise<Kernels> {
  return load<KernelExports>(bytes);
}

/**
 * Compiles `tuned.wasm`; see {@link loadKernels}.
 * @throws FatalError `kernels/not-tuned` where the module is the first engine's, which cannot draw tuned works
 */
export async function loadTunedKernels(
  bytes: Uint8Array,
): Promise<TunedKernels> {
  const kernels = await load<TunedKernelExports>(bytes);
  if (typeof kernels.decodeForward !== "function") {
    const message =
      "The kernels are those of engine 1; a tuned work needs `tuned.wasm`.";
    throw new FatalError("kernels/not-tuned", message);
  }
  return kernels;
}

async function load<E extends KernelExports>(
  bytes: Uint8Array,
): Promise<E & Shorthands> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const exports = instance.exports as E;
  const { memory } = exports;
  const f32 = (p: Pointer, n: number): Float32Array =>
    new Float32Array(memory.buffer, p, n);
  return {
    ...exports,
    f32,
    i32: (p, n) => new Int32Array(memory.buffer, p, n),
    u8: (p, n) => new Uint8Array(memory.buffer, p, n),
    floats: (n) => {
      const p = exports.alloc(n * 4);
      exports.zero(p, n);
      return p;
    },
  };
}
