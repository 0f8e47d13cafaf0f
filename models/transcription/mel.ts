/**
 * The spectrogram that Whisper hears (Radford et al., 2022): 16 kHz, windows of 25 ms (Hann) every 10 ms, power in mel
 * bands, as logarithms within 80 dB of the loudest, scaled to about -1 to 1.
 */
export const SAMPLE_RATE = 16_000;
const WINDOW = 400;
const HOP = 160;
const BINS = WINDOW / 2 + 1;

/** Windows of speech that the model reads at once. */
export const CHUNK_SECONDS = 30;
export const CHUNK_FRAMES = (CHUNK_SECONDS * SAMPLE_RATE) / HOP;

const hann = Float64Array.from({ length: WINDOW }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW));
const cosines = Float64Array.from({ length: WINDOW }, (_, index) => Math.cos((2 * Math.PI * index) / WINDOW));
const sines = Float64Array.from({ length: WINDOW }, (_, index) => Math.sin((2 * Math.PI * index) / WINDOW));

/** `bands × CHUNK_FRAMES` values, band after band, of up to 30 seconds; what is missing is silence. */
export function logMel(samples: Float32Array, bands: number): Float32Array {
  const padded = padded30(samples);
  const filters = melFilters(bands);
  const mel = new Float32Array(bands * CHUNK_FRAMES);
  const power = new Float64Array(BINS);
  for (let frame = 0; frame < CHUNK_FRAMES; frame++) {
    readPower(padded, frame * HOP, power);
    for (const [band, { first, weights }] of filters.entries()) {
      let sum = 0;
      for (let index = 0; index < weights.length; index++) sum += weights[index]! * power[first + index]!;
      mel[band * CHUNK_FRAMES + frame] = Math.log10(Math.max(sum, 1e-10));
    }
  }
  const loudest = mel.reduce((most, value) => Math.max(most, value), -Infinity);
  return mel.map((value) => (Math.max(value, loudest - 8) + 4) / 4);
}

/** 30 seconds with half a window before and after, mirrored at the edges. */
function padded30(samples: Float32Array): Float64Array {
  const length = CHUNK_SECONDS * SAMPLE_RATE;
  const half = WINDOW / 2;
  const padded = new Float64Array(length + WINDOW);
  padded.set(samples.subarray(0, length), half);
  for (let index = 0; index < half; index++) {
    padded[index] = padded[2 * half - index]!;
    padded[half + length + index] = padded[half + length - 2 - index]!;
  }
  return padded;
}

/** The power at each frequency. A real signal's transform needs its even and odd part only: half the work. */
function readPower(samples: Float64Array, start: number, power: Float64Array): void {
  const half = WINDOW / 2;
  for (let index = 1; index < half; index++) {
    const [left, right] = [samples[start + index]! * hann[index]!, samples[start + WINDOW - index]! * hann[index]!];
    even[index] = left + right;
    odd[index] = left - right;
  }
  const [first, middle] = [samples[start]! * hann[0]!, samples[start + half]! * hann[half]!];
  for (let bin = 0; bin < BINS; bin++) {
    let real = first + (bin % 2 === 0 ? middle : -middle);
    let imaginary = 0;
    let angle = 0;
    for (let index = 1; index < half; index++) {
      angle += bin;
      if (angle >= WINDOW) angle -= WINDOW;
      real += even[index]! * cosines[angle]!;
      imaginary += odd[index]! * sines[angle]!;
    }
    power[bin] = real * real + imaginary * imaginary;
  }
}
const even = new Float64Array(WINDOW / 2);
const odd = new Float64Array(WINDOW / 2);

interface Filter {
  readonly first: number;
  readonly weights: Float64Array;
}
const filtersOf = new Map<number, Filter[]>();

/** Triangles on the mel scale of Slaney's Auditory Toolbox, of equal area, from 0 to 8 kHz. */
export function melFilters(bands: number): Filter[] {
  const known = filtersOf.get(bands);
  if (known) return known;
  const highest = toMel(SAMPLE_RATE / 2);
  const edges = Array.from({ length: bands + 2 }, (_, index) => fromMel((highest * index) / (bands + 1)));
  const filters = Array.from({ length: bands }, (_, band) =>
    triangle(edges[band]!, edges[band + 1]!, edges[band + 2]!),
  );
  filtersOf.set(bands, filters);
  return filters;
}

function triangle(low: number, centre: number, high: number): Filter {
  const all = Float64Array.from({ length: BINS }, (_, bin) => {
    const frequency = (bin * SAMPLE_RATE) / WINDOW;
    const rise = (frequency - low) / (centre - low);
    const fall = (high - frequency) / (high - centre);
    return Math.max(0, Math.min(rise, fall)) * (2 / (high - low));
  });
  const first = Math.max(
    0,
    all.findIndex((weight) => weight > 0),
  );
  const last = all.findLastIndex((weight) => weight > 0);
  return { first, weights: all.slice(first, last + 1) };
}

/** Linear below 1 kHz, logarithmic above. */
const toMel = (hertz: number): number =>
  hertz < 1000 ? (hertz * 3) / 200 : 15 + Math.log(hertz / 1000) * (27 / Math.log(6.4));
const fromMel = (mel: number): number =>
  mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((mel - 15) * (Math.log(6.4) / 27));
