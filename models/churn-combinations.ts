import { groupedBy } from './grouped.ts';

/** One customer at one cut-off: the matters and their channels of the 90 days before, and whether they left within the window. */
export interface Journeys {
  readonly customerId: string;
  readonly cutoffAt: Date;
  readonly countContacts: number;
  readonly isLeaver: boolean;
  readonly combinations: readonly Combination[];
}

export interface Combination {
  /** Names of channels in order of the alphabet, with commas between. */
  readonly channels: string;
  readonly intentGroup: string;
}

export interface CombinationFound extends Combination {
  readonly customers: number;
  readonly left: number;
  /** Of the customers at the cut-offs before which they went through it, those who left within the window. */
  readonly share: number;
  /** The same of customers at cut-offs who had not gone through it. */
  readonly shareOthers: number;
  /** How many times as often they left as others with as many contacts at the same time; null where nobody left. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The ratio is not 1 even after allowing for how many combinations were looked at. */
  readonly isClear: boolean;
}

/** Stands in `channels` for any set of two or more. */
export const SEVERAL = 'several';

export const LEAST_CUSTOMERS = 20;
/** Below it a ratio is not told: its interval would rest on one or two people. */
const LEAST_LEAVERS = 3;
const FALSE_DISCOVERIES = 0.05;

/**
 * Which combinations of channels and matters go with leaving. The ratio is that of Mantel and Haenszel over strata of one
 * cut-off and one band of contacts, so that customers are compared with others who were in touch as often at the same time;
 * its interval is that of Greenland and Robins (1985). `isClear` keeps the share of false findings at 5 % (Benjamini and
 * Hochberg 1995). That they go together says nothing of what is the cause.
 */
export function findCombinations(rows: readonly Journeys[]): CombinationFound[] {
  const byName = groupedBy(
    rows.flatMap(({ combinations }, row) =>
      combinations.flatMap(widened).map((combination) => ({ ...combination, row })),
    ),
    ({ channels, intentGroup }) => `${channels}\u001f${intentGroup}`,
  );
  const strata = rows.map(stratumOf);
  const found = [...byName.values()].flatMap((uses) => {
    const exposed = new Set(uses.map(({ row }) => row));
    const people = countPeople([...exposed].map((row) => rows[row]!));
    if (people.all.size < LEAST_CUSTOMERS) return [];
    const compared = people.left.size < LEAST_LEAVERS ? undefined : compare(rows, strata, exposed);
    return [
      {
        channels: uses[0]!.channels,
        intentGroup: uses[0]!.intentGroup,
        customers: people.all.size,
        left: people.left.size,
        share: shareOf(rows.filter((_, row) => exposed.has(row))),
        shareOthers: shareOf(rows.filter((_, row) => !exposed.has(row))),
        ratio: compared?.ratio ?? null,
        low: compared?.low ?? null,
        high: compared?.high ?? null,
        chance: compared?.chance ?? 1,
      },
    ];
  });
  const limit = chanceLimit(found.map(({ chance }) => chance));
  return found
    .map(({ chance, ...combination }) => ({ ...combination, isClear: chance <= limit }))
    .sort((one, other) => (other.low ?? -1) - (one.low ?? -1) || other.customers - one.customers);
}

/** A set of channels by itself, and as one of those that took several. */
const widened = (combination: Combination): Combination[] =>
  combination.channels.includes(',') ? [combination, { ...combination, channels: SEVERAL }] : [combination];

/** 1, 2, 3, 4 to 5, 6 to 9, 10 and more contacts. */
const bandOf = (contacts: number): number => [2, 3, 4, 6, 10].filter((least) => contacts >= least).length;

const stratumOf = ({ cutoffAt, countContacts }: Journeys): string => `${cutoffAt.getTime()} ${bandOf(countContacts)}`;

const shareOf = (rows: readonly Journeys[]): number =>
  rows.length === 0 ? 0 : rows.filter(({ isLeaver }) => isLeaver).length / rows.length;

function countPeople(rows: readonly Journeys[]): { all: Set<string>; left: Set<string> } {
  return {
    all: new Set(rows.map(({ customerId }) => customerId)),
    left: new Set(rows.flatMap(({ customerId, isLeaver }) => (isLeaver ? [customerId] : []))),
  };
}

interface Compared {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** How probable so great a difference is where there is none. */
  readonly chance: number;
}

/** Undefined where no stratum holds both kinds of customers with leavers among each. */
function compare(
  rows: readonly Journeys[],
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
  return { ratio, low: ratio / reach, high: ratio * reach, chance: twoSided(Math.abs(Math.log(ratio)) / error) };
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

/** The greatest chance that still counts as found; below 0 where none does. */
function chanceLimit(chances: readonly number[]): number {
  const sorted = chances.toSorted((one, other) => one - other);
  return sorted.findLast((chance, index) => chance <= (FALSE_DISCOVERIES * (index + 1)) / sorted.length) ?? -1;
}
