/** Turns a score into a probability: 1 / (1 + exp(−(slope × score + offset))). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

export interface Scored {
  readonly score: number;
  readonly isTrue: boolean;
}

export interface ReliabilityBin {
  readonly rows: number;
  /** Mean of what was predicted. */
  readonly predicted: number;
  /** Share that came true, with the bounds of its 95 % interval. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

export const probabilityOf = ({ slope, offset }: Calibration, score: number): number =>
  1 / (1 + Math.exp(-(slope * score + offset)));

/**
 * Platt's calibration with his smoothed targets, by Newton's method (Lin, Lin and Weng 2007). With few rows a slope is
 * pulled towards 1, as strongly as one row of each class would.
 */
export function fitCalibration(rows: readonly Scored[]): Calibration {
  const positives = rows.filter(({ isTrue }) => isTrue).length;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (rows.length - positives + 2)];
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 100; round++) {
    let [slopeGradient, offsetGradient] = [slope - 1, 0];
    let [slopeCurve, crossCurve, offsetCurve] = [1, 0, 1e-9];
    for (const { score, isTrue } of rows) {
      const found = probabilityOf({ slope, offset }, score);
      const error = found - (isTrue ? high : low);
      const weight = Math.max(found * (1 - found), 1e-9);
      slopeGradient += error * score;
      offsetGradient += error;
      slopeCurve += weight * score * score;
      crossCurve += weight * score;
      offsetCurve += weight;
    }
    const determinant = slopeCurve * offsetCurve - crossCurve ** 2;
    const slopeStep = (offsetCurve * slopeGradient - crossCurve * offsetGradient) / determinant;
    const offsetStep = (slopeCurve * offsetGradient - crossCurve * slopeGradient) / determinant;
    // Far from the end a whole step may overshoot.
    const scale = Math.min(1, 2 / (Math.abs(slopeStep) + Math.abs(offsetStep) + 1e-12));
    slope -= scale * slopeStep;
    offset -= scale * offsetStep;
    if (Math.abs(slopeStep) + Math.abs(offsetStep) < 1e-9) break;
  }
  return { slope, offset };
}

/** Mean squared difference between probability and what came true; 0 is best. */
export const brierScore = (rows: readonly Scored[]): number =>
  rows.reduce((sum, { score, isTrue }) => sum + (score - (isTrue ? 1 : 0)) ** 2, 0) / rows.length;

/** What was predicted against what came true, in bins of as many rows each, from the least to the most probable. */
export function reliabilityOf(rows: readonly Scored[], bins = 5): ReliabilityBin[] {
  const sorted = rows.toSorted((one, other) => one.score - other.score);
  return Array.from({ length: bins }, (_, bin) =>
    sorted.slice(Math.floor((bin * rows.length) / bins), Math.floor(((bin + 1) * rows.length) / bins)),
  )
    .filter((part) => part.length > 0)
    .map((part) => {
      const count = part.filter(({ isTrue }) => isTrue).length;
      return {
        rows: part.length,
        predicted: part.reduce((sum, { score }) => sum + score, 0) / part.length,
        observed: count / part.length,
        ...shareInterval(count, part.length),
      };
    });
}

/** Wilson's 95 % interval of a share. */
export function shareInterval(count: number, total: number): { low: number; high: number } {
  const z = 1.96;
  const share = count / total;
  const middle = (share + z ** 2 / (2 * total)) / (1 + z ** 2 / total);
  const reach = (z / (1 + z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
