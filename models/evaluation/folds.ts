export interface Fold<T> {
  readonly train: readonly T[];
  readonly test: readonly T[];
}

/** Every sample is tested once; samples are dealt to the folds in turn, so that the same samples give the same folds. */
export const foldsOf = <T>(samples: readonly T[], count: number): Fold<T>[] =>
  Array.from({ length: count }, (_, fold) => ({
    train: samples.filter((_sample, index) => index % count !== fold),
    test: samples.filter((_sample, index) => index % count === fold),
  }));
