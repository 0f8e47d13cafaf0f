import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import type { Delivery } from '../../../ingest/connector.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { openBody } from '../../../ingest/editable-body.ts';
import { land, replay } from '../../../ingest/land.ts';
import { silentLogger } from '../../../logger.ts';
import { findTablesWith } from '../../data/find-tables-with.ts';

const config = normalizeConfig({});
const effects = { logger: silentLogger, now: () => new Date('2026-03-03T00:00:00Z') };

const delivery = (source: string, body: unknown, format: Delivery['format'] = 'json'): Delivery =>
  createDelivery({
    source,
    via: 'webhook',
    format,
    receivedAt: new Date('2026-03-02T10:00:00Z'),
    headers: {},
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

const whatsApp = (value: object): object => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: '100200300' },
            contacts: [{ profile: { name: 'Ana Vidal' }, wa_id: '12125550142' }],
            ...value,
          },
        },
      ],
    },
  ],
});
const says = (id: string, body: string, timestamp = '1772442000') => ({
  from: '12125550142',
  id,
  timestamp,
  type: 'text',
  text: { body },
});

const secret = 'my card number starts with four';
const sent = whatsApp({ messages: [says('wamid.one1', secret), says('wamid.two2', 'and where is my parcel?')] });
const deleted = whatsApp({
  statuses: [{ id: 'wamid.one1', recipient_id: '12125550142', status: 'deleted', timestamp: '1772442100' }],
});
const edited = whatsApp({
  messages: [
    {
      ...says('wamid.edit3', ''),
      type: 'edit',
      edit: { original_message_id: 'wamid.one1', message: { type: 'text', text: { body: `sorry, ${secret}` } } },
    },
  ],
});

async function landed(...batches: Delivery[][]): Promise<Store> {
  const store = await Store.open();
  for (const batch of batches) {
    await storeDeliveries(store, batch);
    await land(store, config, effects);
  }
  return store;
}

const orders: Record<string, Delivery[][]> = {
  'message first': [[delivery('whatsapp', sent)], [delivery('whatsapp', edited)], [delivery('whatsapp', deleted)]],
  'tombstone first': [[delivery('whatsapp', deleted)], [delivery('whatsapp', edited)], [delivery('whatsapp', sent)]],
  'all at once': [['sent', 'deleted', 'edited'].map((name) => delivery('whatsapp', { sent, deleted, edited }[name]))],
};

for (const [name, batches] of Object.entries(orders))
  test(`deleted words stand nowhere, other words of the same delivery stay: ${name}`, async () => {
    const store = await landed(...batches);
    assert.deepEqual(await findTablesWith(store, secret), []);
    assert.deepEqual(await findTablesWith(store, 'where is my parcel'), ['core.utterance.text', 'raw.delivery.body']);
    await replay(store, config, {}, effects);
    assert.deepEqual(await findTablesWith(store, secret), []);
    const [{ messages }] = await store.all<any>(
      "select count(*) as messages from core.utterance where native_id in ('wamid.one1', 'wamid.two2')",
    );
    assert.equal(messages, 2);
    await store.close();
  });

test('a delivery keeps its id, so that the same bytes are known when they come again', async () => {
  const store = await landed([delivery('whatsapp', sent)], [delivery('whatsapp', deleted)]);
  assert.equal(await storeDeliveries(store, [delivery('whatsapp', sent)]), 0);
  await store.close();
});

test('words that come again in another delivery go again', async () => {
  const again = whatsApp({ messages: [says('wamid.one1', secret)] });
  const store = await landed(...orders['message first']!, [delivery('whatsapp', again)]);
  assert.deepEqual(await findTablesWith(store, secret), []);
  await store.close();
});

const chatwootMessage = (change: object) => ({
  event: 'message_created',
  id: 700,
  content: secret,
  created_at: '2026-03-02T09:00:05.000Z',
  message_type: 'incoming',
  content_type: 'text',
  private: false,
  content_attributes: {},
  sender: { id: 21, name: 'silent-river-12', type: 'contact' },
  conversation: {
    id: 42,
    channel: 'Channel::WebWidget',
    status: 'open',
    messages: [
      {
        id: 700,
        content: `<p>${secret}</p>`,
        message_type: 0,
        created_at: 1772442005,
        sender_id: 12345678901234567890n,
      },
      { id: 701, content: 'We answer within a minute.', message_type: 3, created_at: 1772442006 },
    ],
    created_at: 1772442000,
  },
  account: { id: 1, name: 'Shop' },
  ...change,
});
const withLongNumbers = (value: object): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `#${inner}#` : inner)).replaceAll(
    /"#(\d+)#"/g,
    '$1',
  );

test('copies within the delivery go too, and numbers keep all their digits', async () => {
  const store = await landed(
    [delivery('chatwoot', withLongNumbers(chatwootMessage({})))],
    [
      delivery(
        'chatwoot',
        withLongNumbers(
          chatwootMessage({
            event: 'message_updated',
            content: 'This message was deleted',
            content_attributes: { deleted: true },
            conversation: {
              id: 42,
              channel: 'Channel::WebWidget',
              status: 'open',
              messages: [],
              created_at: 1772442000,
            },
          }),
        ),
      ),
    ],
  );
  assert.deepEqual(await findTablesWith(store, secret), []);
  const [{ body }] = await store.all<any>('select decode(body) as body from raw.delivery order by sequence limit 1');
  assert.match(body, /"sender_id":12345678901234567890[,}]/);
  assert.match(body, /We answer within a minute\./);
  await store.close();
});

const status = (id: string, content: string) => ({
  id,
  created_at: '2026-01-05T08:00:00.000Z',
  visibility: 'public',
  url: `https://social.example.com/@mina/${id}`,
  account: { id: '9', acct: 'mina@tooters.example.net', username: 'mina', url: 'https://tooters.example.net/@mina' },
  content,
});

test('rows of NDJSON, JSON within a string and the text that a notice of deletion repeats', async () => {
  const lines = [status('109900001', `<p>${secret}</p>`), status('109900002', '<p>lovely shop</p>')];
  const streamed = {
    event: 'update',
    stream: ['user'],
    payload: JSON.stringify(status('109900001', `<p>${secret}</p>`)),
  };
  const { content: _, ...rest } = status('109900001', '');
  for (const batches of [
    [
      [delivery('mastodon', lines.map((line) => JSON.stringify(line)).join('\n'), 'ndjson')],
      [delivery('mastodon', streamed)],
    ],
    [],
  ]) {
    const store = await landed(...batches, [delivery('mastodon', { ...rest, text: secret })]);
    assert.deepEqual(await findTablesWith(store, secret), []);
    if (batches.length > 0)
      assert.deepEqual(await findTablesWith(store, 'lovely shop'), [
        'core.utterance.source_text',
        'core.utterance.text',
        'raw.delivery.body',
      ]);
    await store.close();
  }
});

test('what is shown of a refused unit with the same id loses the words', async () => {
  const broken = whatsApp({ messages: [{ ...says('wamid.one1', secret), timestamp: 'yesterday' }] });
  const store = await landed([delivery('whatsapp', broken)], ...orders['message first']!);
  assert.equal((await store.all('select excerpt from ops.reject')).length, 1);
  assert.deepEqual(await findTablesWith(store, secret), []);
  await store.close();
});

test('words that are an address too go where they are said, and the person stays known', async () => {
  const short = whatsApp({ messages: [says('wamid.one1', '12125550142')] });
  const store = await landed([delivery('whatsapp', short)], [delivery('whatsapp', deleted)]);
  const [{ body }] = await store.all<any>('select decode(body) as body from raw.delivery order by sequence limit 1');
  assert.equal(JSON.parse(body).entry[0].changes[0].value.messages[0].text.body, '');
  const people = () => store.all('select id, type, value from core.handle order by id');
  const before = await people();
  await replay(store, config, {}, effects);
  assert.deepEqual(await people(), before);
  await store.close();
});

test('under the policy "landing" words are stored masked, and deleted words leave the delivery as ever', async () => {
  const masking = normalizeConfig({ privacy: { redact: 'landing' } });
  const store = await Store.open();
  const phone = whatsApp({ messages: [says('wamid.one1', 'call me at +44 20 7946 0958')] });
  for (const [body, expected] of [
    [phone, ['raw.delivery.body']],
    [deleted, []],
  ] as const) {
    await storeDeliveries(store, [delivery('whatsapp', body)]);
    await land(store, masking, effects);
    assert.deepEqual(await findTablesWith(store, '7946 0958'), expected);
    const [{ text }] = await store.all<any>('select text from core.utterance');
    assert.equal(text, expected.length > 0 ? 'call me at [phone]' : null);
  }
  await store.close();
});

test('rows of CSV and fields of forms are changed alone', async () => {
  const body = openBody({
    format: 'csv',
    body: Buffer.from('id,text,long\n1,"a ""b"", c",12345678901234567890\n2,d,3\n'),
  });
  body.documents[0]!.set(['text'], '');
  assert.equal(Buffer.from(body.write()).toString(), 'id,text,long\n1,,12345678901234567890\n2,d,3\n');
  const form = openBody({ format: 'form', body: Buffer.from('Body=hello+you&Media=1&Media=2') });
  form.documents[0]!.set(['Body'], '');
  form.documents[0]!.set(['Media', 1], '');
  assert.equal(Buffer.from(form.write()).toString(), 'Body=&Media=1&Media=');
});

test('one e-mail of an mbox goes, the others stay', () => {
  const box = 'From a\nSubject: one\n\nfirst\n\nFrom b\nSubject: two\n\nsecond\n>From here\n';
  const body = openBody({ format: 'mbox', body: Buffer.from(box) });
  body.documents[0]!.clear();
  const left = openBody({ format: 'mbox', body: body.write() }).documents;
  assert.equal(left.length, 1);
  assert.match(Buffer.from(left[0]!.document as Uint8Array).toString(), /^Subject: two\n\nsecond\nFrom here/);
});
