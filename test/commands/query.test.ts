import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { query } from '../../commands/query.ts';
import { insertFacts } from '../transforms/fact-rows.ts';
import { openCommand } from './command.ts';

async function open(t: TestContext) {
  const command = await openCommand(t);
  await command.inStore((store) =>
    insertFacts(store, [{ channel: 'voice' }, { channel: 'chat', queue: 'Bills, open' }]),
  );
  return command;
}

const sql = 'select channel, queue from mart.interaction_fact order by channel';

test('rows are printed as a table, as NDJSON or as CSV', async (t) => {
  const { effects, taken } = await open(t);
  const printed = async (format: 'table' | 'json' | 'csv', limit = 10) => {
    await query(sql, { format, limit }, effects);
    return taken();
  };
  assert.equal(await printed('table'), 'channel  queue\nchat     Bills, open\nvoice\n');
  assert.equal(await printed('json'), '{"channel":"chat","queue":"Bills, open"}\n{"channel":"voice","queue":null}\n');
  assert.deepEqual((await printed('csv')).trim().split(/\r?\n/), ['channel,queue', 'chat,"Bills, open"', 'voice,']);
  assert.equal(await printed('table', 1), 'channel  queue\nchat     Bills, open\n');
});

test('a running server is asked, and answers in the same form', async (t) => {
  const { effects, serve, taken } = await open(t);
  const asked = await serve({ columns: [{ name: 'channel' }], rows: [['sms']] });
  await query(sql, { format: 'table', limit: 5 }, effects);
  assert.equal(taken(), 'channel\nsms\n');
  assert.deepEqual(JSON.parse(asked()[0]!.body.toString()), { sql, format: 'json', limit: 5 });
});

test('only one select over the clean tables is run', async (t) => {
  const { type } = await open(t);
  const dropped = await type('query', 'drop table mart.episode');
  assert.equal(dropped.code, 77);
  assert.match(dropped.said, /^error: .*expected one SELECT/);
  assert.match((await type('query', 'select * from raw.delivery')).said, /^error: .*raw\.delivery/);
  const unknown = await type('query', 'select nothing from mart.episode');
  assert.equal(unknown.code, 65);
  const format = await type('query', sql, '--format', 'xml');
  assert.equal(format.code, 64);
  assert.match(format.said, /Allowed choices are table, json, csv, arrow/);
  assert.equal((await type('query', sql, '--limit', '0')).code, 64);
});
