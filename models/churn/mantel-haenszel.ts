export interface Compared {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Distance from no difference, in standard errors. */
  readonly strength: number;
  /** How probable so great a difference is where there is none. */
  readonly chance: number;
}

/**
 * How many times as often the exposed left as the others of their stratum: the ratio of Mantel and Haenszel with the
 * interval of Greenland and Robins (1985). `strata` names that of each row, `exposed` holds places of rows. Undefined
 * where no stratum holds both kinds with leavers among each.
 */
export function compareInStrata(
  rows: readonly { readonly isLeaver: boolean }[],
  strata: readonly string[],
  exposed: ReadonlySet<number>,
): Compared | undefined {
  const cells = new Map<string, [leavers: number, all: number, otherLeavers: number, others: number]>();
  for (const [row, { isLeaver }] of rows.entries()) {
    const cell = cells.get(strata[row]!) ?? [0, 0, 0, 0];
    const place = exposed.has(row) ? 0 : 2;
    cell[place] += Number(isLeaver);
    cell[place + 1]! += 1;
    cells.set(strata[row]!, cell);
  }
  let [above, below, spread] = [0, 0, 0];
  for (const [leavers, all, otherLeavers, others] of cells.values()) {
    const total = all + others;
    above += (leavers * others) / total;
    below += (otherLeavers * all) / total;
    spread += (all * others * (leavers + otherLeavers) - leavers * otherLeavers * total) / total ** 2;
  }
  if (above === 0 || below === 0) return undefined;
  const ratio = above / below;
  const error = Math.sqrt(spread / (above * below));
  const reach = Math.exp(1.96 * error);
  const strength = Math.abs(Math.log(ratio)) / error;
  return { ratio, low: ratio / reach, high: ratio * reach, strength, chance: twoSided(strength) };
}

/** Both tails of the normal distribution (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function twoSided(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, factor) => sum * t + factor,
    0,
  );
  return Math.min(1, (2 * series * t * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI));
}
