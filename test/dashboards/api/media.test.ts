import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Store } from '../../../data/store.ts';
import type { MediaItem } from '../../../dashboards/api/schemas/media.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { at, config, effects, factsOf, land } from '../../transforms/land.ts';
import { keyFor, openApp } from './fixture.ts';

const signature = 'X-Amz-Signature=0123456789';
const address = `https://media.example.com/call.mp3?${signature}`;

async function open(t: TestContext, policy: object) {
  const folder = await mkdtemp(join(tmpdir(), 'crosstalk-media-'));
  t.after(() => rm(folder, { recursive: true }));
  const store = await Store.open();
  const facts = factsOf();
  const threadId = facts.thread({ nativeId: 'one', channel: 'voice', startedAt: at('09:00') });
  facts.event({ threadId, kind: 'started', occurredAt: at('09:00') });
  const id = facts.media({ threadId, nativeId: 'rec-1', kind: 'recording', mimeType: 'audio/mpeg', address });
  await land(store, facts.facts);
  await stitch(store, config(), effects);
  const asked: string[] = [];
  const answer = (url: unknown) => {
    asked.push(String(url));
    return new Response('ID3 sound', { headers: { 'content-type': 'audio/mpeg' } });
  };
  const lines: string[] = [];
  const log = (message: string, detail?: object) => void lines.push(`${message} ${JSON.stringify(detail ?? '')}`);
  const { app } = await openApp(t, {
    store,
    config: { dataDirectory: folder, media: policy },
    options: { fetch: async (url) => answer(url), logger: { info: log, warn: log, error: log } },
  });
  const admin = await keyFor(store, 'admin');
  const [{ interaction } = { interaction: '' }] = await store.all<{ interaction: string }>(
    'select id as interaction from core.interaction',
  );
  return { app, store, id, interaction, asked, lines, admin };
}

test('a recording is fetched on request, kept, and served to those who may hear it; nobody sees its address', async (t) => {
  const { app, store, id, interaction, asked, lines, admin } = await open(t, {
    fetch: 'on-request',
    hosts: ['media.example.com'],
  });
  const before = await app.inject({ url: `/v1/media/${id}`, headers: admin });
  assert.equal(before.statusCode, 404);
  const fetched = await app.inject({ method: 'POST', url: `/v1/media/${id}/fetch`, headers: admin });
  assert.equal(fetched.statusCode, 200);
  assert.deepEqual(asked, [address]);
  const listed = await app.inject({ url: `/v1/interactions/${interaction}/media`, headers: admin });
  const [item] = listed.json<{ media: MediaItem[] }>().media;
  assert.deepEqual([item?.id, item?.kind, item?.byteSize, item?.mimeType], [id, 'recording', 9, 'audio/mpeg']);
  assert.match(item!.sha256!, /^[0-9a-f]{64}$/);
  const bytes = await app.inject({ url: `/v1/media/${id}`, headers: admin });
  assert.equal(bytes.body, 'ID3 sound');
  assert.equal(bytes.headers['content-type'], 'audio/mpeg');
  assert.equal(bytes.headers['content-disposition'], 'attachment');
  const analyst = await app.inject({ url: `/v1/media/${id}`, headers: await keyFor(store, 'analyst') });
  assert.equal(analyst.statusCode, 403);
  const seen = [before, fetched, listed, bytes].map(({ body, headers }) => body + JSON.stringify(headers)).join('');
  assert.doesNotMatch(seen + lines.join(''), /Signature|media\.example\.com\/call/);
});

test('a policy that says never, and a host that nobody listed, are kept to', async (t) => {
  const never = await open(t, { hosts: ['media.example.com'] });
  const refused = await never.app.inject({ method: 'POST', url: `/v1/media/${never.id}/fetch`, headers: never.admin });
  assert.equal(refused.statusCode, 409);
  const foreign = await open(t, { fetch: 'on-request' });
  const answer = await foreign.app.inject({
    method: 'POST',
    url: `/v1/media/${foreign.id}/fetch`,
    headers: foreign.admin,
  });
  assert.equal(answer.statusCode, 400);
  assert.match(answer.body, /the file is on media\.example\.com/);
  assert.doesNotMatch(answer.body, /Signature/);
  assert.deepEqual([...never.asked, ...foreign.asked], []);
});

test('recordings that were set aside are listed with the reason, and taken back in on request', async (t) => {
  const { app, store, id, admin } = await open(t, {});
  await store.run(
    `insert into ops.transcription values (?, 'quarantined', 5, null, 'the file is empty', 'whisper-1', ?)`,
    [id, at('10:00')],
  );
  const listed = await app.inject({ url: '/v1/transcriptions?status=quarantined', headers: admin });
  const [item] = listed.json<{ media: MediaItem[] }>().media;
  assert.deepEqual([item?.nativeId, item?.reason, item?.attempts], ['rec-1', 'the file is empty', 5]);
  const payload = { retry: true };
  const none = await app.inject({ method: 'POST', url: '/v1/transcriptions', headers: admin, payload });
  assert.equal(none.statusCode, 409, 'nothing is configured that could transcribe');
  const started: unknown[] = [];
  const { app: able } = await openApp(t, {
    store,
    config: { transcription: { engine: 'endpoint', baseUrl: 'http://127.0.0.1:9' } },
    options: { transcriber: { start: (request) => void started.push(request) } },
  });
  const answer = await able.inject({ method: 'POST', url: '/v1/transcriptions', headers: admin, payload });
  assert.deepEqual([answer.statusCode, answer.json()], [202, { retried: 1 }]);
  assert.equal(started.length, 1);
  assert.deepEqual(await store.all('select * from ops.transcription'), []);
});
