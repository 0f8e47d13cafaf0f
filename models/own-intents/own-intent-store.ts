import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../data/store.ts';
import { CrosstalkError } from '../../errors.ts';
import type { StepEffects } from '../../step.ts';
import { readModelId } from '../encoder/model-id.ts';
import { trainOwnIntents, type OwnIntentExample, type OwnIntentModel, type OwnIntentReport } from './own-intents.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { piecesOf } from '../read-text.ts';

export interface OwnIntentVersion {
  readonly version: number;
  readonly model: string;
  readonly madeAt: Date;
  readonly examples: readonly OwnIntentExample[];
  /** Null where the intents were removed. */
  readonly head: OwnIntentModel | null;
  readonly report: OwnIntentReport | null;
}

type Effects = Pick<StepEffects, 'now'> & { readonly pool: EncoderPool };

const background = readFileSync(join(import.meta.dirname, 'background.txt'), 'utf8')
  .trim()
  .split('\n');

/** Learns the intents of these examples and puts them in force as a new version; the old ones are kept. */
export async function saveOwnIntents(
  store: Store,
  examples: readonly OwnIntentExample[],
  { pool, now }: Effects,
): Promise<OwnIntentVersion> {
  const cleaned = examples.map(({ intent, text }) => ({ intent: intent.trim(), text: text.trim() }));
  const empty = cleaned.find(({ intent, text }) => intent === '' || piecesOf(text).length === 0);
  if (empty)
    throw new CrosstalkError(
      'invalid_argument',
      `invalid example: ${JSON.stringify(empty)}; expected an intent and a text with words`,
    );
  if (cleaned.length === 0) return saveVersion(store, { model: readModelId(pool.folder), examples: [] }, now());
  const texts = [...cleaned.map(({ text }) => text), ...background];
  const vectors = (await pool.encode(texts.map(piecesOf), { urgent: true })).map(({ vector }) => vector);
  const { model: head, report } = trainOwnIntents(
    cleaned,
    vectors.slice(0, cleaned.length),
    vectors.slice(cleaned.length),
  );
  return saveVersion(store, { model: readModelId(pool.folder), examples: cleaned, head, report }, now());
}

/** Takes out one intent, or all of them, and puts the rest in force. */
export async function removeOwnIntents(
  store: Store,
  intent: string | undefined,
  effects: Effects,
): Promise<OwnIntentVersion> {
  const current = await currentOwnIntents(store);
  const examples = current?.examples ?? [];
  const rest = intent === undefined ? [] : examples.filter((example) => example.intent !== intent);
  if (rest.length === examples.length)
    throw new CrosstalkError(
      'not_found',
      `invalid intent: ${intent ?? 'all'}; expected one of ${[...new Set(examples.map((example) => example.intent))].join(', ') || 'none, as there are none'}`,
    );
  return saveOwnIntents(store, new Set(rest.map((example) => example.intent)).size < 2 ? [] : rest, effects);
}

/** The version in force; undefined where there never was one. */
export async function currentOwnIntents(store: Store): Promise<OwnIntentVersion | undefined> {
  const [row] = await store.all<Record<string, any>>(
    `select version, model, made_at, examples, head, report
     from signal.own_intent_version
     order by version desc
     limit 1`,
  );
  if (!row) return undefined;
  const head = JSON.parse(row.head) as OwnIntentModel | null;
  return {
    version: row.version,
    model: row.model,
    madeAt: row.made_at,
    examples: JSON.parse(row.examples) as OwnIntentExample[],
    head: head && {
      ...head,
      weight: head.weight.map((weights) => Float32Array.from(weights)),
      bias: Float32Array.from(head.bias),
    },
    report: JSON.parse(row.report) as OwnIntentReport | null,
  };
}

interface NewVersion {
  readonly model: string;
  readonly examples: readonly OwnIntentExample[];
  readonly head?: OwnIntentModel;
  readonly report?: OwnIntentReport;
}

async function saveVersion(
  store: Store,
  { model, examples, head, report }: NewVersion,
  madeAt: Date,
): Promise<OwnIntentVersion> {
  const version = await store.transaction(async (session) => {
    const [last] = await session.all<{ version: number }>(
      'select coalesce(max(version), 0) as version from signal.own_intent_version',
    );
    const next = last!.version + 1;
    await session.run(
      `insert into signal.own_intent_version (version, model, made_at, examples, head, report, revision)
       values ($version, $model, $made_at, $examples, $head, $report, nextval('core.revision'))`,
      {
        version: next,
        model,
        made_at: madeAt,
        examples: JSON.stringify(examples),
        head: JSON.stringify(head ? plainHead(head) : null),
        report: JSON.stringify(report ?? null),
      },
    );
    return next;
  });
  return { version, model, madeAt, examples, head: head ?? null, report: report ?? null };
}

/** Typed arrays become objects in JSON; six digits are more than the vectors have. */
const plainHead = (head: OwnIntentModel): object => ({
  ...head,
  weight: head.weight.map((row) => Array.from(row, (value) => Number(value.toPrecision(6)))),
  bias: [...head.bias],
});
