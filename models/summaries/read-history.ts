import type { Store } from '../../data/store.ts';
import { isSupported } from '../text/language.ts';
import { modelSql } from '../sql.ts';
import type { SummaryPart } from './summary.ts';
import type { HistoryContact, StoredSentence } from './history.ts';
import { readUtterances, type Mask, type ShownUtterance } from './read-utterances.ts';

/** Of longer histories the newest contacts are read. */
const mostContacts = 100;

export interface Subject {
  readonly kind: 'customer' | 'episode' | 'interaction';
  readonly id: string;
}

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
  readonly count_contacts: number;
}

interface SignalRow {
  readonly interaction_id: string;
  readonly model: string;
  readonly revision: number;
  readonly summary_parts: string | null;
}

const columns = { customer: 'customer_id', episode: 'episode_id', interaction: 'interaction_id' };

/** Reads what is stored of a customer, an episode or one interaction; undefined where there is no contact. */
export async function readHistory(
  store: Store,
  { kind, id }: Subject,
  { folder, mask }: { folder: string; mask?: Mask | undefined },
): Promise<History | undefined> {
  const sql = modelSql('history-contacts').replaceAll('{subject}', columns[kind]);
  const rows = await store.all<ContactRow>(sql, { id, limit: mostContacts });
  const [newest] = rows;
  if (!newest) return undefined;
  const ids = rows.map(({ interaction_id: contact }) => contact);
  const signals = await store.all<SignalRow>(modelSql('history-signals'), { ids });
  const byContact = new Map(signals.map((signal) => [signal.interaction_id, signal]));
  const sentences = await readPicked(store, rows, signals, mask);
  const isUnsupported = ({ interaction_id: contact, language }: ContactRow): boolean =>
    sentences.get(contact)?.length === 0 && language !== null && !isSupported(language, folder);
  const unsupported = rows.filter(isUnsupported);
  return {
    contacts: rows.map((row) => ({
      interactionId: row.interaction_id,
      episodeId: row.episode_id,
      channel: row.channel,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      isResolved: row.is_resolved,
      sentences: sentences.get(row.interaction_id) ?? [],
    })),
    countContacts: newest.count_contacts,
    countUnread: rows.filter((row) => row.utterance_count > 0 && !byContact.has(row.interaction_id)).length,
    countUnsupported: unsupported.length,
    unsupportedLanguages: [...new Set(unsupported.map(({ language }) => language!))].sort(),
    outcome: newest.outcome,
    isResolved: newest.is_resolved,
    model: byContact.get(ids.find((contact) => byContact.has(contact)) ?? '')?.model ?? null,
    revision: Math.max(0, ...signals.map(({ revision }) => revision)),
  };
}

/** The picked sentences of each contact; words that were changed or deleted since are not among them. */
async function readPicked(
  store: Store,
  contacts: readonly ContactRow[],
  signals: readonly SignalRow[],
  mask: Mask | undefined,
): Promise<Map<string, StoredSentence[]>> {
  const parts = new Map(signals.map((signal) => [signal.interaction_id, partsOf(signal)]));
  const given = {
    ids: [...new Set([...parts.values()].flat().map(({ utteranceId }) => utteranceId))],
    from: new Date(Math.min(...contacts.map(({ started_at: start }) => start.getTime()))),
    to: new Date(Math.max(...contacts.map(({ ended_at: end }) => end.getTime()))),
  };
  const utterances = await readUtterances(store, 'history-utterances', given, mask);
  const byId = new Map(utterances.map((utterance) => [utterance.utteranceId, utterance]));
  return new Map(
    [...parts].map(([contact, all]) => [contact, all.flatMap((part) => stored(part, byId.get(part.utteranceId)))]),
  );
}

const partsOf = ({ summary_parts: parts }: SignalRow): SummaryPart[] =>
  parts === null ? [] : (JSON.parse(parts) as SummaryPart[]);

function stored(part: SummaryPart, utterance: ShownUtterance | undefined): StoredSentence[] {
  const sentence = utterance?.sentences.find(
    ({ originalStart, original }) => originalStart === part.start && original === part.text,
  );
  if (!utterance || !sentence) return [];
  const { role, act, utteranceId, occurredAt } = utterance;
  const { text, start, end, salience } = sentence;
  return [{ part: part.part, text, role, act, salience, utteranceId, start, end, occurredAt }];
}
