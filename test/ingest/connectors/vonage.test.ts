import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Store } from '../../../data/store.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { config, effects, land } from '../../transforms/land.ts';
import { vonage } from '../../../ingest/connectors/vonage.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, receivedAt, withPayloads } from './real-payloads.ts';

test('a message and its report are one conversation, whichever side the customer stands on', () => {
  const inbound = mapFixture(vonage, 'inbound.form').facts;
  const report = mapFixture(vonage, 'report.form').facts;
  assert.equal(of(inbound, 'thread')[0]?.nativeId, '+12025550199|+12025550142');
  assert.equal(of(report, 'thread')[0]?.id, of(inbound, 'thread')[0]?.id);
  const [message] = of(inbound, 'utterance');
  assert.deepEqual([message?.text, message?.occurredAt?.toISOString()], ['Where is it?', '2026-01-05T08:00:00.000Z']);
  assert.deepEqual(
    of(report, 'event').map(({ kind, value }) => [kind, value]),
    [['failed', 'failed: 6']],
  );
});

test('the Messages API carries other channels, captions and files without their address', () => {
  const { facts } = mapFixture(vonage, 'messages.json');
  const [message] = of(facts, 'utterance');
  assert.deepEqual([message?.text, message?.media], ['broken', [{ name: 'a.jpg' }]]);
  assert.equal(of(facts, 'thread')[0]?.channel, 'whatsapp');
  assert.deepEqual(
    of(facts, 'handle').map(({ type, value }) => [type, value]),
    [
      ['whatsapp_id', '12025550142'],
      ['phone', '+12025550142'],
    ],
  );
});

describe('messages of the apps', () => {
  const { facts, outcomes } = mapFixture(vonage, 'apps.json');

  test('a reaction is an event of its message, and a button is what it says', () => {
    const [reaction, ...others] = of(facts, 'event');
    assert.deepEqual([reaction?.kind, reaction?.value, others], ['reaction', '👍', []]);
    const [pressed] = of(facts, 'utterance');
    assert.deepEqual([pressed?.text, pressed?.media], ['Yes please', undefined]);
    assert.equal(pressed?.replyToId, reaction?.utteranceId);
  });

  test('the first version has the channel in its addresses; ids of Messenger are no phone numbers', () => {
    assert.deepEqual(
      of(facts, 'thread')
        .slice(-2)
        .map(({ channel, nativeId }) => [channel, nativeId]),
      [
        ['messenger', 'messenger/107555014299887|202555014299887'],
        ['viber', 'viber/16273|+12025550142'],
      ],
    );
    assert.deepEqual(
      of(facts, 'handle')
        .slice(-2)
        .map(({ type, value }) => [type, value]),
      [
        ['messenger_id', '202555014299887'],
        ['phone', '+12025550142'],
      ],
    );
    assert.deepEqual(
      of(facts, 'utterance')
        .slice(-2)
        .map(({ text }) => text),
      ['cancel', 'torn'],
    );
  });

  test('a channel that is not known is kept as such, and no text message', () => {
    assert.deepEqual(outcomes.at(-1), { nativeKind: 'channel.carrier_pigeon', status: 'unknown' });
  });
});

test('several files in one message are all there, and what was written with them', () => {
  const content = [
    { type: 'image', url: 'https://files.example.com/x', caption: 'torn' },
    { type: 'vcard', url: 'https://files.example.com/y' },
    { type: 'text', text: 'see above' },
  ];
  const message = {
    message_uuid: 'v10',
    channel: 'mms',
    message_type: 'content',
    content,
    from: '1202555',
    to: '2020',
  };
  const [said] = of(mapDocument(vonage, message).facts, 'utterance');
  assert.deepEqual([said?.text, said?.media], ['torn\nsee above', [{ name: 'image' }, { name: 'vcard' }]]);
});

test('a report also shows that the customer wants to hear no more', () => {
  const report = { msisdn: '12025550142', to: '12025550199', messageId: 'v12', status: 'rejected', 'err-code': '9' };
  assert.deepEqual(
    of(mapDocument(vonage, report).facts, 'event').map(({ kind, value }) => [kind, value]),
    [
      ['failed', 'rejected: 9'],
      ['opted_out', 'rejected: 9'],
    ],
  );
});

test('a network that does not say what became of a message', () => {
  const report = { msisdn: '12025550142', to: '12025550199', messageId: 'v11', status: 'unknown', 'err-code': '1' };
  assert.deepEqual(
    of(mapDocument(vonage, report).facts, 'event').map(({ kind, value }) => [kind, value]),
    [['status_changed', 'unknown: 1']],
  );
});

const part = (place: number, text: string) => ({
  msisdn: '12025550142',
  to: '12025550199',
  messageId: `0B0000000000000${place}`,
  text,
  type: 'text',
  'message-timestamp': `2026-01-05 08:00:0${place}`,
  concat: 'true',
  'concat-ref': '1A',
  'concat-total': '3',
  'concat-part': String(place),
});

test('parts of a long message become one, in whatever order and how often they come; a missing one shows', async () => {
  const parts = [part(1, 'My parcel '), part(2, 'did not '), part(3, 'arrive')].map(
    (each) => mapDocument(vonage, each).facts,
  );
  const said = async (...order: number[]) => {
    const store = await Store.open();
    for (const place of order) await store.transaction((session) => mergeFacts(session, parts[place - 1]!));
    const rows = await store.all<{ text: string }>('select text from core.utterance');
    await store.close();
    return rows.map(({ text }) => text);
  };
  for (const order of [
    [1, 2, 3],
    [3, 1, 2],
    [2, 2, 3, 1, 1],
  ])
    assert.deepEqual(await said(...order), ['My parcel did not arrive']);
  assert.deepEqual(await said(3, 1), ['My parcel …arrive']);
  assert.deepEqual(await said(2), ['…did not …']);
});

test('a part that is wrongly numbered is a message of its own', () => {
  const { facts } = mapDocument(vonage, { ...part(1, 'b'), 'concat-part': '9' });
  const [message] = of(facts, 'utterance');
  assert.deepEqual([message?.text, message?.nativeId], ['b', '0B00000000000001']);
});

test('without a time it is that of receipt', () => {
  const [message] = of(
    mapDocument(vonage, { msisdn: '12025550142', to: '2020', messageId: '1', text: 'b' }).facts,
    'utterance',
  );
  assert.deepEqual([message?.occurredAt, message?.timePrecision], [receivedAt, 'receipt']);
});

test('a report without the customer finds its conversation, whichever of the two comes first', async () => {
  const message = mapDocument(vonage, {
    message_uuid: 'm1',
    from: '12025550142',
    to: '12025550199',
    channel: 'sms',
    message_type: 'text',
    text: 'Hello',
    timestamp: '2026-01-05T08:00:00Z',
  }).facts;
  const report = mapDocument(vonage, { message_uuid: 'm1', status: 'read', timestamp: '2026-01-05T08:01:00Z' }).facts;
  for (const order of [
    [message, report],
    [report, message],
    [report, report, message, report],
  ]) {
    const store = await Store.open();
    for (const facts of order) {
      await land(store, facts);
      await stitch(store, config(), effects);
    }
    const [read] = await store.all(
      `select event.kind, event.interaction_id is not null as is_placed, event.thread_id = utterance.thread_id as is_there
       from core.event join core.utterance on utterance.id = event.utterance_id`,
    );
    assert.deepEqual(read, { kind: 'read', is_placed: true, is_there: true });
    await store.close();
  }
});

test('a report has both sides, and what became of ours', () => {
  const { facts } = mapFixture(vonage, 'records.json');
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
    [
      ['agent', 'Your parcel is here', '2026-01-05T08:00:00.000Z'],
      ['customer', 'Thank you', '2026-01-05T08:05:00.000Z'],
    ],
  );
  assert.deepEqual(
    of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
    [['delivered', '2026-01-05T08:00:04.000Z']],
  );
  assert.equal(new Set(of(facts, 'thread').map(({ id }) => id)).size, 1);
});

test('an order has what was written with it and what is ordered, and the app the name of the customer', () => {
  const { facts } = mapDocument(vonage, {
    channel: 'whatsapp',
    message_uuid: 'o1',
    from: '12025550142',
    to: '12025550199',
    timestamp: '2026-01-05T08:00:00Z',
    profile: { name: 'Ada' },
    message_type: 'order',
    order: {
      catalog_id: '1',
      product_items: [{ product_retailer_id: 'shirt-m', quantity: '2', item_price: '11', currency: 'EUR' }],
      text: 'As a gift, please',
    },
  });
  assert.equal(of(facts, 'utterance')[0]?.text, 'As a gift, please\n2 × shirt-m');
  assert.deepEqual([...new Set(of(facts, 'handle').map(({ display }) => display))], ['Ada']);
});

test('real payloads', withPayloads('sms-vonage'), () => {
  assert.deepEqual(countPayloads(vonage, 'sms-vonage'), { ok: 4, unknown: 1 });
});
