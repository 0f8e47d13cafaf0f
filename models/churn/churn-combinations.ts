import { groupBy } from '../../group-by.ts';
import { compareInStrata, type Compared } from './mantel-haenszel.ts';

/**
 * One customer at one cut-off: the matters and their channels of the 90 days before, and whether they left within the
 * window.
 */
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
  /**
   * How many times as often they left as others with as many contacts at the same time, alike in the stronger
   * combinations; null where too few left.
   */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** It is clear of 1 even after allowing for how many combinations were looked at. */
  readonly isClear: boolean;
}

/** Stands in `channels` for any set of two or more. */
export const SEVERAL = 'several';

export const LEAST_CUSTOMERS = 20;
/** Below it a ratio is not told: its interval would rest on one or two people. */
const LEAST_LEAVERS = 3;
/** How probable a false finding may be, over all combinations that were looked at (Holm 1979). */
const FALSE_FINDINGS = 0.05;
/** Each one that is found parts the strata again; more would leave too few customers in each. */
const MOST_FOUND = 8;

interface Candidate extends Combination {
  /** Places of the rows that went through it. */
  readonly exposed: ReadonlySet<number>;
  readonly customers: number;
  readonly left: number;
}

/**
 * Which combinations of channels and matters go with leaving. The ratio is that of Mantel and Haenszel over strata of
 * one cut-off and one band of contacts, so that customers are compared with others who were in touch as often at the
 * same time; its interval is that of Greenland and Robins (1985). The strongest one is found first and parts the strata
 * of all others, and so on while one is clear: what only seems harmless beside a great harm, or harmful because it
 * comes along with one, is not found. That they go together says nothing of what is the cause.
 */
export function findCombinations(rows: readonly Journeys[]): CombinationFound[] {
  const candidates = candidatesOf(rows);
  let strata = rows.map(stratumOf);
  const clear = new Map<Candidate, Compared>();
  while (clear.size < MOST_FOUND) {
    const open = candidates.filter((candidate) => !clear.has(candidate));
    const [best] = compareAll(rows, strata, open).sort((one, other) => other.compared.strength - one.compared.strength);
    if (!best || best.compared.chance > FALSE_FINDINGS / open.length) break;
    clear.set(best.candidate, best.compared);
    strata = strata.map((stratum, row) => `${stratum} ${best.candidate.exposed.has(row) ? 1 : 0}`);
  }
  const others = compareAll(
    rows,
    strata,
    candidates.filter((candidate) => !clear.has(candidate)),
  );
  const compared = new Map([...clear, ...others.map(({ candidate, compared: one }) => [candidate, one] as const)]);
  return candidates
    .map((candidate) => present(rows, candidate, compared.get(candidate), clear.has(candidate)))
    .sort((one, other) => (other.low ?? -1) - (one.low ?? -1) || other.customers - one.customers);
}

/** Those that enough customers went through; of two that the same customers did, the one that says more. */
function candidatesOf(rows: readonly Journeys[]): Candidate[] {
  const byName = groupBy(
    rows.flatMap(({ combinations }, row) =>
      combinations.flatMap(widened).map((combination) => ({ ...combination, row })),
    ),
    ({ channels, intentGroup }) => `${channels}\u001f${intentGroup}`,
  );
  const found = [...byName.values()].flatMap((uses) => {
    const exposed = new Set(uses.map(({ row }) => row));
    const people = countPeople([...exposed].map((row) => rows[row]!));
    const { channels, intentGroup } = uses[0]!;
    return people.all.size < LEAST_CUSTOMERS
      ? []
      : [{ channels, intentGroup, exposed, customers: people.all.size, left: people.left.size }];
  });
  const isRepeated = ({ channels, intentGroup, exposed }: Candidate): boolean =>
    channels === SEVERAL &&
    found.some(
      (other) =>
        other.channels.includes(',') && other.intentGroup === intentGroup && other.exposed.size === exposed.size,
    );
  return found.filter((candidate) => !isRepeated(candidate));
}

function compareAll(
  rows: readonly Journeys[],
  strata: readonly string[],
  candidates: readonly Candidate[],
): { candidate: Candidate; compared: Compared }[] {
  return candidates.flatMap((candidate) => {
    const compared = candidate.left < LEAST_LEAVERS ? undefined : compareInStrata(rows, strata, candidate.exposed);
    return compared ? [{ candidate, compared }] : [];
  });
}

const present = (
  rows: readonly Journeys[],
  { channels, intentGroup, exposed, customers, left }: Candidate,
  compared: Compared | undefined,
  isClear: boolean,
): CombinationFound => ({
  channels,
  intentGroup,
  customers,
  left,
  share: shareOf(rows.filter((_, row) => exposed.has(row))),
  shareOthers: shareOf(rows.filter((_, row) => !exposed.has(row))),
  ratio: compared?.ratio ?? null,
  low: compared?.low ?? null,
  high: compared?.high ?? null,
  isClear,
});

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
