import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../config.ts';
import { Store } from '../../data/store.ts';
import { WebhookReceiver } from '../../ingest/webhooks.ts';
import { silentLogger } from '../../logger.ts';

const now = () => new Date('2026-03-02T10:00:00Z');

async function send(source: string, contentType: string, text: string) {
  const store = await Store.open();
  const receiver = new WebhookReceiver({ config: normalizeConfig({}), store, logger: silentLogger, now });
  const answer = await receiver.handle({
    source,
    method: 'POST',
    url: `https://shop.example.com/v1/ingest/${source}`,
    headers: { 'content-type': contentType },
    query: {},
    body: new TextEncoder().encode(text),
    isTrusted: true,
  });
  const stored = await store.all<{ format: string }>('select format from raw.delivery');
  await store.close();
  return { answer, formats: stored.map(({ format }) => format) };
}

test('a vendor that wants a certain word for a stored delivery gets it', async () => {
  const { answer, formats } = await send('vk', 'application/json', '{"type":"message_new","object":{}}');
  assert.deepEqual(answer, { status: 200, contentType: 'text/plain; charset=utf-8', body: 'ok' });
  assert.deepEqual(formats, ['json']);
});

test('XML is stored as XML', async () => {
  const { answer, formats } = await send('wechat', 'text/xml', '<xml><MsgType>text</MsgType></xml>');
  assert.equal(answer.body, 'success');
  assert.deepEqual(formats, ['xml']);
});

test('others are told that it is stored', async () => {
  const { answer } = await send('line', 'application/json', '{"events":[]}');
  assert.deepEqual(JSON.parse(answer.body), { status: 'stored' });
});
