/** A small symmetric positive definite matrix, as rows. */
export type Matrix = number[][];

/** A square matrix with these numbers on its diagonal. */
export function diagonal(values: readonly number[]): Matrix {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

/** Adds `weight` times the outer product of a vector with itself, in place. */
export function addOuter(
  matrix: Matrix,
  vector: readonly number[],
  weight: number,
): void {
  for (const [i, row] of matrix.entries())
    for (let j = 0; j < row.length; j++)
      row[j] = (row[j] ?? 0) + weight * (vector[i] ?? 0) * (vector[j] ?? 0);
}

/** Sum of products, in ascending order of the index: the same bits on every machine. */
export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Cholesky's lower triangle L of A = L Lᵀ (Golub and Van Loan, Matrix Computations, 4.2): + - * / and sqrt only. A regularised matrix is
 * positive definite; a pivot that rounding made smaller than the least one is taken as that.
 */
export function cholesky(matrix: Matrix): Matrix {
  const size = matrix.length;
  const lower = diagonal(Array<number>(size).fill(0));
  for (let j = 0; j < size; j++)
    for (let i = j; i < size; i++) {
      let sum = at(matrix, i, j);
      for (let k = 0; k < j; k++) sum -= at(lower, i, k) * at(lower, j, k);
      const row = lower[i];
      if (row === undefined) continue;
      row[j] =
        i === j ? Math.sqrt(Math.max(sum, LEAST_PIVOT)) : sum / at(lower, j, j);
    }
  return lower;
}

const LEAST_PIVOT = 1e-12;

/** The x of L Lᵀ x = b. */
export function solve(lower: Matrix, b: readonly number[]): number[] {
  const y = halfSolve(lower, b);
  const x = [...y];
  for (let i = y.length - 1; i >= 0; i--) {
    let sum = y[i] ?? 0;
    for (let k = i + 1; k < y.length; k++) sum -= at(lower, k, i) * (x[k] ?? 0);
    x[i] = sum / at(lower, i, i);
  }
  return x;
}

/** zᵀ A⁻¹ z, which is never negative. */
export function inverseForm(lower: Matrix, z: readonly number[]): number {
  const y = halfSolve(lower, z);
  return dot(y, y);
}

/** The y of L y = b. */
function halfSolve(lower: Matrix, b: readonly number[]): number[] {
  const y: number[] = [];
  for (let i = 0; i < b.length; i++) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(lower, i, k) * (y[k] ?? 0);
    y.push(sum / at(lower, i, i));
  }
  return y;
}

function at(matrix: Matrix, i: number, j: number): number {
  return matrix[i]?.[j] ?? 0;
}
