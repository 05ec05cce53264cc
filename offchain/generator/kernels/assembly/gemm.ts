// Matrix products in f32. Every output is one chain over k in rising order; tiling runs over outputs only, so no blocking,
// tile size or worker count can change a bit. The 4 x 8 block is measured: wider ones spill, unrolling loses (see README.md).

/** C[M,N] = A[M,K] B[K,N], added to C where `accumulate`. M a multiple of 4, N of 8. */
export function gemm(A: usize, B: usize, C: usize, M: i32, K: i32, N: i32, accumulate: i32): void {
  const sa = K << 2;
  const sn = N << 2;
  for (let i = 0; i < M; i += 4) {
    for (let j = 0; j < N; j += 8) {
      let a0 = A + i * sa;
      let a1 = a0 + sa;
      let a2 = a1 + sa;
      let a3 = a2 + sa;
      let b = B + (j << 2);
      const c0 = C + i * sn + (j << 2);
      const c1 = c0 + sn;
      const c2 = c1 + sn;
      const c3 = c2 + sn;
      let x0 = f32x4.splat(0), x1 = x0, x2 = x0, x3 = x0, y0 = x0, y1 = x0, y2 = x0, y3 = x0;
      if (accumulate) {
        x0 = v128.load(c0); y0 = v128.load(c0, 16);
        x1 = v128.load(c1); y1 = v128.load(c1, 16);
        x2 = v128.load(c2); y2 = v128.load(c2, 16);
        x3 = v128.load(c3); y3 = v128.load(c3, 16);
      }
      for (let k = 0; k < K; k++) {
        const b0 = v128.load(b), b1 = v128.load(b, 16);
        let t = v128.load32_splat(a0);
        x0 = f32x4.add(x0, f32x4.mul(t, b0)); y0 = f32x4.add(y0, f32x4.mul(t, b1));
        t = v128.load32_splat(a1);
        x1 = f32x4.add(x1, f32x4.mul(t, b0)); y1 = f32x4.add(y1, f32x4.mul(t, b1));
        t = v128.load32_splat(a2);
        x2 = f32x4.add(x2, f32x4.mul(t, b0)); y2 = f32x4.add(y2, f32x4.mul(t, b1));
        t = v128.load32_splat(a3);
        x3 = f32x4.add(x3, f32x4.mul(t, b0)); y3 = f32x4.add(y3, f32x4.mul(t, b1));
        a0 += 4; a1 += 4; a2 += 4; a3 += 4; b += sn;
      }
      v128.store(c0, x0); v128.store(c0, y0, 16);
      v128.store(c1, x1); v128.store(c1, y1, 16);
      v128.store(c2, x2); v128.store(c2, y2, 16);
      v128.store(c3, x3); v128.store(c3, y3, 16);
    }
  }
}

/** G[K,N] += A[M,K]^T D[M,N], the gradient of a weight matrix. K a multiple of 4, N of 8. */
export function gemmTransposed(A: usize, D: usize, G: usize, M: i32, K: i32, N: i32): void {
  const sa = K << 2;
  const sn = N << 2;
  for (let i = 0; i < K; i += 4) {
    for (let j = 0; j < N; j += 8) {
      let a = A + (i << 2);
      let d = D + (j << 2);
      const g0 = G + i * sn + (j << 2);
      const g1 = g0 + sn;
      const g2 = g1 + sn;
      const g3 = g2 + sn;
      let x0 = v128.load(g0), y0 = v128.load(g0, 16), x1 = v128.load(g1), y1 = v128.load(g1, 16);
      let x2 = v128.load(g2), y2 = v128.load(g2, 16), x3 = v128.load(g3), y3 = v128.load(g3, 16);
      for (let m = 0; m < M; m++) {
        const b0 = v128.load(d), b1 = v128.load(d, 16);
        let t = v128.load32_splat(a);
        x0 = f32x4.add(x0, f32x4.mul(t, b0)); y0 = f32x4.add(y0, f32x4.mul(t, b1));
        t = v128.load32_splat(a, 4);
        x1 = f32x4.add(x1, f32x4.mul(t, b0)); y1 = f32x4.add(y1, f32x4.mul(t, b1));
        t = v128.load32_splat(a, 8);
        x2 = f32x4.add(x2, f32x4.mul(t, b0)); y2 = f32x4.add(y2, f32x4.mul(t, b1));
        t = v128.load32_splat(a, 12);
        x3 = f32x4.add(x3, f32x4.mul(t, b0)); y3 = f32x4.add(y3, f32x4.mul(t, b1));
        a += sa; d += sn;
      }
      v128.store(g0, x0); v128.store(g0, y0, 16);
      v128.store(g1, x1); v128.store(g1, y1, 16);
      v128.store(g2, x2); v128.store(g2, y2, 16);
      v128.store(g3, x3); v128.store(g3, y3, 16);
    }
  }
}

/** T[N,M] = A[M,N]^T. */
export function transpose(A: usize, T: usize, M: i32, N: i32): void {
  for (let i = 0; i < M; i++) {
    for (let j = 0; j < N; j++) store<f32>(T + ((j * M + i) << 2), load<f32>(A + ((i * N + j) << 2)));
  }
}
