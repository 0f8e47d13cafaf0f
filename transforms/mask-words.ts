import { setImmediate } from 'node:timers/promises';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Config } from '../config.ts';
import { maskedWordsTable } from '../data/masked-views.ts';
import { wordColumns } from '../data/personal-columns.ts';
import type { Session, Store } from '../data/store.ts';
import { redact, redactVersion } from '../ingest/redact/redact.ts';
import { readProgress, type Step, type StepEffects, type StepResult } from '../step.ts';
import { doneRevision, saveProgress } from './progress.ts';

const step = 'mask';
const tidyStep = 'mask-tidy';
const TEXTS_AT_ONCE = 250;
const TEXTS_PER_SLICE = 20_000;

const columns = [
  { name: 'hash', type: 'uuid' },
  { name: 'words', type: 'varchar' },
  { name: 'rules', type: 'varchar' },
] as const;

type MaskedRow = readonly [hash: string, words: string | null, rules: string];

interface Text {
  readonly hash: string;
  readonly words: string;
}

/**
 * Under the policy `reading`, masks every text that analysts may meet, once, so that their SQL needs no function of
 * ours: one of those would run on the thread that serves everybody. Text that is not masked yet is not shown to them.
 * Lets others run between 250 texts (about 5 ms).
 */
export const maskWords: Step = async (store, config, { now }) => {
  if (config.privacy.redact !== 'reading') return { step, rows: 0 };
  const country = config.country as CountryCode | undefined;
  const rules = `${redactVersion} ${country ?? ''}`.trim();
  await forgetOtherRules(store, rules);
  const done = await readProgress(store, step);
  const newest = await readNewest(store);
  if (newest <= done) return { step, rows: 0 };
  let rows = 0;
  for (let found = await readUnmasked(store, done); found.length > 0; found = await readUnmasked(store, done)) {
    const masked = await maskTexts(found, country, rules);
    rows += await store.transaction((session) => insertOnce(session, masked));
  }
  await store.transaction((session) => saveProgress(session, step, newest, now()));
  return { step, rows };
};

async function maskTexts(
  found: readonly Text[],
  country: CountryCode | undefined,
  rules: string,
): Promise<MaskedRow[]> {
  const rows: MaskedRow[] = [];
  for (const [index, { hash, words }] of found.entries()) {
    if (index % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await setImmediate();
    const { text, spans } = redact(words, { country });
    rows.push([hash, spans.length > 0 ? text : null, rules]);
  }
  return rows;
}

/** A text has one row whoever masks it: two would show everything said in it twice. */
async function insertOnce(session: Session, rows: readonly MaskedRow[]): Promise<number> {
  await session.run('create or replace temp table newly_masked (hash uuid, words varchar, rules varchar)');
  await session.append('newly_masked', columns, rows);
  const inserted = await session.run(
    `insert into ${maskedWordsTable}
     select hash, words, rules from newly_masked
     where not exists (select 1 from ${maskedWordsTable} as known where known.hash = newly_masked.hash)`,
  );
  await session.run('drop table newly_masked');
  return inserted;
}

/**
 * Where something was deleted since the last time, forgets what was masked of it. Takes the end of a pass: until then
 * tables may repeat the words.
 */
export async function tidyMaskedWords(
  store: Store,
  { privacy }: Pick<Config, 'privacy'>,
  { now }: StepEffects,
): Promise<StepResult> {
  if (privacy.redact !== 'reading') return { step: tidyStep, rows: 0 };
  return store.transaction(async (session) => {
    const done = await doneRevision(session, tidyStep);
    const [deleted] = await session.all<{ newest: number | null }>(
      `select max(revision) as newest from (
         select revision from core.utterance where deleted_at is not null
         union all select revision from core.thread where deleted_at is not null
         union all select revision from core.survey where deleted_at is not null) as deletion
       where revision > $done`,
      { done },
    );
    if (deleted?.newest == null) return { step: tidyStep, rows: 0 };
    const rows = await forgetMaskedWords(session);
    await saveProgress(session, tidyStep, deleted.newest, now());
    return { step: tidyStep, rows };
  });
}

/** Removes what was masked of texts that stand nowhere any more; returns how many. */
export const forgetMaskedWords = (session: Session): Promise<number> =>
  session.run(`delete from ${maskedWordsTable} where hash not in (${texts('md5({column})::uuid', 'true')})`);

async function forgetOtherRules(store: Store, rules: string): Promise<void> {
  const [other] = await store.all(`select 1 as one from ${maskedWordsTable} where rules <> $rules limit 1`, { rules });
  if (!other) return;
  await store.transaction(async (session) => {
    await session.run(`delete from ${maskedWordsTable} where rules <> $rules`, { rules });
    await session.run('delete from ops.progress where step = ?', [step]);
  });
}

async function readNewest(store: Store): Promise<number> {
  const [row] = await store.all<{ newest: number | null }>(
    `select max(newest) as newest from (${[...new Set(wordColumns.map(({ table }) => table))]
      .map((table) => `select max(revision) as newest from ${table}`)
      .join(' union all ')}) as changed`,
  );
  return row?.newest ?? 0;
}

const readUnmasked = (store: Store, done: number): Promise<Text[]> =>
  store.all<Text>(
    `select hash, any_value(words) as words
     from (${texts('md5({column})::uuid as hash, {column} as words', 'revision > $done')}) as said
     where not exists (select 1 from ${maskedWordsTable} as known where known.hash = said.hash)
     group by hash
     limit ${TEXTS_PER_SLICE}`,
    { done },
  );

/** All texts of the columns whose words are masked, one `select` for each; `{column}` in what is read is its name. */
const texts = (read: string, condition: string): string =>
  wordColumns
    .map(
      ({ table, column }) =>
        `select ${read.replaceAll('{column}', column)} from ${table} where ${column} is not null and ${condition}`,
    )
    .join(' union all ');
