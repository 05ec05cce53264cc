// Grids of local codes, eight a cell, read by quadratic B-splines: each point mixes the nine cells around it, smoothly. Points are
// [0, 1] squared over the whole grid, cells are centred, and beyond a side lies its last cell again or, with `wrap`, the other side.

// The three shares along one axis and the offsets of their cells.
// @ts-ignore: decorator
@inline
function share(f: f32, tap: i32): f32 {
  if (tap == 0) return <f32>0.5 * (<f32>0.5 - f) * (<f32>0.5 - f);
  if (tap == 1) return <f32>0.75 - f * f;
  return <f32>0.5 * (<f32>0.5 + f) * (<f32>0.5 + f);
}

// @ts-ignore: decorator
@inline
function place(i: i32, cells: i32, wrap: i32): i32 {
  if (wrap) return ((i % cells) + cells) % cells;
  return max(0, min(cells - 1, i));
}

/** out[n,8] = the codes of grid[rows,columns,8] at the points uv[n,2]. */
export function gatherCodes(grid: usize, columns: i32, rows: i32, wrap: i32, uv: usize, out: usize, n: i32): void {
  for (let p = 0; p < n; p++) {
    const x = load<f32>(uv + (p << 3)) * <f32>columns - <f32>0.5, y = load<f32>(uv + (p << 3), 4) * <f32>rows - <f32>0.5;
    const cx = floor<f32>(x + <f32>0.5), cy = floor<f32>(y + <f32>0.5), fx = x - cx, fy = y - cy;
    let a = f32x4.splat(0), b = a;
    for (let j = 0; j < 3; j++) {
      const row = grid + ((place(<i32>cy + j - 1, rows, wrap) * columns) << 5), sy = share(fy, j);
      for (let i = 0; i < 3; i++) {
        const q = row + (place(<i32>cx + i - 1, columns, wrap) << 5), s = f32x4.splat(sy * share(fx, i));
        a = f32x4.add(a, f32x4.mul(s, v128.load(q)));
        b = f32x4.add(b, f32x4.mul(s, v128.load(q, 16)));
      }
    }
    v128.store(out + (p << 5), a);
    v128.store(out + (p << 5), b, 16);
  }
}

/** The way back, without wrapping: grid[rows,columns,8] += what d[n,8] is to each cell. */
export function scatterCodes(grid: usize, columns: i32, rows: i32, uv: usize, d: usize, n: i32): void {
  for (let p = 0; p < n; p++) {
    const x = load<f32>(uv + (p << 3)) * <f32>columns - <f32>0.5, y = load<f32>(uv + (p << 3), 4) * <f32>rows - <f32>0.5;
    const cx = floor<f32>(x + <f32>0.5), cy = floor<f32>(y + <f32>0.5), fx = x - cx, fy = y - cy;
    const a = v128.load(d + (p << 5)), b = v128.load(d + (p << 5), 16);
    for (let j = 0; j < 3; j++) {
      const row = grid + ((place(<i32>cy + j - 1, rows, 0) * columns) << 5), sy = share(fy, j);
      for (let i = 0; i < 3; i++) {
        const q = row + (place(<i32>cx + i - 1, columns, 0) << 5), s = f32x4.splat(sy * share(fx, i));
        v128.store(q, f32x4.add(v128.load(q), f32x4.mul(s, a)));
        v128.store(q, f32x4.add(v128.load(q, 16), f32x4.mul(s, b)), 16);
      }
    }
  }
}
