import type { Store } from '../../data/store.ts';
import { maskedOffset, type PersonalSpan } from '../../ingest/redact/span.ts';
import { isSupported } from '../language.ts';
import { splitSentences } from '../sentences.ts';
import { modelSql } from '../sql.ts';
import type { SummaryPart } from '../summary.ts';
import type { HistoryContact, StoredSentence } from './history.ts';

/** Of longer histories the newest contacts are read. */
export const mostContacts = 200;

export interface Subject {
  readonly kind: 'customer' | 'episode' | 'interaction';
  readonly id: string;
}

/** Masks personal data in words; given where the reader, or an endpoint, may not see it. */
export type Mask = (text: string) => { readonly text: string; readonly spans: readonly PersonalSpan[] };

/** A history as it is stored: its contacts with the sentences picked of each, newest first. */
export interface History {
  readonly contacts: readonly HistoryContact[];
  /** All there are; `contacts` holds the newest of them. */
  readonly countContacts: number;
  /** Contacts with words that no model has read yet. */
  readonly countUnread: number;
  /** Contacts in languages the model does not read, and which these are. */
  readonly countUnsupported: number;
  readonly unsupportedLanguages: readonly string[];
  /** How the newest contact ended; null where that is not known. */
  readonly outcome: string | null;
  readonly isResolved: boolean;
  readonly model: string | null;
  /** That of the newest reading. */
  readonly revision: number;
}

interface ContactRow {
  readonly interaction_id: string;
  readonly episode_id: string | null;
  readonly channel: string;
  readonly started_at: Date;
  readonly ended_at: Date;
  readonly is_resolved: boolean;
  readonly outcome: string | null;
  readonly language: string | null;
  readonly utterance_count: number;
  readonly model: string | null;
  readonly revision: number | null;
  readonly summary_parts: string | null;
  readonly count_contacts: number;
}

interface UtteranceRow {
  readonly utterance_id: string;
  readonly role: string;
  readonly text: string;
  readonly occurred_at: Date | null;
  readonly act: string | null;
  readonly sentence_salience: string | null;
}

/** Reads what is stored of a customer, an episode or one interaction; undefined where there is no contact. */
export async function readHistory(
  store: Store,
  { kind, id }: Subject,
  { folder, mask }: { folder: string; mask?: Mask | undefined },
): Promise<History | undefined> {
  const rows = await store.all<ContactRow>(modelSql('history-contacts'), { subject: kind, id, limit: mostContacts });
  const [newest] = rows;
  if (!newest) return undefined;
  const parts = new Map(rows.map((row) => [row.interaction_id, partsOf(row)]));
  const utterances = await readUtterances(store, rows, [...parts.values()].flat(), mask);
  const unsupported = rows.filter(
    ({ model, summary_parts: stored, language }) =>
      model !== null && stored === null && language !== null && !isSupported(language, folder),
  );
  return {
    contacts: rows.map((row) => ({
      interactionId: row.interaction_id,
      episodeId: row.episode_id,
      channel: row.channel,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      isResolved: row.is_resolved,
      sentences: parts.get(row.interaction_id)!.flatMap((part) => utterances.get(part.utteranceId)?.(part) ?? []),
    })),
    countContacts: newest.count_contacts,
    countUnread: rows.filter(({ model, utterance_count: count }) => model === null && count > 0).length,
    countUnsupported: unsupported.length,
    unsupportedLanguages: [...new Set(unsupported.map(({ language }) => language!))].sort(),
    outcome: newest.outcome,
    isResolved: newest.is_resolved,
    model: rows.find(({ model }) => model !== null)?.model ?? null,
    revision: Math.max(0, ...rows.map(({ revision }) => revision ?? 0)),
  };
}

const partsOf = ({ summary_parts: parts }: ContactRow): SummaryPart[] =>
  parts === null ? [] : (JSON.parse(parts) as SummaryPart[]);

type Placed = (part: SummaryPart) => StoredSentence | undefined;

/** For each utterance, how a part of a summary stands in it; words that were changed or deleted since are not shown. */
async function readUtterances(
  store: Store,
  contacts: readonly ContactRow[],
  parts: readonly SummaryPart[],
  mask: Mask | undefined,
): Promise<Map<string, Placed>> {
  const ids = [...new Set(parts.map(({ utteranceId }) => utteranceId))];
  if (ids.length === 0) return new Map();
  const rows = await store.all<UtteranceRow>(modelSql('history-utterances'), {
    ids,
    from: new Date(Math.min(...contacts.map(({ started_at: at }) => at.getTime()))),
    to: new Date(Math.max(...contacts.map(({ ended_at: at }) => at.getTime()))),
  });
  return new Map(rows.map((row) => [row.utterance_id, placedIn(row, mask)]));
}

function placedIn(row: UtteranceRow, mask: Mask | undefined): Placed {
  const salience = row.sentence_salience === null ? [] : (JSON.parse(row.sentence_salience) as number[]);
  const starts = splitSentences(row.text).map(({ start }) => start);
  const shown = mask?.(row.text);
  return ({ part, text, utteranceId, start, end }) => {
    if (row.text.slice(start, end) !== text) return undefined;
    const [from, to] = shown ? [maskedOffset(start, shown.spans), maskedOffset(end, shown.spans)] : [start, end];
    return {
      part,
      text: shown ? shown.text.slice(from, to) : text,
      role: row.role,
      act: row.act,
      salience: salience[starts.indexOf(start)] ?? 0,
      utteranceId,
      start: from,
      end: to,
      occurredAt: row.occurred_at,
    };
  };
}
