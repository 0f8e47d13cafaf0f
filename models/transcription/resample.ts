/** Zero crossings of the kernel on each side: more give a steeper cut. */
const CROSSINGS = 16;

/**
 * Samples at another rate, by a windowed sinc (Hann) that cuts off above the lower of the two rates' limits, so that
 * nothing is mirrored into the words.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const cut = Math.min(1, to / from);
  const reach = CROSSINGS / cut;
  const result = new Float32Array(Math.round((samples.length * to) / from));
  for (let index = 0; index < result.length; index++) {
    const centre = (index * from) / to;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let other = first; other <= last; other++) sum += samples[other]! * kernel(other - centre, cut, reach);
    result[index] = sum;
  }
  return result;
}

function kernel(distance: number, cut: number, reach: number): number {
  if (distance === 0) return cut;
  const angle = Math.PI * distance;
  return (Math.sin(angle * cut) / angle) * (0.5 + 0.5 * Math.cos(angle / reach));
}
