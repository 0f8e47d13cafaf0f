import type { Store } from '../../data/store.ts';
import { groupBy } from '../../group-by.ts';
import type { Quotable } from './abstract.ts';
import type { HistoryContact } from './history.ts';
import { readUtterances, type Mask, type ShownUtterance } from './read-utterances.ts';

/** A sentence that was said, with its place; `start` and `end` are offsets into the utterance's (masked) text. */
export interface PlacedSentence extends Quotable {
  readonly contact: HistoryContact;
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
  readonly occurredAt: Date | null;
}

/** Of longer histories, all that was said in the newest contacts is read. */
const mostContacts = 50;

/**
 * Everything that was said in the newest of these contacts (given newest first) in languages that are read, oldest
 * first.
 */
export async function readSaid(
  store: Store,
  contacts: readonly HistoryContact[],
  mask: Mask | undefined,
): Promise<PlacedSentence[]> {
  const newest = contacts.slice(0, mostContacts);
  const given = {
    ids: newest.map(({ interactionId }) => interactionId),
    from: new Date(Math.min(...newest.map(({ startedAt }) => startedAt.getTime()))),
    to: new Date(Math.max(...newest.map(({ endedAt }) => endedAt.getTime()))),
  };
  const said = groupBy(await readUtterances(store, 'history-said', given, mask), ({ interactionId }) => interactionId);
  return newest
    .toReversed()
    .flatMap((contact) => (said.get(contact.interactionId) ?? []).flatMap((one) => placed(one, contact)));
}

const placed = (
  { sentences, role, utteranceId, occurredAt }: ShownUtterance,
  contact: HistoryContact,
): PlacedSentence[] =>
  sentences.map(({ text, start, end, salience }) => ({
    text,
    role,
    salience,
    contact,
    utteranceId,
    start,
    end,
    occurredAt,
  }));
