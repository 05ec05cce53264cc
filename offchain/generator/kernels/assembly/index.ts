// The kernels of the generator: everything that touches a pixel's value between the latent and its eight bits.
export { alloc, mark, release, zero } from "./memory";
export { cosInto, expInto, sinInto } from "./arithmetic";
export { gemm, gemmTransposed, transpose } from "./gemm";
export {
  addBias, addBiasBackward, addScaled, gemmModulate, modulate, modulateBackward, multiplyInto, scaleInto, waves,
} from "./modulate";
export { features, featuresBackward } from "./features";
export { crossEntropyBackward, mixPalette, quantize, softmax } from "./head";
export { displace, displaceBackward, expandPoints, fieldForward, fieldScratch } from "./field";
export { adam, sumSquares } from "./optimizer";
export { multiplyAddChains, multiplyAddLoop } from "./probe";
