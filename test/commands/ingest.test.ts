import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ingest, listSources } from '../../commands/ingest.ts';
import { replay } from '../../commands/replay.ts';
import { openCommand } from './command.ts';

const fixture = join(import.meta.dirname, '../ingest/connectors/fixtures/tawk/start.json');

test('a dry run prints the facts of each unit and stores nothing', async (t) => {
  const { effects, inStore, rows } = await openCommand(t);
  await ingest('tawk', [fixture], { dryRun: true }, effects);
  const [unit] = rows<{ file: string; status: string; facts: { fact: string }[] }>();
  assert.deepEqual([unit!.file, unit!.status], ['start.json', 'ok']);
  assert.ok(unit!.facts.some(({ fact }) => fact === 'thread'));
  assert.deepEqual(await inStore((store) => store.all('select id from raw.delivery')), []);
});

test('files are landed once, however often they are given, and can be read again', async (t) => {
  const { effects, inStore, said } = await openCommand(t);
  await ingest('tawk', [fixture], {}, effects);
  await ingest('tawk', [fixture], {}, effects);
  assert.ok(said.includes('stored 1 new of 1 deliveries of tawk'));
  assert.ok(said.includes('stored 0 new of 1 deliveries of tawk'));
  const landed = () => inStore((store) => store.all('select native_id from core.interaction'));
  assert.equal((await landed()).length, 1);
  await replay('tawk', {}, effects);
  assert.equal(said.at(-1), 'read 0 deliveries of tawk again');
  await replay('tawk', { all: true }, effects);
  assert.equal(said.at(-1), 'read 1 deliveries of tawk again');
  assert.equal((await landed()).length, 1);
});

test('a running server is sent the file, with its name, and asked to read deliveries again', async (t) => {
  const { effects, said, serve } = await openCommand(t);
  const asked = await serve({ deliveries: 5 });
  await ingest('tawk', [fixture], {}, effects);
  await replay('tawk', { all: true }, effects);
  const [sent, again] = asked();
  assert.deepEqual([sent!.path, sent!.headers['x-file-name']], ['/v1/ingest/tawk', 'start.json']);
  assert.equal(sent!.headers.authorization, 'Bearer ct_any');
  assert.deepEqual(
    [again!.path, JSON.parse(again!.body.toString())],
    ['/v1/sources/tawk/replay', { onlyRejected: false }],
  );
  assert.equal(said.at(-1), 'read 5 deliveries of tawk again');
});

test('sources are listed with what they accept', async (t) => {
  const { effects, taken, rows } = await openCommand(t);
  listSources({}, effects);
  assert.match(taken(), /^tawk +tawk.* webhook \(/m);
  listSources({ json: true }, effects);
  assert.ok(rows<{ name: string; canPull: boolean }>().some(({ name, canPull }) => name === 'zendesk' && canPull));
});

test('what is missing or unknown is said in one line', async (t) => {
  const { type } = await openCommand(t);
  const nothing = await type('ingest', 'tawk');
  assert.equal(nothing.code, 64);
  assert.match(nothing.said, /^error: expected a source and at least one path; `crosstalk ingest --list`/);
  for (const command of ['replay', 'pull']) {
    const unknown = await type(command, 'tawks');
    assert.equal(unknown.code, 66);
    assert.match(unknown.said, /^error: invalid source: tawks; expected one of .*tawk/);
  }
  const unset = await type('pull', 'zendesk');
  assert.notEqual(unset.code, 0);
  assert.match(unset.said, /^error: .*zendesk.*; expected/);
});
