import type { HistoryContact, HistoryPart, HistorySentence, StoredSentence } from './history.ts';

/** A sentence and how much it is worth to be told, from 0 to 1. */
export interface Ranked {
  readonly sentence: HistorySentence;
  readonly worth: number;
}

/** What the first sentence of each part is worth, and each further one of the same part. */
const firstWorth: Record<HistoryPart, number> = {
  reason: 1,
  outcome: 0.9,
  promise: 0.85,
  'next step': 0.8,
  done: 0.75,
};
const furtherWorth = 0.5;
/** The reason stands at the start of a matter, what was done rather at its end. */
const repeatedShare = 0.7;
const asking = new Set(['instruct', 'request', 'question']);

interface Found {
  readonly contact: HistoryContact;
  readonly stored: StoredSentence;
  /** Which contact of the matter, from 0. */
  readonly place: number;
}

/**
 * What one matter (its contacts, oldest first) has to tell, part by part; a sentence plays one part. An outcome is that of
 * the last contact that has one. A promise is open where no later contact is resolved. What comes next is the customer's
 * question that nobody answered, else what the company last asked the customer for, in a last contact that settled nothing.
 */
export function worthOfMatter(contacts: readonly HistoryContact[]): Ranked[] {
  const all = contacts.flatMap((contact, place) => contact.sentences.map((stored) => ({ contact, stored, place })));
  const last = contacts.length - 1;
  const named = (part: string): Found[] => all.filter(({ stored }) => stored.part === part);
  const outcome = named('outcome').findLast(({ place }) => place === named('outcome').at(-1)!.place);
  const promises = named('promise').filter(({ place }) => !contacts.slice(place + 1).some((one) => one.isResolved));
  const taken = new Taken();
  const ranked = [
    ...taken.rank('outcome', outcome ? [outcome] : []),
    ...taken.rank('promise', promises.toReversed()),
    ...taken.rank(
      'reason',
      byWorth(reasonsOf(all, named), ({ place }) => place),
    ),
    ...taken.rank('next step', nextStep(all, contacts)),
    ...taken.rank(
      'done',
      byWorth(named('action'), ({ place }) => last - place),
    ),
  ];
  return ranked;
}

/** A customer who asks once and is not answered has the question for a reason. */
function reasonsOf(all: readonly Found[], named: (part: string) => Found[]): Found[] {
  const issues = named('issue');
  return issues.length > 0 ? issues : all.filter(({ stored }) => stored.role === 'customer').slice(0, 1);
}

function nextStep(all: readonly Found[], contacts: readonly HistoryContact[]): Found[] {
  if (contacts.at(-1)?.isResolved) return [];
  const latest = all.filter(({ place }) => place === contacts.length - 1);
  const open = latest.findLast(({ stored }) => stored.part === 'open question');
  const asked = latest.findLast(({ stored }) => stored.part === 'action' && asking.has(stored.act ?? ''));
  return [open ?? asked ?? []].flat();
}

const byWorth = (found: readonly Found[], distance: (one: Found) => number): Found[] => {
  const worth = (one: Found): number => one.stored.salience * repeatedShare ** distance(one);
  return found.toSorted((left, right) => worth(right) - worth(left));
};

/** Which sentences have a part already; one that says nearly the same as another has none. */
class Taken {
  readonly #words: Set<string>[] = [];

  rank(part: HistoryPart, found: readonly Found[]): Ranked[] {
    return found
      .filter(({ stored }) => this.#isNew(stored.text))
      .map(({ contact, stored }, index) => ({
        sentence: { ...stored, part, contact },
        worth: firstWorth[part] * furtherWorth ** index * (0.6 + 0.4 * stored.salience),
      }));
  }

  #isNew(text: string): boolean {
    const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    if (words.size === 0 || this.#words.some((other) => isAlike(words, other))) return false;
    this.#words.push(words);
    return true;
  }
}

/** More than two thirds of the words of the longer one are in both. */
function isAlike(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const both = [...left].filter((word) => right.has(word)).length;
  return both > (2 / 3) * Math.max(left.size, right.size);
}
