import { dot } from '../encoder/heads.ts';

/** What people say about one topic: the texts nearest to its centre. */
export interface TopicTexts {
  readonly texts: readonly string[];
}

export interface TopicLabel {
  /** For people, e.g. `verification code, never arrives`. */
  readonly label: string;
  /** Words and pairs of words that set it apart, best first. */
  readonly words: readonly string[];
}

const stopWords = new Set(
  "a about after again ah all also am an and any anyone are as at be because been before being but by can can't cannot could couldn't did didn't do does doesn't doing don't don dear down each else even ever few for from further get gets getting give go going gonna got had has have having he hello help her here hey hi him his how i i'd i'll i'm i've if in into is isn't it it'd it's its just know let like make me mean might more most much must my nah need needs no nope nor not now of off oh ok okay on once one only or other our out over own please really right said same say see seems she should since so some something still such sure take tell than thank thanks that that's the their them then there there's these they they're thing things think this those though to told too tried try trying u under until up us use using very want wants was we well were what what's when where which while who why will with won't would wouldn't yeah yes yet you you're your".split(
    ' ',
  ),
);
const otherWords = new Set(['id', 'ill']);
/** Many write without apostrophes: `im`, `dont`. */
for (const word of [...stopWords].map((one) => one.replaceAll("'", ''))) if (!otherWords.has(word)) stopWords.add(word);
const wordsInLabel = 3;
const wordsKept = 8;

/** Each topic's words by class-based TF-IDF: often in it, seldom in the others. Pairs of words count more than words. */
export function labelTopics(topics: readonly TopicTexts[]): TopicLabel[] {
  const counts = topics.map(({ texts }) => countTerms(texts));
  const totals = new Map<string, number>();
  let terms = 0;
  for (const own of counts)
    for (const [term, count] of own) {
      totals.set(term, (totals.get(term) ?? 0) + count);
      terms += count;
    }
  const mean = terms / Math.max(topics.length, 1);
  return counts.map((own, index) => {
    const texts = topics[index]!.texts.length;
    const least = Math.max(2, texts * 0.03);
    const scored = [...own]
      .filter(([, count]) => count >= least || texts < 4)
      .map(([term, count]) => ({ term, score: scoreOf(term, count, totals.get(term)!, mean) }))
      .sort((left, right) => right.score - left.score || (left.term < right.term ? -1 : 1));
    const words = distinctTerms(scored.map(({ term }) => term)).slice(0, wordsKept);
    return { label: words.slice(0, wordsInLabel).join(', ') || 'other', words };
  });
}

const pairBonus = 1.6;
const scoreOf = (term: string, count: number, total: number, mean: number): number =>
  count * Math.log(1 + mean / total) * (term.includes(' ') ? pairBonus : 1);

/** Leaves out a term of which every word is in a better one already. */
function distinctTerms(terms: readonly string[]): string[] {
  const seen = new Set<string>();
  return terms.filter((term) => {
    const words = term.split(' ').map((word) => word.replace(/s$/, ''));
    if (words.every((word) => seen.has(word))) return false;
    for (const word of words) seen.add(word);
    return true;
  });
}

function countTerms(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const words =
      text
        .toLowerCase()
        .replaceAll('’', "'")
        .match(/[\p{L}][\p{L}\p{N}'-]*/gu) ?? [];
    const terms = new Set<string>();
    words.forEach((word, index) => {
      if (isStop(word)) return;
      terms.add(word);
      const next = words[index + 1];
      if (next !== undefined && !isStop(next)) terms.add(`${word} ${next}`);
    });
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

const isStop = (word: string): boolean => word.length < 2 || stopWords.has(word);

const sameTopic = 0.8;

/** For each centroid the place of the old one that it continues, nearest pairs first, or undefined for a new topic. */
export function matchTopics(fresh: readonly Float32Array[], old: readonly Float32Array[]): (number | undefined)[] {
  const pairs = fresh.flatMap((centroid, index) =>
    old.map((other, place) => ({ index, place, cosine: dot(centroid, other) })),
  );
  const matched: (number | undefined)[] = fresh.map(() => undefined);
  const taken = new Set<number>();
  for (const { index, place, cosine } of pairs.sort((left, right) => right.cosine - left.cosine)) {
    if (cosine < sameTopic) break;
    if (matched[index] !== undefined || taken.has(place)) continue;
    matched[index] = place;
    taken.add(place);
  }
  return matched;
}

/** How often a topic came up in each of the last weeks, the newest last; each week is seven days up to the newest word. */
export interface TopicCourse {
  readonly weeks: readonly number[];
  readonly total: number;
}

export interface TopicTrend {
  /** The last week over what the four weeks before it let expect; null where there is no such history. */
  readonly growth: number | null;
  readonly isGrowing: boolean;
  readonly isNew: boolean;
}

const weeksBefore = 4;
const [leastGrowth, leastSurprise, leastCount] = [1.5, 3, 5];
const newShare = 0.8;

/**
 * Growing: half as much again as in the four weeks before, allowing for the growth of all topics together, and more than
 * chance would do (three standard deviations of a Poisson count). New: four in five of its words fell in the last two
 * weeks, of a history of six or more.
 */
export function readTrends(courses: readonly TopicCourse[]): TopicTrend[] {
  const weeks = Math.max(0, ...courses.map((course) => course.weeks.length));
  const at = ({ weeks: own }: TopicCourse, back: number): number => own[own.length - 1 - back] ?? 0;
  const all = (back: number): number => courses.reduce((sum, course) => sum + at(course, back), 0);
  const backs = Array.from({ length: weeksBefore }, (_, index) => index + 1);
  const before = backs.reduce((sum, back) => sum + all(back), 0) / weeksBefore;
  const drift = all(0) / Math.max(before, 1);
  return courses.map((course) => {
    const isNew =
      weeks >= weeksBefore + 2 &&
      course.total >= leastCount &&
      at(course, 0) + at(course, 1) >= newShare * course.total;
    if (weeks <= weeksBefore) return { growth: null, isGrowing: false, isNew };
    const expected = (backs.reduce((sum, back) => sum + at(course, back), 0) / weeksBefore) * drift;
    const last = at(course, 0);
    const growth = last / Math.max(expected, 1);
    const surprise = (last - expected) / Math.sqrt(expected + 1);
    return { growth, isGrowing: last >= leastCount && growth >= leastGrowth && surprise >= leastSurprise, isNew };
  });
}
