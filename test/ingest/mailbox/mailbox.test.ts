import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { land } from '../../../ingest/land.ts';
import { getPullSource, pullSource } from '../../../ingest/pull/pull.ts';
import { openImapServer, type ImapServer } from '../imap-server.ts';

const password = 's3cr3t-pass:word';

const mail = (id: number, more = ''): string =>
  [
    'From: Ada Marsh <ada@example.com>',
    'To: help@example.org',
    `Subject: Order ${id}`,
    `Message-ID: <${id}@example.com>`,
    `Date: Sun, 01 Mar 2026 09:${String(id % 60).padStart(2, '0')}:00 +0000`,
    '',
    `words ${id}${more}`,
    '',
  ].join('\r\n');

const folderOf = (ids: readonly number[], validity = 7) => ({
  validity,
  messages: new Map(ids.map((id) => [id, mail(id)])),
});

async function openMail(t: TestContext, given: { settings?: object; secret?: string; maximum?: number } = {}) {
  const imap: ImapServer = await openImapServer(t, password);
  imap.folders.set('INBOX', folderOf([1, 2, 3]));
  const store = await Store.open();
  t.after(() => store.close());
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const logger = { info: log, warn: log, error: log };
  const now = () => new Date('2026-03-02T10:00:00Z');
  const config = normalizeConfig(
    {
      sources: { mail: { connector: 'email', baseUrl: imap.address, pullSecretEnv: 'PULL', settings: given.settings } },
      ...(given.maximum && { maximumDeliveryBytes: given.maximum }),
    },
    { PULL: given.secret ?? `help@example.org:${password}` },
  );
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  const effects = { store, config, fetch, sleep, now, random: () => 0.5, logger };
  const words = async () => {
    await land(store, config, { logger, now });
    const rows = await store.all<{ text: string }>(
      'select text from core.utterance where text is not null order by occurred_at, text',
    );
    return rows.map(({ text }) => text);
  };
  return { imap, store, lines, waits, words, pull: () => pullSource(getPullSource('mail', config), effects) };
}

test('messages become e-mails once, and the next reading goes on behind the last one', async (t) => {
  const { imap, store, words, pull } = await openMail(t);
  assert.deepEqual(await pull(), { pages: 1, stored: 3 });
  assert.deepEqual(await words(), ['words 1', 'words 2', 'words 3']);
  const [first] = await store.all('select name, via, format from raw.delivery order by sequence');
  assert.deepEqual(first, { name: 'imap/INBOX/7/1', via: 'pull', format: 'eml' });
  assert.ok(
    imap.commands.some((command) => command.startsWith('EXAMINE')),
    'opened for reading only',
  );
  imap.folders.get('INBOX')!.messages.set(40, mail(40));
  assert.equal((await pull()).stored, 1);
  assert.equal((await pull()).stored, 0);
  const [cursor] = await store.all<{ cursor: string }>('select cursor from ops.cursor');
  assert.deepEqual(JSON.parse(cursor!.cursor), { cursor: '7/40' });
  assert.equal((await words()).length, 4);
});

test('a message that shows later under a lower number is found by reading an overlap again', async (t) => {
  const { imap, words, pull } = await openMail(t);
  imap.folders.set('INBOX', folderOf([1, 2, 9]));
  await pull();
  imap.folders.get('INBOX')!.messages.set(5, mail(5));
  await pull();
  assert.deepEqual(await words(), ['words 1', 'words 2', 'words 5', 'words 9']);
});

test('a folder that was made anew is read from its beginning, and nothing comes twice', async (t) => {
  const { imap, store, words, pull } = await openMail(t);
  imap.folders.set('INBOX', folderOf([501, 502]));
  await pull();
  imap.folders.set('INBOX', {
    validity: 8,
    messages: new Map([
      [1, mail(501)],
      [2, mail(502)],
      [3, mail(503)],
    ]),
  });
  assert.equal((await pull()).stored, 1);
  assert.equal((await words()).length, 3);
  const names = await store.all<{ name: string }>('select name from raw.delivery order by name');
  assert.deepEqual(
    names.map(({ name }) => name),
    ['imap/INBOX/8/1', 'imap/INBOX/8/2', 'imap/INBOX/8/3'],
  );
});

test('a connection that breaks between batches is made again, and reading goes on', async (t) => {
  const { imap, words, waits, pull } = await openMail(t);
  const ids = Array.from({ length: 45 }, (_, index) => index + 1);
  imap.folders.set('INBOX', folderOf(ids));
  imap.breakOn = /^UID FETCH .*\b(21|20:|21:40)/;
  await pull();
  assert.equal((await words()).length, 45);
  assert.deepEqual(waits, [1_500]);
});

test('what was removed stays said, unless the settings ask for its words to go', async (t) => {
  const kept = await openMail(t);
  await kept.pull();
  kept.imap.folders.get('INBOX')!.messages.delete(2);
  await kept.pull();
  assert.equal((await kept.words()).length, 3);

  const erased = await openMail(t, { settings: { folders: ['INBOX', 'Archive'], removed: 'erase' } });
  erased.imap.folders.set('Archive', folderOf([], 3));
  await erased.pull();
  assert.equal((await erased.words()).length, 3);
  const [inbox, archive] = ['INBOX', 'Archive'].map((name) => erased.imap.folders.get(name)!);
  inbox!.messages.delete(2);
  inbox!.messages.delete(3);
  archive!.messages.set(1, mail(3));
  await erased.pull();
  assert.deepEqual(await erased.words(), ['words 1', 'words 3']);
  const stored = await erased.store.all<{ body: Uint8Array }>('select body from raw.delivery');
  assert.ok(!stored.some(({ body }) => Buffer.from(body).includes('words 2')), 'the stored bytes go too');
  assert.equal((await erased.pull()).stored, 0);
  assert.deepEqual(await erased.words(), ['words 1', 'words 3']);
});

test('a copy in another folder keeps the words', async (t) => {
  const { imap, words, pull } = await openMail(t, { settings: { folders: ['INBOX', 'Archive'], removed: 'erase' } });
  imap.folders.set('Archive', { validity: 3, messages: new Map([[1, mail(1)]]) });
  await pull();
  imap.folders.get('Archive')!.messages.delete(1);
  await pull();
  assert.equal((await words()).length, 3);
});

test('a message that is too large is cut, and said', async (t) => {
  const { imap, store, lines, pull } = await openMail(t, { maximum: 2_000 });
  imap.folders.get('INBOX')!.messages.set(4, mail(4, 'x'.repeat(5_000)));
  await pull();
  assert.match(lines.join('\n'), /message 4 of INBOX is cut after 2000 bytes/);
  const [row] = await store.all('select max(octet_length(body)) as bytes from raw.delivery');
  assert.deepEqual(row, { bytes: 2_000 });
});

test('a refused sign-in and a folder that is not there are said without the secret', async (t) => {
  const refused = await openMail(t, { secret: 'help@example.org:wrong-one' });
  await assert.rejects(refused.pull(), (error: Error) => {
    assert.match(error.message, /refused the sign-in; expected user:password/);
    return !`${error.stack}${JSON.stringify(error)}${refused.lines.join()}`.includes('wrong-one');
  });
  const missing = await openMail(t, { settings: { folders: ['Nowhere'] } });
  await assert.rejects(missing.pull(), /could not open the folder Nowhere; expected one that exists/);
  const shapeless = await openMail(t, { secret: 'no-colon' });
  await assert.rejects(shapeless.pull(), /expected user:password/);
});

test('a mailbox wants imaps, or imap on this machine; no other source takes it', () => {
  const at = (connector: string, baseUrl: string) =>
    getPullSource('one', normalizeConfig({ sources: { one: { connector, baseUrl, secretEnv: 'S' } } }, { S: 'a:b' }));
  assert.throws(() => at('email', 'imap://mail.example.com'), /expected https or imaps/);
  assert.throws(() => at('email', 'https://mail.example.com'), /baseUrl to be like imaps:/);
  assert.throws(() => at('freshdesk', 'imaps://mail.example.com'), /baseUrl to be like https:/);
  assert.equal(at('email', 'imaps://mail.example.com').plan.kind, 'mailbox');
});
