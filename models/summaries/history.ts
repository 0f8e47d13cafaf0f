import { worthOfMatter, type Ranked } from './matter.ts';

export type HistoryPart = 'reason' | 'done' | 'outcome' | 'promise' | 'next step';

/** A sentence of the stored summary of one contact; `start` and `end` are offsets into its utterance, in UTF-16 units. */
export interface StoredSentence {
  /** As summary.ts names it: issue, action, outcome, promise or open question. */
  readonly part: string;
  readonly text: string;
  readonly role: string;
  readonly act: string | null;
  /** 0 to 1. */
  readonly salience: number;
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
  readonly occurredAt: Date | null;
}

/** One contact, with what was picked of it; no sentence where its language is not supported, or nothing was said. */
export interface HistoryContact {
  readonly interactionId: string;
  readonly episodeId: string | null;
  readonly channel: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly isResolved: boolean;
  readonly sentences: readonly StoredSentence[];
}

/** A sentence of the history's summary, with the contact it was said in. */
export interface HistorySentence extends Omit<StoredSentence, 'part'> {
  readonly part: HistoryPart;
  readonly contact: HistoryContact;
}

/** Of a matter that is settled, less is worth telling. */
const settledShare = 0.6;
/** Each older matter, and each further sentence of one that was already told of. */
const olderShare = 0.85;
const furtherShare = 0.7;

/**
 * The whole of one matter, or of a customer, in at most `count` sentences as they were said: why they got in touch, what
 * was done, how it ended, what is promised and still open, and what comes next. Matters that are not settled and newer
 * ones go first; within a matter the sentences stand in the order of these parts. Contacts are taken in any order.
 */
export function summarizeHistory(contacts: readonly HistoryContact[], count: number): HistorySentence[] {
  const matters = mattersOf(contacts);
  const ranked = matters.map((matter, age) => {
    const share = (matter.at(-1)!.isResolved ? settledShare : 1) * olderShare ** age;
    return worthOfMatter(matter).map((one) => ({ ...one, worth: one.worth * share }));
  });
  const picked = pickWorthiest(ranked, count);
  return ranked
    .map((sentences) => sentences.filter((one) => picked.has(one)))
    .toSorted((left, right) => worthOf(right) - worthOf(left))
    .flatMap((sentences) => sentences.toSorted(byPartAndTime).map(({ sentence }) => sentence));
}

/** Each matter's contacts, oldest first; the matter with the newest contact first. One without a matter is its own. */
function mattersOf(contacts: readonly HistoryContact[]): HistoryContact[][] {
  const matters = new Map<string, HistoryContact[]>();
  for (const contact of contacts.toSorted((left, right) => left.startedAt.getTime() - right.startedAt.getTime())) {
    const key = contact.episodeId ?? contact.interactionId;
    const matter = matters.get(key);
    if (matter) matter.push(contact);
    else matters.set(key, [contact]);
  }
  return [...matters.values()].toSorted(
    (left, right) => right.at(-1)!.startedAt.getTime() - left.at(-1)!.startedAt.getTime(),
  );
}

/** Again and again the worthiest sentence, where each further one of a matter is worth less. */
function pickWorthiest(ranked: readonly (readonly Ranked[])[], count: number): Set<Ranked> {
  const queues = ranked.map((sentences) => sentences.toSorted((left, right) => right.worth - left.worth));
  const picked = new Set<Ranked>();
  const told = queues.map(() => 0);
  while (picked.size < count) {
    let best = -1;
    let most = 0;
    for (const [index, queue] of queues.entries()) {
      const worth = (queue[told[index]!]?.worth ?? 0) * furtherShare ** told[index]!;
      if (worth > most) [best, most] = [index, worth];
    }
    if (best < 0) break;
    picked.add(queues[best]![told[best]!++]!);
  }
  return picked;
}

const worthOf = (sentences: readonly Ranked[]): number => Math.max(0, ...sentences.map(({ worth }) => worth));

const order: readonly HistoryPart[] = ['reason', 'done', 'outcome', 'promise', 'next step'];

const byPartAndTime = ({ sentence: left }: Ranked, { sentence: right }: Ranked): number =>
  order.indexOf(left.part) - order.indexOf(right.part) || timeOf(left) - timeOf(right) || left.start - right.start;

const timeOf = ({ occurredAt, contact }: HistorySentence): number => (occurredAt ?? contact.startedAt).getTime();
