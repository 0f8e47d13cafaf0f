import type { Store } from '../../data/store.ts';
import { maskedOffset } from '../../ingest/redact/span.ts';
import { splitSentences } from '../sentences.ts';
import { modelSql } from '../sql.ts';
import type { Quotable } from './abstract.ts';
import type { HistoryContact } from './history.ts';
import type { Mask } from './read-history.ts';

/** A sentence that was said, with its place; `start` and `end` are offsets into the utterance's (masked) text. */
export interface PlacedSentence extends Quotable {
  readonly contact: HistoryContact;
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
  readonly occurredAt: Date | null;
}

interface SaidRow {
  readonly interaction_id: string;
  readonly utterance_id: string;
  readonly role: string;
  readonly text: string;
  readonly occurred_at: Date | null;
  readonly sentence_salience: string | null;
}

/** Of longer histories, all that was said in the newest contacts is read. */
const mostContacts = 50;

/** Everything that was said in the newest of these contacts (given newest first) in languages that are read, oldest first. */
export async function readSaid(
  store: Store,
  contacts: readonly HistoryContact[],
  mask: Mask | undefined,
): Promise<PlacedSentence[]> {
  const newest = contacts.slice(0, mostContacts);
  if (newest.length === 0) return [];
  const rows = await store.all<SaidRow>(modelSql('history-said'), {
    ids: newest.map(({ interactionId }) => interactionId),
    from: new Date(Math.min(...newest.map(({ startedAt }) => startedAt.getTime()))),
    to: new Date(Math.max(...newest.map(({ endedAt }) => endedAt.getTime()))),
  });
  return newest
    .toReversed()
    .flatMap((contact) =>
      rows
        .filter(({ interaction_id: id }) => id === contact.interactionId)
        .flatMap((row) => sentencesOf(row, contact, mask)),
    );
}

function sentencesOf(row: SaidRow, contact: HistoryContact, mask: Mask | undefined): PlacedSentence[] {
  const salience = row.sentence_salience === null ? [] : (JSON.parse(row.sentence_salience) as number[]);
  const shown = mask?.(row.text);
  return splitSentences(row.text).map(({ start, end, text }, index) => {
    const [from, to] = shown ? [maskedOffset(start, shown.spans), maskedOffset(end, shown.spans)] : [start, end];
    return {
      text: shown ? shown.text.slice(from, to) : text,
      role: row.role,
      salience: salience[index] ?? 0,
      contact,
      utteranceId: row.utterance_id,
      start: from,
      end: to,
      occurredAt: row.occurred_at,
    };
  });
}
