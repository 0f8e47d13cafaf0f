import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sandbox } from '../../data/sandbox.ts';
import { Store } from '../../data/store.ts';
import { isCrosstalkError } from '../../errors.ts';
import { eraseCustomer } from '../../transforms/erase-customer.ts';
import { maskWords, tidyMaskedWords } from '../../transforms/mask-words.ts';
import { findTablesWith } from '../data/find-tables-with.ts';
import { at, config as configOf, effects, factsOf, land } from './land.ts';
import { fillPersonalColumns, landPersonal, maskedWords, reading, traces, words } from './personal.ts';

const limits = { rows: 1000, bytes: 10_000_000, seconds: 10 };

async function masked(t: { after: (work: () => Promise<void>) => void }, fill: (store: Store) => Promise<unknown>) {
  const store = await Store.open();
  await fill(store);
  await maskWords(store, reading, effects);
  const sandbox = new Sandbox(store, { isMasked: true });
  t.after(async () => {
    await sandbox.close();
    await store.close();
  });
  const rowsOf = async (sql: string): Promise<unknown[][]> => {
    const { chunks } = await sandbox.query(sql, undefined, limits);
    return chunks.flatMap((chunk) => chunk.getRows());
  };
  return { store, rowsOf };
}

/** For tests that only read. */
const { rowsOf: rowsOfLanded } = await masked(test, landPersonal);

const textOf = (rows: unknown): string =>
  JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Object && !Array.isArray(value) && value.constructor !== Object
      ? String(value)
      : typeof value === 'bigint'
        ? String(value)
        : value,
  ).toLowerCase();
const refuseTraces = (rows: unknown, where: string): void => {
  for (const trace of traces) assert.ok(!textOf(rows).includes(trace), `${trace} in ${where}: ${textOf(rows)}`);
};

test('analysts read words as the redactor gives them, and words in the place of names and addresses', async () => {
  assert.deepEqual(await rowsOfLanded("select text from core.utterance where source = 'whatsapp'"), [[maskedWords]]);
  assert.deepEqual(await rowsOfLanded("select text from utterance where text like '%[phone]%' limit 1"), [
    [maskedWords],
  ]);
  assert.deepEqual(await rowsOfLanded("select subject from mart.interaction_fact where channel = 'email'"), [
    ['call [phone] about the lamp'],
  ]);
  assert.deepEqual(
    await rowsOfLanded("select distinct value, display from core.handle where type = 'whatsapp' or type = 'phone'"),
    [['[phone]', '[name]']],
  );
  assert.deepEqual(await rowsOfLanded('select distinct display_name from mart.customer'), [['[name]']]);
  assert.deepEqual(await rowsOfLanded('select count(*)::int from mart.interaction_fact'), [[2]]);
});

test('no column of any table shows what is personal', async (t) => {
  let tables: readonly string[] = [];
  const { store, rowsOf } = await masked(t, async (own) => (tables = await fillPersonalColumns(own)));
  for (const table of tables) {
    const open = await store.all(`select * from ${table}`);
    assert.equal(open.length, 1, table);
    const rows = await rowsOf(`select * from ${table}`);
    assert.equal(rows.length, 1, table);
    refuseTraces(rows, table);
    refuseTraces(await rowsOf(`summarize ${table}`), `summarize ${table}`);
  }
});

const roundabout = [
  'select u from core.utterance as u',
  "select columns('.*') from core.utterance",
  'select upper(text), reverse(reverse(text)), to_json(u), [text], {t: text} from core.utterance as u',
  'select string_agg(text), list(native_id), max(source_text), any_value(media) from core.utterance',
  "select * from core.utterance where text like '%vidal%' or text ilike '%Vidal%' or contains(text, 'vidal@')",
  "select regexp_extract_all(text, '[\\w.]+@[\\w.]+') from core.utterance",
  "select unnest(string_split(text, ' ')) from core.utterance",
  'with u as (select * from core.utterance), utterance as (select * from u) select * from utterance',
  'with recursive n as (select text from core.utterance union select text from n) select * from n',
  'from core.handle as h join core.participant as p on p.handle_id = h.id join core.utterance as u using (thread_id)',
  'select (select max(value) from core.handle), (select list(display) from core.handle)',
  'select h.* from core.handle h, lateral (select value from core.handle x where x.id = h.id) y',
  'select histogram(text), mode(text), min_by(text, text), arg_max(text, 1) from core.utterance',
  'unpivot (select value, display from core.handle) on value, display',
  'select * from core.utterance tablesample 100%',
  'select thread.native_id, url, subject from mart.interaction_fact full join core.thread using (subject)',
  'summarize core.handle',
  'describe core.handle',
];

test('no way round shows more: expressions, aggregates, joins, samples, with expressions', async () => {
  for (const sql of roundabout) {
    const rows = await rowsOfLanded(sql).catch((error: unknown) => assert.fail(`${sql}: ${String(error)}`));
    refuseTraces(rows, sql);
  }
  for (const sql of [
    'select text::integer from core.utterance',
    'select error(text) from core.utterance',
    "select strptime(text, '%Y') from core.utterance",
  ])
    await assert.rejects(rowsOfLanded(sql), (error: Error) => (refuseTraces(error.message, sql), true));
});

test('a condition cannot feel for what is masked', async () => {
  for (const condition of [
    "text like '%Ana%'",
    "text similar to '.*2125550142.*'",
    `md5(text) = '${'0'.repeat(32)}' or length(text) = ${words.length}`,
    "source_text like '%a%' or native_id is not null or media is not null",
  ])
    assert.deepEqual(
      await rowsOfLanded(`select count(*)::int from core.utterance where ${condition}`),
      [[0]],
      condition,
    );
  assert.deepEqual(await rowsOfLanded("select count(*)::int from core.handle where value like '%212%'"), [[0]]);
});

const refused = [
  'select * from raw.delivery',
  'select * from ops.masked_words',
  'select * from ops.api_key',
  'select * from memory.core.utterance',
  'select * from "memory"."core"."utterance"',
  'select * from memory.utterance',
  'select * from masked_views.core.utterance',
  'select * from main.migration',
  'select * from migration',
  'select sql from duckdb_views()',
  'select * from information_schema.views',
  'select * from masked_views.information_schema.views',
  "select * from query_table('memory.core.utterance')",
  "select * from query('select * from memory.core.utterance')",
  'with memory as (select * from memory.core.utterance) select * from memory',
  'with ops as (select 1) select * from ops.masked_words',
  'describe ops.masked_words',
  'summarize memory.core.utterance',
  'use memory',
  "set search_path = 'memory.core'",
  'create view core.mine as select * from memory.core.utterance',
  "attach ':memory:' as other",
  'show all tables',
  'pragma show_tables',
];

for (const sql of refused)
  test(`refused where personal data is masked: ${sql}`, async () => {
    const code = await rowsOfLanded(sql).then(
      () => 'allowed',
      (error: unknown) => (isCrosstalkError(error) ? error.code : String(error)),
    );
    assert.equal(code, 'forbidden');
  });

test('tags and names of those who answer stay, addresses among them do not', async (t) => {
  const { store, rowsOf } = await masked(t, async () => undefined);
  const facts = factsOf();
  facts.thread({
    nativeId: 't',
    channel: 'chat',
    tags: ['vip', 'order 1234', 'jane@example.com', '+1 (212) 555-0142'],
  });
  facts.agent({ nativeId: 'jo@shop.example', name: 'jo@shop.example' });
  facts.agent({ nativeId: '7', name: 'Jo Lee' });
  await land(store, facts.facts);
  assert.equal(
    String((await rowsOf('select tags from core.thread'))[0]![0]),
    "['vip', 'order 1234', '[email]', '[phone]']",
  );
  assert.deepEqual(await rowsOf('select name, native_id from core.agent order by all'), [
    ['Jo Lee', null],
    ['[email]', null],
  ]);
});

test('what is not masked yet is not shown', async (t) => {
  const { store, rowsOf } = await masked(t, landPersonal);
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 't', channel: 'chat' });
  facts.utterance({ threadId, nativeId: 'u', role: 'customer', occurredAt: at('09:00'), text: 'I am Zoe Lund.' });
  await land(store, facts.facts);
  assert.deepEqual(await rowsOf("select text from core.utterance where source = 'desk'"), [['[not masked yet]']]);
  assert.deepEqual(await maskWords(store, reading, effects), { step: 'mask', rows: 1 });
  assert.deepEqual(await maskWords(store, reading, effects), { step: 'mask', rows: 0 });
  assert.deepEqual(await rowsOf("select text from core.utterance where source = 'desk'"), [['I am [name].']]);
});

test('the same text twice, masked by two at once, is shown as often as it was said', async (t) => {
  const { store, rowsOf } = await masked(t, async () => undefined);
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 't', channel: 'chat' });
  for (const nativeId of ['one', 'two'])
    facts.utterance({ threadId, nativeId, role: 'customer', occurredAt: at('09:00'), text: 'Where is it?' });
  await land(store, facts.facts);
  await Promise.all([maskWords(store, reading, effects), maskWords(store, reading, effects)]);
  assert.deepEqual(await rowsOf('select text from core.utterance'), [['Where is it?'], ['Where is it?']]);
});

test('another country masks anew', async (t) => {
  const { store } = await masked(t, landPersonal);
  const german = configOf({ country: 'DE', privacy: { redact: 'reading' } });
  assert.notEqual((await maskWords(store, german, effects)).rows, 0);
  assert.deepEqual(await store.all('select distinct rules from ops.masked_words'), [{ rules: '1 DE' }]);
});

test('without the policy nothing is masked or kept', async () => {
  const store = await Store.open();
  const off = configOf({});
  await landPersonal(store, off);
  assert.deepEqual(await maskWords(store, off, effects), { step: 'mask', rows: 0 });
  assert.deepEqual(await tidyMaskedWords(store, off, effects), { step: 'mask-tidy', rows: 0 });
  assert.deepEqual(await store.all('select * from ops.masked_words'), []);
  await store.close();
});

test('masked words go with the words: after a deletion with the pass, after an erasure at once', async (t) => {
  const { store } = await masked(t, landPersonal);
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 't', channel: 'chat' });
  const said = { threadId, nativeId: 'u', role: 'customer', occurredAt: at('09:00') } as const;
  facts.utterance({ ...said, text: 'The zebra lamp, call +1 212 555 0177' });
  await land(store, facts.facts);
  await maskWords(store, reading, effects);
  assert.deepEqual(await findTablesWith(store, 'zebra lamp'), ['core.utterance.text', 'ops.masked_words.words']);
  const deletion = factsOf('desk', 2);
  deletion.utterance({ ...said, deletedAt: at('09:05') });
  await land(store, deletion.facts);
  assert.deepEqual(await tidyMaskedWords(store, reading, effects), { step: 'mask-tidy', rows: 1 });
  assert.deepEqual(await tidyMaskedWords(store, reading, effects), { step: 'mask-tidy', rows: 0 });
  assert.deepEqual(await findTablesWith(store, 'zebra lamp'), []);

  assert.notDeepEqual(await findTablesWith(store, 'lamp broken'), []);
  const customers = await store.all<{ id: string }>('select distinct customer_id as id from identity.handle_customer');
  for (const { id } of customers) await eraseCustomer(store, reading, id, effects).catch(() => undefined);
  assert.deepEqual(await findTablesWith(store, 'lamp broken'), []);
});
