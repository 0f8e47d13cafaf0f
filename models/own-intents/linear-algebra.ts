/**
 * The lower triangle L of a symmetric positive definite matrix, L·Lᵀ = matrix, of which only the lower triangle is read.
 * Both are given row by row.
 */
export function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const start = row * size;
    for (let column = 0; column <= row; column++) {
      const other = column * size;
      let sum = matrix[start + column]!;
      for (let index = 0; index < column; index++) sum -= factor[start + index]! * factor[other + index]!;
      if (row === column) factor[start + row] = Math.sqrt(Math.max(sum, 1e-12));
      else factor[start + column] = sum / factor[other + column]!;
    }
  }
  return factor;
}

/** x with L·x = values. */
export function solveLower(factor: Float64Array, values: Float64Array, size: number): Float64Array {
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = values[row]!;
    for (let index = 0; index < row; index++) sum -= factor[row * size + index]! * solution[index]!;
    solution[row] = sum / factor[row * size + row]!;
  }
  return solution;
}

/** x with Lᵀ·x = values. */
export function solveUpper(factor: Float64Array, values: Float64Array, size: number): Float64Array {
  const solution = Float64Array.from(values);
  for (let row = size - 1; row >= 0; row--) {
    const value = solution[row]! / factor[row * size + row]!;
    solution[row] = value;
    for (let index = 0; index < row; index++) solution[index]! -= factor[row * size + index]! * value;
  }
  return solution;
}
