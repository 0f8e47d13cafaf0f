/** One line of the results: what is measured on what, and how. */
export interface Result {
  readonly task: string;
  readonly protocol: string;
  readonly published: string;
  readonly ours: string;
}

export const percent = (share: number): string => (share * 100).toFixed(1);

/** Mean of the recalls of the classes that occur. */
export function macroRecall(truth: readonly string[], found: readonly string[]): number {
  const classes = [...new Set(truth)];
  const recalls = classes.map((name) => {
    const own = truth.flatMap((value, index) => (value === name ? [found[index] === name] : []));
    return own.filter(Boolean).length / own.length;
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / classes.length;
}

export const accuracy = (truth: readonly string[], found: readonly string[]): number =>
  truth.filter((value, index) => value === found[index]).length / truth.length;

/** Area under the ROC curve, ties counted half. */
export function areaUnderCurve(scores: readonly number[], isTrue: readonly boolean[]): number {
  const order = scores.map((score, index) => ({ score, isTrue: isTrue[index]! })).sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && order[end]!.score === order[start]!.score) end++;
    const rank = (start + end + 1) / 2;
    ranks += rank * order.slice(start, end).filter((one) => one.isTrue).length;
    start = end;
  }
  const positives = isTrue.filter(Boolean).length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
