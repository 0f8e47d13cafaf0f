/** Zero crossings of the kernel on each side: more give a steeper cut. */
const CROSSINGS = 16;

/**
 * Samples at another rate, by a windowed sinc (Hann) that cuts off above the lower of the two rates' limits, so that
 * nothing is mirrored into the words.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const phases = phasesOf(from, to);
  const result = new Float32Array(Math.round((samples.length * to) / from));
  for (let index = 0; index < result.length; index++) {
    const { shift, weights } = phases[index % phases.length]!;
    const first = Math.floor((index * from) / to) + shift;
    let sum = 0;
    for (let tap = Math.max(0, -first); tap < weights.length && first + tap < samples.length; tap++)
      sum += weights[tap]! * samples[first + tap]!;
    result[index] = sum;
  }
  return result;
}

interface Phase {
  /** Of the first weight, from the sample before the place. */
  readonly shift: number;
  readonly weights: Float64Array;
}

/** Places between samples repeat: two for a doubled rate. */
function phasesOf(from: number, to: number): Phase[] {
  const cut = Math.min(1, to / from);
  const reach = CROSSINGS / cut;
  const count = to / greatestDivisor(from, to);
  return Array.from({ length: count }, (_, index) => {
    const fraction = ((index * from) / to) % 1;
    const [shift, last] = [Math.ceil(fraction - reach), Math.floor(fraction + reach)];
    const weights = Float64Array.from({ length: last - shift + 1 }, (_unused, tap) =>
      kernel(shift + tap - fraction, cut, reach),
    );
    return { shift, weights };
  });
}

const greatestDivisor = (left: number, right: number): number =>
  right === 0 ? left : greatestDivisor(right, left % right);

function kernel(distance: number, cut: number, reach: number): number {
  if (distance === 0) return cut;
  const angle = Math.PI * distance;
  return (Math.sin(angle * cut) / angle) * (0.5 + 0.5 * Math.cos(angle / reach));
}
