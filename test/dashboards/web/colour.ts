type Triple = [number, number, number];

const channelsOf = (hex: string): Triple =>
  [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16) / 255) as Triple;
const toLinear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toGamma = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const linear = (hex: string): Triple => channelsOf(hex).map(toLinear) as Triple;
const multiply = (rows: readonly Triple[], [a, b, c]: Triple): Triple =>
  rows.map(([x, y, z]) => x * a + y * b + z * c) as Triple;

function luminance(hex: string): number {
  const [red, green, blue] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const simulate = (rows: readonly Triple[]) => (hex: string) =>
  `#${multiply(rows, linear(hex))
    .map((value) => Math.round(255 * Math.min(1, Math.max(0, toGamma(Math.max(0, value))))))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;

/** How a colour looks without green cones, and without red ones (Machado, Oliveira and Fernandes 2009, severity 1). */
export const deuteranopia = simulate([
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
]);
export const protanopia = simulate([
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
]);

function lab(hex: string): Triple {
  const [x, y, z] = multiply(
    [
      [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
    ],
    linear(hex),
  ).map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Distance in CIELAB (CIE 1976); about 2.3 is the least that is noticed. */
export function distance(one: string, other: string): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((value, index) => value - b[index]!));
}
