import type { AppendColumn } from '../../data/append.ts';
import type { Scored } from '../encoder/chunks.ts';
import type { InteractionSignals, ReadUtterance } from './interaction.ts';
import type { TextSignals } from '../read-text.ts';
import { labelOf, type SentimentLabel } from '../sentiment.ts';

const columns = (definition: string): AppendColumn[] =>
  definition.split(' ').map((pair) => {
    const [name, type] = pair.split(':') as [string, AppendColumn['type']];
    return { name, type };
  });

/** The columns of signal.utterance from `language` to `sentence_promises`: what reading one text gives. */
const readingColumns = columns(
  'language:varchar is_supported:boolean sentiment:float negative:float neutral:float positive:float frustration:float ' +
    'is_frustrated:boolean emotion:varchar emotions:varchar intent:varchar intent_score:float intents:varchar act:varchar ' +
    'act_score:float salience:float sentence_salience:varchar sentence_outcomes:varchar sentence_promises:varchar',
);

export const readingColumnNames = readingColumns.map(({ name }) => name);

export const utteranceColumns: readonly AppendColumn[] = [
  ...columns('utterance_id:uuid interaction_id:uuid text_hash:uuid model:varchar'),
  ...readingColumns,
  ...columns('utterance_revision:bigint revision:bigint'),
];

export const embeddingColumns = columns('text_hash:uuid model:varchar vector:blob scale:float');

export const interactionColumns = columns(
  'interaction_id:uuid model:varchar customer_utterances:integer scored_utterances:integer sentiment:float ' +
    'sentiment_start:float sentiment_end:float sentiment_shift:float sentiment_lowest:float agent_sentiment:float ' +
    'frustrated_utterances:integer is_frustrated:boolean intent:varchar intent_score:float intents:varchar emotion:varchar ' +
    'outcome:varchar outcome_utterance_id:uuid language:varchar summary:varchar summary_parts:varchar revision:bigint',
);

/** The values of the reading columns; all but the language are null where the text was not read. */
export function readingValues(language: string | null, signals: TextSignals | undefined): unknown[] {
  if (!signals) return [language, false, ...readingColumns.slice(2).map(() => null)];
  const { sentiment, emotions, intents, act, salience } = signals;
  return [
    language,
    true,
    sentiment.score,
    sentiment.negative,
    sentiment.neutral,
    sentiment.positive,
    signals.frustration,
    signals.isFrustrated,
    emotions.find(({ name }) => name !== 'neutral')?.name ?? 'neutral',
    asJson(emotions),
    intents[0]?.name,
    intents[0]?.score,
    asJson(intents),
    act.name,
    act.score,
    Math.max(...salience),
    JSON.stringify(salience.map(rounded)),
    JSON.stringify(signals.outcomes.map((odds) => odds.map(inHundredths))),
    JSON.stringify(signals.promises.map(rounded)),
  ];
}

export function interactionValues(id: string, model: string, signals: InteractionSignals, revision: number): unknown[] {
  return [
    id,
    model,
    signals.customerUtterances,
    signals.scoredUtterances,
    signals.sentiment,
    signals.sentimentStart,
    signals.sentimentEnd,
    signals.sentimentShift,
    signals.sentimentLowest,
    signals.agentSentiment,
    signals.frustratedUtterances,
    signals.isFrustrated,
    signals.intents[0]?.name,
    signals.intents[0]?.score,
    asJson(signals.intents),
    signals.emotion,
    signals.outcome,
    signals.outcomeUtteranceId,
    signals.language,
    signals.summary?.text,
    signals.summary ? JSON.stringify(signals.summary.parts) : null,
    revision,
  ];
}

/** A row of read-utterances.sql. */
export interface ReadUtteranceRow {
  readonly utterance_id: string;
  readonly interaction_id: string;
  readonly role: string;
  readonly text: string;
  readonly is_automatic: boolean;
  readonly language: string | null;
  readonly is_supported: boolean;
  readonly sentiment: number | null;
  readonly negative: number | null;
  readonly neutral: number | null;
  readonly positive: number | null;
  readonly is_frustrated: boolean;
  readonly emotions: string | null;
  readonly intents: string | null;
  readonly act: string | null;
  readonly sentence_salience: string | null;
  readonly sentence_outcomes: string | null;
  readonly sentence_promises: string | null;
}

export const utteranceFromRow = (row: ReadUtteranceRow): ReadUtterance => ({
  utteranceId: row.utterance_id,
  role: row.role,
  text: row.text,
  isAutomatic: row.is_automatic,
  language: row.language,
  isSupported: row.is_supported,
  sentiment: row.sentiment,
  label: labelOfRow(row),
  isFrustrated: row.is_frustrated,
  emotions: fromJson<Scored>(row.emotions),
  intents: fromJson<Scored>(row.intents),
  act: row.act,
  salience: fromJson<number>(row.sentence_salience),
  outcomes: fromJson<number[]>(row.sentence_outcomes),
  promises: fromJson<number>(row.sentence_promises),
});

function labelOfRow({ negative, neutral, positive }: ReadUtteranceRow): SentimentLabel | null {
  if (negative === null || neutral === null || positive === null) return null;
  return labelOf(negative, neutral, positive);
}

const fromJson = <T>(text: string | null): T[] => (text === null ? [] : (JSON.parse(text) as T[]));
const asJson = (scored: readonly Scored[]): string =>
  JSON.stringify(scored.map(({ name, score }) => ({ name, score: rounded(score) })));
const inHundredths = (value: number): number => Math.round(value * 100) / 100;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
