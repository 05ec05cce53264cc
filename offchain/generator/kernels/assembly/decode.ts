import { headPanel, transposePanel, word } from "./field";
import { productLayer, waveLayer } from "./panel";

// The tuned network: codes in, slots out, tile by tile as `fieldForward`. The table is i32 words: [layers, fives, fours, head, headBias,
// then per layer: weights, gain, shift]. Results do not depend on the tile size.

const CODES: i32 = 8;

/** Bytes of scratch that `decodeForward` needs for tiles of T points. */
export function decodeScratch(T: i32, width: i32): i32 {
  return (T * (CODES + 2 * width + 8)) << 2;
}

/** codes[M,8] -> W[M,8], the slot weights at this temperature or, at temperature 0, the logits. M a multiple of T, T of 8. */
export function decodeForward(codes: usize, W: usize, M: i32, T: i32, table: usize, scratch: usize, temperature: f32): void {
  const layers = word(table, 0), fives = word(table, 1), fours = word(table, 2), width = 5 * fives + 4 * fours, panels = T >> 3;
  const X = scratch, h0 = X + ((T * CODES) << 2), h1 = h0 + ((T * width) << 2), L = h1 + ((T * width) << 2);
  for (let m = 0; m < M; m += T) {
    for (let p = 0; p < panels; p++) transposePanel(codes + (m << 5) + (p << 8), X + (p << 8));
    let from = h1, to = h0;
    for (let l = 0; l < layers; l++) {
      const e = 5 + 3 * l;
      productLayer(word(table, e), l ? from : X, to, fives, fours, l ? width : CODES, panels);
      waveLayer(to, word(table, e + 1), word(table, e + 2), l ? from : 0, width, panels);
      const swap = from;
      from = to;
      to = swap;
    }
    productLayer(word(table, 3), from, L, 0, 2, width, panels);
    for (let p = 0; p < panels; p++) {
      headPanel(L + (p << 8), word(table, 4), temperature);
      transposePanel(L + (p << 8), W + (m << 5) + (p << 8));
    }
  }
}
