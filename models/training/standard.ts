/** Mean and standard deviation of each feature over all samples; a feature that does not vary has the deviation 1. */
export function standardOf(samples: readonly { features: ArrayLike<number> }[]): {
  mean: Float64Array;
  deviation: Float64Array;
} {
  const size = samples[0]!.features.length;
  const mean = new Float64Array(size);
  for (const { features } of samples)
    for (let index = 0; index < size; index++) mean[index]! += features[index]! / samples.length;
  const variance = new Float64Array(size);
  for (const { features } of samples)
    for (let index = 0; index < size; index++)
      variance[index]! += (features[index]! - mean[index]!) ** 2 / samples.length;
  // What does not vary has a variance of rounding errors only.
  const deviation = variance.map((value, index) => (value > 1e-10 * mean[index]! ** 2 ? Math.sqrt(value) : 1));
  return { mean, deviation };
}
