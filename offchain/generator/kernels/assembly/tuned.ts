// The kernels of tuned works (engine 2): all of the first engine's, and what codes and their training need.
export * from "./index";
export { gatherCodes, scatterCodes } from "./codes";
export { decodeForward, decodeScratch } from "./decode";
export { colourBackward } from "./colour";
export { descend } from "./descend";
export { addNoise, drawPoints, heldOut, sampleColours } from "./draw";
