// The kernels of the generator: everything that touches a pixel's value between the latent and its eight bits.
export { alloc, mark, release, zero } from "./memory";
export { cosInto, expInto, sinInto } from "./arithmetic";
export { gemm, gemmTransposed, transpose } from "./gemm";
export {
  addBias, addBiasBackward, addScaled, modulate, modulateBackward, multiplyInto, scaleInto, waves,
} from "./modulate";
export { features, featuresBackward } from "./features";
export { crossEntropyBackward, mixPalette, quantize, softmax } from "./head";
export { displace, displaceBackward, expandPoints } from "./warp";
export { productLayer, waveLayer } from "./panel";
export { fieldForward, fieldScratch } from "./field";
export { adam, sumSquares } from "./optimizer";
export { multiplyAddLoop, sharedProductLoop } from "./probe";
