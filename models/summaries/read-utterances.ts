import type { Store } from '../../data/store.ts';
import { maskedOffset, type PersonalSpan } from '../../ingest/redact/span.ts';
import { splitSentences, type Sentence } from '../text/sentences.ts';
import { modelSql } from '../sql.ts';

/** Masks personal data in words; given where the reader, or an endpoint, may not see it. */
export type Mask = (text: string) => { readonly text: string; readonly spans: readonly PersonalSpan[] };

/** A sentence as it is shown: `start` and `end` are offsets into the utterance's masked text. */
export interface ShownSentence extends Sentence {
  /** Where it starts in the words as they were said. */
  readonly originalStart: number;
  readonly original: string;
  /** 0 to 1. */
  readonly salience: number;
}

export interface ShownUtterance {
  readonly utteranceId: string;
  readonly interactionId: string;
  readonly role: string;
  readonly act: string | null;
  readonly occurredAt: Date | null;
  readonly sentences: readonly ShownSentence[];
}

interface UtteranceRow {
  readonly utterance_id: string;
  readonly interaction_id: string;
  readonly role: string;
  readonly text: string;
  readonly occurred_at: Date | null;
}

interface ReadingRow {
  readonly utterance_id: string;
  readonly act: string | null;
  readonly sentence_salience: string | null;
}

/**
 * The utterances of these ids (`history-utterances`), or of these interactions (`history-said`, in order), within a time,
 * as far as they have words in a language that is read.
 */
export async function readUtterances(
  store: Store,
  sql: 'history-utterances' | 'history-said',
  given: { ids: string[]; from: Date; to: Date },
  mask: Mask | undefined,
): Promise<ShownUtterance[]> {
  if (given.ids.length === 0) return [];
  const rows = await store.all<UtteranceRow>(modelSql(sql), given);
  const ids = rows.map(({ utterance_id: id }) => id);
  const readings = new Map(
    (await store.all<ReadingRow>(modelSql('history-readings'), { ids })).map((row) => [row.utterance_id, row]),
  );
  return rows.flatMap((row) => {
    const reading = readings.get(row.utterance_id);
    return reading ? [shown(row, reading, mask)] : [];
  });
}

function shown(
  row: UtteranceRow,
  { act, sentence_salience: given }: ReadingRow,
  mask: Mask | undefined,
): ShownUtterance {
  const salience = given === null ? [] : (JSON.parse(given) as number[]);
  const masked = mask?.(row.text);
  const sentences = splitSentences(row.text).map((sentence, index): ShownSentence => {
    const { start: originalStart, text: original } = sentence;
    const own = { originalStart, original, salience: salience[index] ?? 0 };
    if (!masked) return { ...sentence, ...own };
    const start = maskedOffset(sentence.start, masked.spans);
    const end = maskedOffset(sentence.end, masked.spans);
    return { start, end, text: masked.text.slice(start, end), ...own };
  });
  return {
    utteranceId: row.utterance_id,
    interactionId: row.interaction_id,
    role: row.role,
    act,
    occurredAt: row.occurred_at,
    sentences,
  };
}
