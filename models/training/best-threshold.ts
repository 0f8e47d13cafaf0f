export interface Judged {
  /** 0 to 1. */
  readonly score: number;
  readonly isTrue: boolean;
}

/**
 * The threshold, in hundredths, of the highest F score; `beta` below 1 gives precision more weight, as for claims that hurt
 * when they are false.
 */
export function bestThreshold(judged: readonly Judged[], beta = 1): number {
  const candidates = Array.from({ length: 98 }, (_, step) => (step + 1) / 100);
  const value = (least: number): number => {
    const { precision, recall } = measureAt(judged, least);
    return ((1 + beta ** 2) * precision * recall) / Math.max(beta ** 2 * precision + recall, 1e-9);
  };
  return candidates.reduce((best, candidate) => (value(candidate) > value(best) ? candidate : best));
}

export function measureAt(judged: readonly Judged[], least: number): { precision: number; recall: number } {
  const found = judged.filter(({ score }) => score >= least);
  const right = found.filter(({ isTrue }) => isTrue).length;
  return {
    precision: right / Math.max(found.length, 1),
    recall: right / Math.max(judged.filter(({ isTrue }) => isTrue).length, 1),
  };
}
